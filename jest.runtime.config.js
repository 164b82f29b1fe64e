const config = require('./jest.config.js');

/** Tests against real servers that Node alone cannot bring: MariaDB, Valkey, nginx. They start what they need themselves. */
module.exports = { ...config, testMatch: ['<rootDir>/test/runtime/**/*.test.ts'], testPathIgnorePatterns: [] };
