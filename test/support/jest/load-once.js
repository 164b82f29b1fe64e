/**
 * Jest loads every module anew for every test file: half of the time of all tests. This takes the place of what jest
 * would load, and gives what the process has loaded already. It is right for modules that keep nothing a test could see of
 * another.
 */
const LOAD_ONCE = Symbol.for('cdk-commerce-baseline:load-once');

module.exports = {
  LOAD_ONCE,
  process: (_, file) => ({
    code: `module.exports = globalThis[Symbol.for(${JSON.stringify(LOAD_ONCE.description)})](${JSON.stringify(file)});`,
  }),
};
