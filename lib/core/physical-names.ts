import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { identityOf } from './identity';

/** Why a resource has a fixed name although CloudFormation could make one up, and how to get away from it again. */
interface PhysicalName {
  /** What AWS demands in front. */
  readonly prefix?: string;
  /** Longest name AWS accepts, in characters. */
  readonly maxLength: number;
  /** Why the name cannot be left to CloudFormation. */
  readonly reason: string;
  /** What to do when a resource of that name is in the way. */
  readonly wayBack: string;
}

/**
 * Every kind of resource that this library names. Anything else is named by CloudFormation, because a fixed name makes
 * replacement fail and a leftover block the next deployment.
 */
const PHYSICAL_NAMES = {
  cacheUser: {
    maxLength: 40,
    reason: 'CloudFormation makes up no id for a user of ElastiCache.',
    wayBack: 'Delete the ElastiCache user of that id: no data hangs on it.',
  },
  cacheUserGroup: {
    maxLength: 40,
    reason: 'CloudFormation makes up no id for a user group of ElastiCache.',
    wayBack: 'Delete the ElastiCache user group of that id: no data hangs on it.',
  },
  finalCacheSnapshot: {
    maxLength: 40,
    reason: 'A serverless cache leaves a last snapshot only under a name that was given beforehand.',
    wayBack: 'Copy the snapshot under another name if it is still wanted, then delete it.',
  },
  networkFirewall: {
    maxLength: 128,
    reason: 'AWS Network Firewall demands a name, and keeps it for ever.',
    wayBack:
      'Turn off delete protection of the firewall of that name, and delete it once no route leads to its endpoints.',
  },
  networkFirewallPolicy: {
    maxLength: 128,
    reason: 'AWS Network Firewall demands a name, and keeps it for ever.',
    wayBack: 'Delete the firewall that uses the firewall policy of that name, then the policy.',
  },
  networkFirewallRules: {
    maxLength: 128,
    reason: 'AWS Network Firewall demands a name, and keeps it for ever.',
    wayBack: 'Delete the firewall policy that uses the rule group of that name, then the rule group.',
  },
  logDeliveryPolicy: {
    maxLength: 255,
    reason: 'CloudWatch Logs demands a name for a resource policy.',
    wayBack: 'Delete the resource policy of that name ("aws logs delete-resource-policy"); it holds no data.',
  },
  imageCache: {
    maxLength: 30,
    reason: 'The prefix of a pull-through cache is part of the name of every image pulled through it.',
    wayBack: 'Delete the pull-through cache rule and the repository creation template of that prefix in ECR.',
  },
  serverlessCache: {
    maxLength: 40,
    reason: 'CloudFormation makes up no name for a serverless cache.',
    wayBack: 'Delete the serverless cache of that name; it leaves a snapshot when you ask for one.',
  },
  databaseCluster: {
    maxLength: 63,
    reason: 'Its log groups carry the name and have to be there, encrypted, before the cluster is.',
    wayBack:
      'Raise the generation of the database: the new cluster has a name of its own. Log groups are imported or deleted.',
  },
  databaseProxy: {
    maxLength: 63,
    reason: 'CloudFormation demands a name, and the log group of the proxy carries it.',
    wayBack: 'Delete the proxy and its log group: it holds no data.',
  },
  stateMachineLogs: {
    prefix: '/aws/vendedlogs/states/',
    maxLength: 512,
    reason: 'Under this prefix alone, log delivery does not fill the 5,120 characters of the Logs resource policy.',
    wayBack: 'Delete the log group: it holds which states ran, not what the job said.',
  },
  promotedImage: {
    prefix: '/commerce-baseline/images/',
    maxLength: 1011,
    reason: 'The template that runs the image names it, and has it read at deployment.',
    wayBack: 'Note its value, delete the parameter, and give the value to the next one as its first digest.',
  },
  webAclLogs: {
    prefix: 'aws-waf-logs-',
    maxLength: 512,
    reason: 'A web ACL writes only to log groups whose names begin so.',
    wayBack: 'Raise logGeneration: the old log group stays beside the new one until its last entry is 13 months old.',
  },
  webAclMetric: {
    maxLength: 128,
    reason: 'Alarms find the metrics of a web ACL by it; two shops of one account must not share them.',
    wayBack: 'None is needed: a metric cannot be in the way.',
  },
  cachePolicy: {
    maxLength: 128,
    reason: 'CloudFront demands a name, unique in the account.',
    wayBack: 'Delete the leftover cache policy in CloudFront; it can be deleted once no distribution uses it.',
  },
  responseHeadersPolicy: {
    maxLength: 128,
    reason: 'CloudFront demands a name, unique in the account.',
    wayBack: 'Delete the leftover response headers policy in CloudFront, once no distribution uses it.',
  },
  originAccessControl: {
    maxLength: 64,
    reason: 'CloudFront demands a name, unique in the account.',
    wayBack: 'Delete the leftover origin access control in CloudFront, once no distribution uses it.',
  },
  edgeFunction: {
    maxLength: 64,
    reason: 'CloudFront demands a name, unique in the account.',
    wayBack: 'Delete the leftover function in CloudFront, once no distribution uses it.',
  },
  vpcOrigin: {
    maxLength: 64,
    reason:
      'CloudFront demands a name. It changes with what replaces the origin, so that old and new can stand together.',
    wayBack: 'Delete the leftover VPC origin in CloudFront, once no distribution uses it.',
  },
  accessLogSource: {
    maxLength: 60,
    reason: 'CloudWatch Logs demands a name for what it delivers, unique in the account and Region.',
    wayBack:
      'Delete the leftover delivery, then its source, with "aws logs delete-delivery" and "delete-delivery-source".',
  },
  accessLogDestination: {
    maxLength: 60,
    reason: 'CloudWatch Logs demands a name for where it delivers to, unique in the account and Region.',
    wayBack: 'Delete the leftover delivery, then its destination, with "aws logs delete-delivery-destination".',
  },
  anomalyMonitor: {
    maxLength: 1024,
    reason: 'CloudFormation makes up no name for a cost anomaly monitor.',
    wayBack:
      'Delete the leftover monitor ("aws ce delete-anomaly-monitor"); what it learnt is learnt again in ten days.',
  },
  anomalySubscription: {
    maxLength: 1024,
    reason: 'CloudFormation makes up no name for a subscription to cost anomalies.',
    wayBack: 'Delete the leftover subscription ("aws ce delete-anomaly-subscription"); it holds no data.',
  },
  backupVault: {
    maxLength: 50,
    reason: 'CloudFormation makes up no name for a vault, and another account has to know it beforehand.',
    wayBack: 'Raise the generation of the vault: the old one stays beside the new one until its last copy has expired.',
  },
  backupPlan: {
    maxLength: 50,
    reason: 'AWS Backup demands a name for a plan.',
    wayBack: 'None is needed: two plans may have one name.',
  },
  backupSelection: {
    maxLength: 50,
    reason: 'AWS Backup demands a name for a selection.',
    wayBack: 'None is needed: it goes with its plan.',
  },
  restoreTestingPlan: {
    maxLength: 50,
    reason: 'AWS Backup demands a name for a restore testing plan, unique in the account and Region.',
    wayBack: 'Delete the restore testing plan of that name, its selections first; it holds no data.',
  },
  restoreTestingSelection: {
    maxLength: 50,
    reason: 'AWS Backup demands a name for a restore testing selection.',
    wayBack: 'None is needed: it goes with its plan.',
  },
} as const satisfies Record<string, PhysicalName>;

/** A kind of resource that has a fixed name. */
export type NamedResource = keyof typeof PHYSICAL_NAMES;

/** Longest generated part that precedes prefix and generation: `<id 16>-<environment 10>-<digest 8>`. */
const DIGEST_LENGTH = 8;

/**
 * The physical name of a resource that `owner` creates: `acme-production-1a2b3c4d`, from the second generation on
 * `acme-production-1a2b3c4d-g2`. The digest is taken from where `owner` stands in its stack, so that two of a kind in
 * one store differ and neither moves when the stack is wrapped in a Stage. Outside a store, the stack's name takes the
 * place of id and environment.
 *
 * @param generation raised by one to create a second resource beside a retained first one
 */
export function physicalName(owner: Construct, kind: NamedResource, generation = 1): string {
  const { prefix = '', maxLength } = PHYSICAL_NAMES[kind] as PhysicalName;
  const numbered = generation > 1 ? `-g${generation}` : '';
  const room = maxLength - prefix.length - DIGEST_LENGTH - numbered.length - 1;
  const whose = whoseOf(owner);
  // What the name has no room for still tells two stores apart.
  const identity = whose.length > room ? `${whose}/${positionOf(owner)}` : positionOf(owner);
  const digest = createHash('sha256').update(identity).digest('hex').slice(0, DIGEST_LENGTH);
  return `${prefix}${whose.slice(0, room).replace(/-+$/, '')}-${digest}${numbered}`;
}

/** The table, for the documentation and the test that holds it. */
export function physicalNames(): Readonly<Record<string, PhysicalName>> {
  return PHYSICAL_NAMES;
}

/** Stack id and path inside the stack; not the Stage around it. */
function positionOf(owner: Construct): string {
  const scopes = owner.node.scopes;
  return scopes
    .slice(scopes.indexOf(Stack.of(owner)))
    .map((scope) => scope.node.id)
    .join('/');
}

function whoseOf(owner: Construct): string {
  const identity = identityOf(owner);
  if (identity !== undefined) {
    return `${identity.id}-${identity.environment}`;
  }
  const { stackName, node } = Stack.of(owner);
  const name = Token.isUnresolved(stackName) ? node.id : stackName;
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, 's-');
}
