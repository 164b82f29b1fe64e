import { App, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { BackedUpKind, StoreEnvironment } from '../../lib';
import {
  backUp,
  registerSelector,
  selectedBy,
  type BackedUpResource,
  type BackupSelector,
} from '../../lib/core/backed-up';
import { belongsTo } from '../../lib/core/identity';
import { BACKUP_TAG, ENVIRONMENT_TAG, STORE_TAG } from '../../lib/core/tag-names';
import { tagStore } from '../../lib/core/tags';
import { TODAY } from '../support/stack';

const env = { account: '111122223333', region: 'eu-central-1' };
const acme = { id: 'acme', environment: StoreEnvironment.PRODUCTION };

const newApp = (): App => new App({ context: TODAY, analyticsReporting: false });

function stackOf(app: App, id: string, identity?: typeof acme, place = env): Stack {
  const stack = new Stack(app, id, { env: place });
  if (identity !== undefined) {
    belongsTo(stack, identity);
    tagStore(stack, identity);
  }
  return stack;
}

/** A table in `stack` that has to be backed up. */
function tableIn(stack: Stack): BackedUpResource {
  const owner = new Construct(stack, 'Orders');
  const resource = new CfnTable(owner, 'Table', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] });
  const table = { kind: BackedUpKind.TABLES, resource, arn: resource.attrArn };
  backUp(owner, table);
  return table;
}

/** A plan in `stack` that asks for the tags of a store, if it stands in one; `taken` collects what it gets. */
function selectorIn(
  stack: Stack,
  identity?: typeof acme,
  kinds = Object.values(BackedUpKind),
): { readonly selector: BackupSelector; readonly taken: BackedUpResource[] } {
  const taken: BackedUpResource[] = [];
  const tags = {
    [BACKUP_TAG]: 'customer-data',
    ...(identity && { [STORE_TAG]: identity.id, [ENVIRONMENT_TAG]: identity.environment }),
  };
  const selector: BackupSelector = {
    scope: new Construct(stack, 'Plan'),
    tags,
    kinds,
    take: (resource) => void taken.push(resource),
  };
  registerSelector(selector);
  return { selector, taken };
}

const warningsIn = (stack: Stack): string[] =>
  stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => String(data));

test('a plan gets what has to be backed up, whichever of them is made first', () => {
  const app = newApp();
  const before = tableIn(stackOf(app, 'Before', acme));
  const { taken, selector } = selectorIn(stackOf(app, 'Plans', acme), acme);
  const after = tableIn(stackOf(app, 'After', acme));
  expect(taken).toEqual([before, after]);
  app.synth();
  expect(selectedBy(selector)).toEqual([before, after]);
});

test.each([
  ['in another Region', { ...env, region: 'eu-west-1' }, acme],
  ['in another account', { ...env, account: '444455556666' }, acme],
  ['of another store', env, { ...acme, id: 'beta' }],
  ['of another environment', env, { ...acme, environment: StoreEnvironment.STAGING }],
  ['of no store', env, undefined],
])('a plan of a store leaves alone what is %s', (_, place, identity) => {
  const app = newApp();
  tableIn(stackOf(app, 'Tables', identity, place));
  expect(selectorIn(stackOf(app, 'Plans', acme), acme).taken).toEqual([]);
});

test('a plan gets the kinds that it selects and no others', () => {
  const app = newApp();
  const stack = stackOf(app, 'Tables', acme);
  tableIn(stack);
  expect(selectorIn(stack, acme, [BackedUpKind.OBJECTS]).taken).toEqual([]);
});

describe('what no plan selects', () => {
  const problem = 'No backup plan of this app selects Tables/Orders/Table. Leave its tags as they are, or say why';

  test('stops the synthesis of a store, and says how to go on', () => {
    const app = newApp();
    tableIn(stackOf(app, 'Tables', acme));
    expect(() => app.synth()).toThrow(problem);
    expect(() => app.synth()).toThrow('[NotBackedUp]');
  });

  test('is found also where somebody takes the tag away again', () => {
    const app = newApp();
    const stack = stackOf(app, 'Tables', acme);
    tableIn(stack);
    selectorIn(stackOf(app, 'Plans', acme), acme);
    Tags.of(stack).remove(BACKUP_TAG, { priority: 300 });
    expect(() => app.synth()).toThrow(problem);
  });

  test('is a warning in a stack of somebody else, whose plan may stand elsewhere', () => {
    const app = newApp();
    const stack = stackOf(app, 'Tables');
    tableIn(stack);
    expect(() => app.synth()).not.toThrow();
    expect(warningsIn(stack)).toEqual([expect.stringContaining('Make a BackupSchedule in its account and Region')]);
  });
});

test('what a plan selects is neither', () => {
  const app = newApp();
  const stack = stackOf(app, 'Tables');
  tableIn(stack);
  selectorIn(stack);
  app.synth();
  expect(warningsIn(stack)).toEqual([]);
  Template.fromStack(stack).hasResourceProperties('AWS::DynamoDB::Table', {
    Tags: [{ Key: 'commerce-baseline:backup', Value: 'customer-data' }],
  });
});
