/** What jest itself is made of: it has to load that into each test file. */
const OF_JEST = '(@jest|@swc|jest[^/]*|expect|pretty-format)/';

const LOAD_ONCE = '<rootDir>/test/support/jest/load-once.js';

/** This folder, in a pattern. */
const HERE = __dirname.replace(/[^\w/]/g, '\\$&');

/**
 * Tests run on the sources: SWC strips the types, `npm run typecheck` checks them. `test/package` needs a build,
 * `test/page` a browser, and `test/runtime` more than Node.
 */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/package/', '<rootDir>/test/page/', '<rootDir>/test/runtime/'],
  testEnvironment: '<rootDir>/test/support/jest/environment.js',
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  transform: {
    // Packages and our sources are loaded once for all test files of a worker, but for handlers: they read settings then.
    [`/node_modules/(?!${OF_JEST}).*\\.js$`]: LOAD_ONCE,
    [`^${HERE}/lib/(?!.*/handlers/).*\\.ts$`]: LOAD_ONCE,
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023' }, sourceMaps: 'inline' }],
  },
  transformIgnorePatterns: [`/node_modules/${OF_JEST}`],
  // Jest leaves one core to the terminal, which halves two.
  maxWorkers: '100%',
  // A machine may be busy; no test is about time.
  testTimeout: 60_000,
  clearMocks: true,
};
