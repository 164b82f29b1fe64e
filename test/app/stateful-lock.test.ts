import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, Stage } from 'aws-cdk-lib';
import { CommerceStore, CustomerDatabase } from '../../lib';
import { buildStores, type DefinedStore } from '../../lib/app';
import { reviewAssembly } from '../../lib/cli/assembly-review';
import { renderLock } from '../../lib/compliance/guard/stateful-lock';
import { change, lockOf, recorded, type Build } from '../support/guard';
import { TODAY } from '../support/stack';
import { storeOf } from '../support/stores';

const directory = mkdtempSync(path.join(tmpdir(), 'app-'));
const home = process.cwd();

afterEach(() => process.chdir(home));
afterAll(() => rmSync(directory, { recursive: true }));

const build =
  (...stores: DefinedStore[]): Build =>
  (app) => {
    app.node.setContext('store', 'all');
    buildStores(app, Object.fromEntries(stores.map((store) => [`${store.id}-${store.environment}`, store])));
  };
