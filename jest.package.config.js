const config = require('./jest.config.js');

/** Tests of what npm packs, in projects outside the repository, and of commands as a person runs them: each costs seconds. */
module.exports = {
  ...config,
  testMatch: ['<rootDir>/test/package/**/*.test.ts'],
  testPathIgnorePatterns: [],
  testTimeout: 240_000,
};
