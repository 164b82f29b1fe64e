#!/usr/bin/env node
// npm test: installs what is missing, bundles the handlers, runs the tests. Arguments go to jest.
import { installIfMissing, run } from './install.mjs';

installIfMissing();
run('node', ['scripts/build.mjs', 'handlers']);
run('node', ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)]);
