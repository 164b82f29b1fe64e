import { planTeardown, type TeardownPlan } from '../../../lib/cli/teardown/plan';
import { renderMarkdown, renderText } from '../../../lib/cli/teardown/text';
import type { StoreAssembly } from '../../../lib/cli/store-assembly';

/** A store of one stack that holds `resources`. */
function storeOf(resources: StoreAssembly['stacks'][number]['resources']): StoreAssembly {
  return {
    directory: 'cdk.out',
    name: 'acme-staging',
    displayName: 'Acme',
    environment: 'staging',
    account: '111122223333',
    region: 'eu-central-1',
    offsiteRegion: 'eu-west-1',
    others: [],
    stacks: [
      {
        id: 'Data',
        name: 'acme-staging-data',
        path: 'acme-staging/Data',
        part: 'Data',
        account: '111122223333',
        region: 'eu-central-1',
        terminationProtection: false,
        dependencies: [],
        metadata: {},
        resources,
      },
    ],
  };
}

const kept: TeardownPlan = planTeardown(
  storeOf([
    { logicalId: 'Key', type: 'AWS::KMS::Key', properties: {}, deletionPolicy: 'Retain' },
    { logicalId: 'Odd', type: 'AWS::Odd::Thing', properties: {}, deletionPolicy: 'Retain' },
    { logicalId: 'Media', type: 'AWS::S3::Bucket', properties: { BucketName: 'acme-media' }, deletionPolicy: 'Retain' },
    { logicalId: 'Logs', type: 'AWS::Logs::LogGroup', properties: {} },
  ]),
);

test('as text: steps in order, tables, commands to copy', () => {
  const text = renderText(kept);
  expect(text).toContain('2. Remove the stack acme-staging-data (eu-central-1).');
  expect(text).toContain('     npx cdk destroy --app cdk.out --exclusively acme-staging/Data');
  expect(text).toMatch(/│ acme-staging-data +│ bucket +│ acme-media +│ .* │ 0\.023 a gigabyte +│/);
  expect(text).toContain('1.00 USD a month, and what the gigabytes cost: list prices of us-east-1, 2026-11-28.');
});

test('as Markdown: tables and fenced commands', () => {
  const page = renderMarkdown(kept);
  expect(page).toMatch(/^# Remove acme-staging\n/);
  expect(page).toContain('| stack | what | resource | why | USD a month |\n| --- | --- | --- | --- | --- |');
  expect(page.match(/^```/gm)!.length % 2).toBe(0);
});

test('keys are deleted after what they encrypt', () => {
  const text = renderText(kept);
  const removal = text.slice(text.indexOf('Delete what stayed'));
  expect(removal.indexOf('delete-bucket')).toBeGreaterThan(0);
  expect(removal.indexOf('schedule-key-deletion')).toBeGreaterThan(removal.indexOf('delete-bucket'));
});

test('a type that nobody wrote about stays too, and says so', () => {
  expect(kept.stays.find(({ logicalId }) => logicalId === 'Odd')).toMatchObject({
    called: 'resource',
    why: 'Its template retains it.',
    remove: ['# delete "$Data_Odd" in the console of its service'],
  });
});

test('what goes with its stack is named before it is gone', () => {
  const text = renderText(kept);
  expect(text.slice(text.indexOf('What goes with its stack'))).toMatch(/│ acme-staging-data +│ log group +│ Logs +│/);
});

test('a cluster of which a template says nothing leaves a snapshot, as CloudFormation has it', () => {
  const { stays } = planTeardown(storeOf([{ logicalId: 'Cluster', type: 'AWS::RDS::DBCluster', properties: {} }]));
  expect(stays).toMatchObject([{ logicalId: 'Cluster', fate: 'leaves a snapshot', takeOut: undefined }]);
});

test('where nothing stays, it says so', () => {
  const empty = planTeardown(storeOf([]));
  expect(renderText(empty)).toContain('What stays\n==========\nNothing.');
  expect(empty.monthly).toBe(0);
});
