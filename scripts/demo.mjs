#!/usr/bin/env node
// npm run demo: a store, synthesised and reviewed on this machine alone. No AWS account, no credentials, no network beyond
// the package registry. Exit code 1 when a finding is not acknowledged.
import { installIfMissing, run } from './install.mjs';

installIfMissing();
run('node', ['--import', 'tsx', 'scripts/demo.ts', ...process.argv.slice(2)]);
