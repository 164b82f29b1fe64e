import { CannotTell, every, some } from '../../template-graph/cannot-tell';
import { type GraphResource } from '../../template-graph/graph-resource';
import { type Value } from '../../template-graph/value';

/** How the ARN of a type is made: its service, what stands before its name, and the property that may give the name. */
interface Named {
  readonly service: string;
  readonly before: string;
  readonly name?: string;
}

/** Types that plans back up, of those that hold rows or files of a shop. */
const NAMED: Readonly<Record<string, Named>> = {
  'AWS::RDS::DBCluster': { service: 'rds', before: 'cluster:', name: 'DBClusterIdentifier' },
  'AWS::RDS::DBInstance': { service: 'rds', before: 'db:', name: 'DBInstanceIdentifier' },
  'AWS::EFS::FileSystem': { service: 'elasticfilesystem', before: 'file-system/' },
  'AWS::DynamoDB::Table': { service: 'dynamodb', before: 'table/', name: 'TableName' },
};

export const BACKED_UP_TYPES: readonly string[] = Object.keys(NAMED);

/** A bucket may hold logs or pages that are built again: a plan may back it up, and none has to. */
const BUCKET: Named = { service: 's3', before: '', name: 'BucketName' };

/**
 * Whether `selection`, of a backup plan, takes in `resource`: by ARN or by one of its tags, by all of its conditions, and
 * not among what it leaves out. https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
 */
export function selects(selection: GraphResource, resource: GraphResource): boolean {
  const { resources, tags, conditions, excluded } = {
    resources: selection.at('BackupSelection', 'Resources'),
    tags: selection.at('BackupSelection', 'ListOfTags'),
    conditions: selection.at('BackupSelection', 'Conditions'),
    excluded: selection.at('BackupSelection', 'NotResources'),
  };
  const isAnything = (): boolean => resources.items.length === 0 && tags.items.length === 0;
  const isNamed = (): boolean => some(resources.items, (arn) => names(arn, resource));
  const isTagged = (): boolean => some(tags.items, (tag) => COMPARISONS.StringEquals?.(tag, resource) ?? false);
  const parts = [
    () => isNear(selection, resource),
    () => some([isAnything, isNamed, isTagged], (part) => part()),
    () => every(conditions.entries, (condition) => meets(condition, resource)),
    () => !some(excluded.items, (arn) => names(arn, resource)),
  ];
  return every(parts, (part) => part());
}

/** A plan sees what is in its own account and Region. */
function isNear({ stack: here }: GraphResource, { stack: there, name }: GraphResource): boolean {
  return every(['account', 'region'] as const, (part) => {
    if ((here[part] === undefined) !== (there[part] === undefined)) {
      throw new CannotTell('Properties', `the ${part} of ${name}, or of a backup plan, is chosen at deployment`);
    }
    return here[part] === there[part];
  });
}

/** Whether `arn`, which may be a pattern, is that of `resource`. */
function names(arn: Value, resource: GraphResource): boolean {
  if (arn.references.some((reference) => reference.resource === resource)) {
    return true;
  }
  // What a stack says of its own partition, account and Region is true of whatever the plan sees.
  const text = (arn.text ?? '').replace(/\$\{AWS::\w+\}/g, '*');
  const [prefix, , service = '*', region = '*', account = '*', ...rest] = text.split(':');
  const known = resource.type === 'AWS::S3::Bucket' ? BUCKET : NAMED[resource.type];
  if (known === undefined || (prefix !== 'arn' && text !== '*')) {
    return false;
  }
  const { stack } = resource;
  const parts = [
    () => like(service, known.service),
    () => isPlace(arn, region, stack.region),
    () => isPlace(arn, account, stack.account),
    () => isName(arn, rest.length === 0 ? '*' : rest.join(':'), resource, known),
  ];
  return every(parts, (part) => part());
}

/** The ARN of a bucket says neither Region nor account. */
function isPlace(arn: Value, pattern: string, place: string | undefined): boolean {
  if (pattern === '') {
    return true;
  }
  if (pattern !== '*' && place === undefined) {
    throw new CannotTell(arn.location, 'where the stack will be is chosen at deployment');
  }
  return pattern === '*' || like(pattern, place ?? '');
}

function isName(arn: Value, pattern: string, resource: GraphResource, { before, name }: Named): boolean {
  if (pattern === '*' || pattern === `${before}*`) {
    return true;
  }
  const given = name === undefined ? undefined : resource.at(name).text;
  if (given !== undefined) {
    return like(pattern, `${before}${given}`);
  }
  // CloudFormation makes the name up: no literal one is it, but a pattern may fit.
  if (/[*?]/.test(pattern) && like(pattern.slice(0, before.length), before)) {
    throw new CannotTell(arn.location, `the name of ${resource.name} is made up at deployment`);
  }
  return false;
}

type Comparison = (condition: Value, resource: GraphResource) => boolean;

const equals: Comparison = (condition, resource) => tagOf(condition, resource) === condition.at('ConditionValue').text;
const isLike: Comparison = (condition, resource) => {
  const value = tagOf(condition, resource);
  return value !== undefined && like(condition.at('ConditionValue').text ?? '', value);
};

/** What conditions may say of a tag. */
const COMPARISONS: Readonly<Record<string, Comparison | undefined>> = {
  StringEquals: equals,
  StringLike: isLike,
  StringNotEquals: (condition, resource) => !equals(condition, resource),
  StringNotLike: (condition, resource) => !isLike(condition, resource),
};

function meets([operator, conditions]: readonly [string, Value], resource: GraphResource): boolean {
  const comparison = COMPARISONS[operator];
  if (comparison === undefined) {
    throw new CannotTell(conditions.location, `${operator} is no comparison that AWS Backup has`);
  }
  return every(conditions.items, (condition) => comparison(condition, resource));
}

/** The value of the tag that `condition` is about; nothing where `resource` does not carry it. */
function tagOf(condition: Value, resource: GraphResource): string | undefined {
  const key = condition.at('ConditionKey').text?.replace(/^aws:ResourceTag\//, '') ?? '';
  const tags = resource.at(resource.type === 'AWS::EFS::FileSystem' ? 'FileSystemTags' : 'Tags').items;
  return tags.find((tag) => tag.at('Key').is(key))?.at('Value').text;
}

/** Whether `text` fits `pattern`, in which `*` stands for anything and `?` for one character. */
function like(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's').test(text);
}
