const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

/** Node 20 does not strip types. A name without an extension is that of a source before that of data beside it. */
const { '.json': json } = require.extensions;
delete require.extensions['.json'];
require.extensions['.ts'] = (module, filename) => {
  const options = {
    filename,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  };
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, sourceMaps: 'inline' });
  module._compile(code, filename);
};
require.extensions['.json'] = json;
