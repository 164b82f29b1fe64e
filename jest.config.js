/** Tests run on the sources: SWC strips the types, `npm run typecheck` checks them. `test/runtime` needs more than Node. */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/runtime/'],
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  transform: { '\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2023' }, sourceMaps: 'inline' }] },
  clearMocks: true,
};
