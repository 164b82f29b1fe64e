import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { STATEFUL } from '../../../lib/compliance/guard/replacement-table';
import { decidingProperties, GROUND_TYPES, REVIEWED_TYPES } from '../../../lib/compliance/guard/stateful-types';
import { replacementTable } from '../../../scripts/docs/replacement-table';

const file = path.join(__dirname, '../../../lib/compliance/guard/replacement-table.ts');

test('the extract is what the resource database of the CDK says; otherwise run "npm run docs"', () => {
  expect(readFileSync(file, 'utf8')).toBe(replacementTable());
});

test('every reviewed type exists, and the database has not learnt of it since', () => {
  const types = new Set(
    [...loadAwsServiceSpecSync().all('resource')].map(({ cloudFormationType }) => cloudFormationType),
  );
  expect([...REVIEWED_TYPES, ...GROUND_TYPES].filter((type) => !types.has(type))).toEqual([]);
  expect(REVIEWED_TYPES.filter((type) => STATEFUL.includes(type))).toEqual([]);
});

test('it says of each property what a change does', () => {
  expect(decidingProperties('AWS::RDS::DBCluster')).toEqual(
    expect.arrayContaining([
      { path: 'KmsKeyId', effect: 'replaces' },
      { path: 'Engine', effect: 'may-replace' },
      { path: 'DeletionProtection', effect: 'protects' },
    ]),
  );
  expect(decidingProperties('AWS::FSx::FileSystem')).toContainEqual({
    path: 'LustreConfiguration.DeploymentType',
    effect: 'replaces',
  });
  expect(decidingProperties('Custom::Anything')).toBeUndefined();
});
