import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { RULE_PACK_NAMES } from '../../lib/app';
import { createRulePack } from '../../lib/app/rule-packs';
import { refusal } from '../support/refusal';

// What a merchant has installed is found from where the package lies: here, from a folder of theirs.
const folder = mkdtempSync(path.join(tmpdir(), 'merchant-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder with nothing above it in which something could be installed. */
const NOWHERE = path.join(path.parse(folder).root, 'nowhere');

/** A file of the merchant's beside which `version` of cdk-nag is installed, or none. */
function fileBeside(version?: string): string {
  const place = version === undefined ? NOWHERE : path.join(folder, version);
  if (version !== undefined) {
    mkdirSync(path.join(place, 'node_modules/cdk-nag'), { recursive: true });
    writeFileSync(path.join(place, 'node_modules/cdk-nag/package.json'), JSON.stringify({ version }));
  }
  return path.join(place, 'index.js');
}

test.each(RULE_PACK_NAMES)('%s reports under the name by which it is chosen', (name) => {
  expect(createRulePack(name, new App()).name).toBe(name);
});

test('a pack is one of cdk-nag', () => {
  expect(createRulePack('AwsSolutions', new App())).toBeInstanceOf(AwsSolutionsChecks);
});

test('says how to install cdk-nag where it is missing', () => {
  expect(() => createRulePack('AwsSolutions', new App(), fileBeside())).toThrow(
    refusal(['CdkNagMissing'], 'cdk-nag is missing; it must be installed'),
  );
});

test('says how to renew a cdk-nag whose packs CDK cannot run', () => {
  expect(() => createRulePack('AwsSolutions', new App(), fileBeside('2.37.55'))).toThrow(
    refusal(['CdkNagTooOld'], 'cdk-nag is "2.37.55"; it must be version 3 or later'),
  );
});
