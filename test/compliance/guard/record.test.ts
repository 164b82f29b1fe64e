import fc from 'fast-check';
import { compareWithLock } from '../../../lib/compliance/guard/compare';
import { recordOf } from '../../../lib/compliance/guard/record';
import { parseLock, renderLock } from '../../../lib/compliance/guard/stateful-lock';
import { EMPTY_LOCK, updatedLock } from '../../../lib/compliance/guard/update-lock';
import { graphOf, type TestTemplate } from '../../support/graph';

const decision = { date: '2026-11-23', owner: '', reason: '' };

/** What a template of one stack, locked and compared with itself, would lose. */
function lostBy(template: TestTemplate): unknown {
  const record = recordOf(graphOf(template).stacks);
  const lock = parseLock(renderLock(updatedLock(EMPTY_LOCK, record, decision)));
  return compareWithLock(lock, record);
}

const NOTHING = { findings: [], unrecorded: [], elsewhere: [] };

const logicalId = fc.constantFrom('A', 'B', 'constructor', 'toString');
const type = fc.constantFrom(
  'AWS::RDS::DBCluster',
  'AWS::EFS::FileSystem',
  'AWS::KMS::Key',
  'Custom::X',
  'constructor',
);

/** Values of properties: garbage, and functions that lead anywhere. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 2 }),
    logicalId.map((id) => ({ Ref: id })),
    logicalId.map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
    tie('value').map((inside) => ({ 'Fn::If': ['C', inside, { Ref: 'AWS::NoValue' }] })),
    tie('value').map((inside) => ({ 'Fn::Join': ['', [inside, 'x']] })),
    tie('value').map((inside) => ({ 'Fn::FindInMap': ['M', inside, 'x'] })),
  ),
}));

const resource = fc.record({
  Type: type,
  Properties: fc.dictionary(fc.constantFrom('KmsKeyId', 'SnapshotIdentifier', 'Engine', 'ServiceToken'), value),
  DeletionPolicy: fc.oneof(fc.constantFrom('Retain', 'Delete', 'Snapshot'), value),
});

test('a template is clean on its own lock, whatever is in it', () => {
  const templates = fc.sample(fc.record({ Resources: fc.dictionary(logicalId, resource) }), 300);
  expect(templates.map(lostBy)).toEqual(templates.map(() => NOTHING));
});

test('a condition or a mapping that changes what a property is, is seen', () => {
  const template = (mapping: string): TestTemplate => ({
    Parameters: { Size: { Type: 'String' } },
    Mappings: { Keys: { small: { arn: mapping } } },
    Resources: {
      Files: {
        Type: 'AWS::EFS::FileSystem',
        Properties: { KmsKeyId: { 'Fn::FindInMap': ['Keys', { Ref: 'Size' }, 'arn'] } },
      },
    },
  });
  const lock = updatedLock(EMPTY_LOCK, recordOf(graphOf(template('one')).stacks), decision);
  expect(compareWithLock(lock, recordOf(graphOf(template('two')).stacks)).findings).toMatchObject([
    { kind: 'replaced', property: 'KmsKeyId' },
  ]);
});
