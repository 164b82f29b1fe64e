const { TestEnvironment } = require('jest-environment-node');
const { LOAD_ONCE } = require('./load-once');
require('./load-typescript');

/**
 * The environment of a test file: jest's own for Node, in which what `jest.config.js` loads once comes from the
 * process. They read the environment of the process, so a test file works on that, and what it changed is put back.
 */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.variablesBefore = { ...process.env };
    this.global.process.env = process.env;
    this.global[LOAD_ONCE] = (file) => require(file);
  }

  async teardown() {
    Object.keys(process.env).forEach((name) => delete process.env[name]);
    Object.assign(process.env, this.variablesBefore);
    await super.teardown();
  }
};
