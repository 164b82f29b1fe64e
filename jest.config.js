/** Packages that all test files of a worker share: they are slow to load, and keep nothing that a test sees of another. */
const LOADED_ONCE = '(aws-cdk-lib|constructs|cdk-nag)/';

/** Packages that come as ES modules alone, which jest cannot load as they are. */
const ES_MODULES = '(p-limit|yocto-queue|escape-goat)/';

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
    '\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2023' }, sourceMaps: 'inline' }],
    [`/node_modules/${ES_MODULES}.*\\.js$`]: ['@swc/jest', { jsc: { target: 'es2023' }, module: { type: 'commonjs' } }],
    [`/node_modules/${LOADED_ONCE}.*\\.js$`]: '<rootDir>/test/support/jest/load-once.js',
  },
  transformIgnorePatterns: [`/node_modules/(?!${LOADED_ONCE}|${ES_MODULES})`],
  // Jest leaves one core to the terminal, which halves two.
  maxWorkers: '100%',
  // A machine may be busy; no test is about time.
  testTimeout: 60_000,
  clearMocks: true,
};
