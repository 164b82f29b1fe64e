/**
 * Jest loads every module anew for every test file. For ours that is right; for CDK it is a third of the time of all
 * tests. This takes the place of what jest would load, and gives what the process has loaded already.
 */
const LOAD_ONCE = Symbol.for('cdk-commerce-baseline:load-once');

module.exports = {
  LOAD_ONCE,
  process: (_, file) => ({
    code: `module.exports = globalThis[Symbol.for(${JSON.stringify(LOAD_ONCE.description)})](${JSON.stringify(file)});`,
  }),
};
