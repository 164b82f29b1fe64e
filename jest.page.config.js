const config = require('./jest.config.js');

/** Tests of the evidence page in a browser, which Node alone cannot bring. */
module.exports = {
  ...config,
  testMatch: ['<rootDir>/test/page/**/*.test.ts'],
  testPathIgnorePatterns: [],
  testTimeout: 240_000,
};
