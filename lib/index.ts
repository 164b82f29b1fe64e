export * from './core';
export * from './encryption';
export * from './messaging';
export * from './network';
