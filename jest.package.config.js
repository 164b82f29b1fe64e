const config = require('./jest.config.js');

/** Tests of what npm packs, in projects outside the repository. `npm run test:package` builds it first. */
module.exports = {
  ...config,
  testMatch: ['<rootDir>/test/package/**/*.test.ts'],
  testPathIgnorePatterns: [],
  testTimeout: 240_000,
};
