import { PRICES_OF } from '../../pricing/price-list';
import type { PlacedResource, StoreAssembly, StoreStack } from '../store-assembly';
import { fateOf, keptOf, knowledgeOf, priceOf, type Fate } from './fate';
import { goingOf, type Going } from './going';
import type { KeptPrice } from './kept-type';
import { leftByAws, type Leftover } from './left-by-aws';
import { lookUp, NAMED, namedOf } from './physical-names';
import { liftProtections } from './protections';

/** One thing to do, with its commands. */
export interface Step {
  readonly title: string;
  /** The stack that goes; undefined where something is deleted by hand. */
  readonly stack?: string;
  readonly commands: readonly string[];
}

/** A resource of which something is left. */
export interface Kept {
  readonly stack: string;
  readonly region: string;
  readonly type: string;
  readonly logicalId: string;
  /** Its name, where the template gives one. */
  readonly name?: string;
  readonly called: string;
  readonly fate: Exclude<Fate, 'goes'>;
  readonly why: string;
  /** What it costs while it stays; left out when it costs nothing, or nothing that the template tells. */
  readonly price?: KeptPrice;
  readonly takeOut?: string;
  /** Whether a step deletes it, because other stacks wait for that. */
  readonly isInTheWay: boolean;
  readonly remove: readonly string[];
}

/** How to remove a store, and what is left. */
export interface TeardownPlan {
  readonly store: string;
  readonly steps: readonly Step[];
  readonly stays: readonly Kept[];
  readonly goes: readonly Going[];
  readonly leftByAws: readonly Leftover[];
  /** USD a month, whatever the rest holds. */
  readonly monthly: number;
  readonly pricesOf: string;
}

/** How to remove `store`: from its templates alone. */
export function planTeardown(store: StoreAssembly): TeardownPlan {
  const stays = keptOf(store).map((resource) => describe(resource, store));
  const backwards = [...store.stacks].reverse();
  return {
    store: store.name,
    steps: [noteNames(store), ...backwards.flatMap((stack) => stepsOf(stack, store))],
    stays,
    goes: goingOf(store),
    leftByAws: leftByAws(store),
    monthly: stays.reduce((sum, { price }) => sum + (price?.each ?? 0), 0),
    pricesOf: PRICES_OF,
  };
}

function describe(resource: PlacedResource, store: StoreAssembly): Kept {
  const { called, why, takeOut, remove } = knowledgeOf(resource);
  const named = namedOf(resource);
  const fate = fateOf(resource) === 'stays' ? 'stays' : 'leaves a snapshot';
  return {
    stack: resource.stack.name,
    region: resource.stack.region,
    type: resource.type,
    logicalId: resource.logicalId,
    name: named.name.startsWith('"$') ? undefined : named.name,
    called,
    fate,
    why,
    price: priceOf(resource, store),
    takeOut: fate === 'stays' ? takeOut?.(named) : undefined,
    isInTheWay: isInTheWay(resource),
    remove: remove(named),
  };
}

/** A stack that is gone does not tell what its resources were called. */
function noteNames(store: StoreAssembly): Step {
  const { stacks } = store;
  const others = stacks.filter((stack) => elsewhere(stack, store) !== '').map(({ name }) => name);
  const whose = others.length === 0 ? '' : ` Ask about ${others.join(', ')} with credentials of its account.`;
  return {
    title: `Write down what the resources are called, while the stacks can tell. Later commands use these variables.${whose}`,
    commands: [
      ...stacks.map(
        ({ name, region }) =>
          `aws cloudformation list-stack-resources --region ${region} --stack-name ${name} > ${name}.json`,
      ),
      NAMED,
      ...stacks
        .flatMap((stack) => stack.resources.map((resource) => ({ ...resource, stack })))
        .filter((resource) => isNamedLater(resource))
        .flatMap(lookUp),
    ],
  };
}

function isNamedLater(resource: PlacedResource): boolean {
  return fateOf(resource) !== 'goes' || liftProtections(resource, namedOf(resource)).length > 0;
}

/** Takes a stack away, then by hand what it leaves behind that other stacks wait for. */
function stepsOf(stack: StoreStack, store: StoreAssembly): Step[] {
  const { name, region, path, terminationProtection, part } = stack;
  const resources = stack.resources.map((resource) => ({ ...resource, stack }));
  const lifted = resources
    .filter((resource) => fateOf(resource) !== 'stays')
    .flatMap((resource) => liftProtections(resource, namedOf(resource)));
  const termination = terminationProtection
    ? [
        `aws cloudformation update-termination-protection --no-enable-termination-protection --region ${region} --stack-name ${name}`,
      ]
    : [];
  const shared = part === undefined ? ' Other stores of the account use it: only with the last of them.' : '';
  const going: Step = {
    title: `Remove the stack ${name} (${region}).${elsewhere(stack, store)}${shared}`,
    stack: name,
    commands: [...lifted, ...termination, `npx cdk destroy --app ${store.directory} --exclusively ${path}`],
  };
  const byHand = inOrder(resources.filter(isInTheWay));
  return byHand.length === 0
    ? [going]
    : [
        going,
        {
          title: `Delete by hand what ${name} leaves in the network, when its data is safe. It stays, and is paid, if you stop here.`,
          commands: [
            ...byHand.flatMap((resource) => liftProtections(resource, namedOf(resource))),
            ...byHand.flatMap((resource) => knowledgeOf(resource).remove(namedOf(resource))),
          ],
        },
      ];
}

/** Whose credentials it takes, where those of the store's account do not do. */
function elsewhere({ account }: StoreStack, store: StoreAssembly): string {
  return account === store.account ? '' : ` With credentials of the account ${account}.`;
}

function isInTheWay(resource: PlacedResource): boolean {
  return fateOf(resource) === 'stays' && knowledgeOf(resource).holdsNetwork === true;
}

/** What others stand on goes after them. */
const ORDER = [
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBSubnetGroup',
  'AWS::EFS::FileSystem',
  'AWS::EC2::SecurityGroup',
];

function inOrder(resources: readonly PlacedResource[]): PlacedResource[] {
  return [...resources].sort((one, other) => ORDER.indexOf(one.type) - ORDER.indexOf(other.type));
}
