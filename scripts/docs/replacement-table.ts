import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, Resource, ResourceProperties, SpecDatabase } from '@aws-cdk/service-spec-types';
import { version } from '@aws-cdk/aws-service-spec/package.json';
import { GROUND_TYPES, REVIEWED_TYPES } from '../../lib/compliance/guard/stateful-types';

/** As deep as a property of a property of a property: deeper ones exist in no type that is recorded. */
const DEEPEST = 5;

/** As wide as a line of ours. */
const LINE = 120;

/**
 * What CDK's resource database says about replacement, as the source text of `replacement-table.ts`. The database has
 * 17 MB and more; this has the types that hold state and what these stand on, so that nobody has to install the whole.
 */
export function replacementTable(): string {
  const db = loadAwsServiceSpecSync();
  const known = new Map([...db.all('resource')].map((type) => [type.cloudFormationType, type]));
  const stateful = [...known.values()].filter((type) => type.isStateful === true).map(nameOf);
  const recorded = new Set([...REVIEWED_TYPES, ...stateful]);
  const types = withGround(new Set([...recorded, ...GROUND_TYPES]), known);
  return `${[
    '// Written by "npm run docs" from CDK\'s resource database, @aws-cdk/aws-service-spec. Not edited by hand.',
    '',
    '/** The release of the database. */',
    `export const DATABASE_RELEASE = '${version}';`,
    '',
    '/** The types of which the database says that they hold state. */',
    'export const STATEFUL: readonly string[] = [',
    ...stateful.sort().map((type) => `  '${type}',`),
    '];',
    '',
    '/**',
    ' * The properties of each type whose change makes CloudFormation replace a resource. Behind `?`: under conditions. Behind',
    ' * `!`: replaces nothing, but protects the resource against deletion.',
    ' */',
    'export const REPLACEMENT: Readonly<Record<string, string | undefined>> = {',
    ...types.map((type) => lineOf(db, type, recorded)),
    '};',
  ].join('\n')}\n`;
}

function nameOf({ cloudFormationType }: Resource): string {
  return cloudFormationType;
}

/** These types, and those that a property of theirs names by which they are replaced: what they stand on. */
function withGround(names: Set<string>, known: ReadonlyMap<string, Resource>): Resource[] {
  // A set grows while one walks it, and the walk goes on to what came along.
  for (const name of names) {
    const properties = Object.values(known.get(name)?.properties ?? {});
    properties
      .filter(({ causesReplacement = 'no' }) => causesReplacement !== 'no')
      .flatMap(({ relationshipRefs = [] }) => relationshipRefs)
      .forEach(({ cloudFormationType }) => names.add(cloudFormationType));
  }
  return [...names].sort().flatMap((name) => known.get(name) ?? []);
}

/** A type without such properties has an entry, too: it is known, and nothing replaces it. */
function lineOf(db: SpecDatabase, type: Resource, recorded: ReadonlySet<string>): string {
  const { cloudFormationType, properties, additionalReplacementProperties = [] } = type;
  const own = Object.entries(properties).flatMap(([name, { causesReplacement }]) =>
    causesReplacement === 'yes' ? [name] : causesReplacement === 'maybe' ? [`${name}?`] : [],
  );
  const deeper = recorded.has(cloudFormationType)
    ? [
        ...nested(db, properties),
        ...additionalReplacementProperties.map((path) => path.join('.')),
        ...Object.keys(properties)
          .filter((name) => name.startsWith('DeletionProtection'))
          .map((name) => `${name}!`),
      ]
    : [];
  const words = [...new Set([...own, ...deeper])].sort();
  return entry(cloudFormationType, words.join(' '));
}

/** An entry as prettier writes it. */
function entry(type: string, words: string): string {
  const line = `  '${type}': '${words}',`;
  return line.length <= LINE ? line : `  '${type}':\n    '${words}',`;
}

/**
 * Properties within properties that replace the resource although what is around them does not. Those that may do so
 * under conditions are elements of lists (an index of a table), where it is the element that is replaced.
 */
function nested(db: SpecDatabase, properties: ResourceProperties): string[] {
  const found: string[] = [];
  const visit = (inside: ResourceProperties, path: readonly string[]): void => {
    for (const [name, { causesReplacement = 'no', type }] of Object.entries(inside)) {
      if (causesReplacement === 'yes' && path.length > 0) {
        found.push([...path, name].join('.'));
      } else if (causesReplacement === 'no' && path.length < DEEPEST) {
        definitionsIn(type).forEach((id) => visit(db.get('typeDefinition', id).properties, [...path, name]));
      }
    }
  };
  visit(properties, []);
  return found;
}

function definitionsIn(type: PropertyType): string[] {
  switch (type.type) {
    case 'ref':
      return [type.reference.$ref];
    case 'union':
      return type.types.flatMap(definitionsIn);
    default:
      return [];
  }
}
