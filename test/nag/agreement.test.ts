import { Stack } from 'aws-cdk-lib';
import medusa from '../../config/medusa';
import { buildStores, defineStore } from '../../lib/app';
import { goodAndBad } from '../support/good-and-bad';
import { reviewApp } from '../support/review';

/** A rule of ours, and one of cdk-nag that asks the same, or several. */
interface Pair {
  readonly ours: string;
  readonly theirs: string | readonly string[];
  /** Constructs to which only we object, and why that is right. */
  readonly onlyOurs?: Readonly<Record<string, string>>;
  /** Constructs to which only cdk-nag objects, and why we do not. */
  readonly onlyTheirs?: Readonly<Record<string, string>>;
}

const NIST = 'NIST.800.53.R5-';

const RAW = 'cdk-nag does not see a raw CfnResource.';
const ACTION_FIRST = 'cdk-nag finds it only where Action is written before Effect.';
const CLUSTER = 'An instance takes it from its cluster.';

const BACKED_UP_CLUSTER = 'It is the cluster that a plan selects.';

const PAIRS: readonly Pair[] = [
  { ours: 'bucket-tls-only', theirs: 'AwsSolutions-S10', onlyOurs: { 'Bad/BadBucket': RAW } },
  { ours: 'bucket-public-access', theirs: 'AwsSolutions-S2' },
  { ours: 'bucket-versioned', theirs: `${NIST}S3BucketVersioningEnabled`, onlyOurs: { 'Bad/BadBucket': RAW } },
  { ours: 'bucket-access-logs', theirs: 'AwsSolutions-S1', onlyOurs: { 'Bad/BadBucket': RAW } },
  {
    ours: 'bucket-encrypted',
    theirs: `${NIST}S3DefaultEncryptionKMS`,
    onlyOurs: { 'Bad/BadBucket': RAW },
    onlyTheirs: {
      'Bad/LogBucket/Resource': 'Access logs cannot be written with a key of KMS.',
      'acme-production/Foundation/AccessLogs/Bucket/Resource': 'Access logs cannot be written with a key of KMS.',
    },
  },
  { ours: 'queue-tls-only', theirs: 'AwsSolutions-SQS4' },
  { ours: 'topic-tls-only', theirs: 'AwsSolutions-SNS3' },
  { ours: 'topic-encrypted', theirs: `${NIST}SNSEncryptedKMS` },
  { ours: 'key-rotation', theirs: 'AwsSolutions-KMS5' },
  { ours: 'secret-rotation', theirs: 'AwsSolutions-SMG4' },
  { ours: 'secret-customer-key', theirs: `${NIST}SecretsManagerUsingKMSKey` },
  { ours: 'log-group-encrypted', theirs: `${NIST}CloudWatchLogGroupEncrypted` },
  {
    ours: 'log-group-retention',
    theirs: `${NIST}CloudWatchLogGroupRetentionPeriod`,
    onlyTheirs: { 'Bad/BadLogs/Resource': 'What never expires is kept for a year.' },
  },
  {
    ours: 'file-system-encrypted',
    theirs: 'AwsSolutions-EFS1',
    onlyOurs: { 'Bad/BadFiles': 'EFS encrypts nothing where the property is missing.' },
  },
  {
    ours: 'data-in-backup-plan',
    theirs: [`${NIST}EFSInBackupPlan`, `${NIST}RDSInBackupPlan`, `${NIST}DynamoDBInBackupPlan`],
    onlyOurs: {
      'Bad/BadCluster': 'cdk-nag asks of instances alone, which hold nothing in Aurora.',
      'Bad/GoodCluster': 'cdk-nag asks of instances alone, which hold nothing in Aurora.',
    },
    onlyTheirs: {
      'Bad/GoodInstance': BACKED_UP_CLUSTER,
      'acme-production/Data/Database/Cluster/Reader1/Resource': BACKED_UP_CLUSTER,
      'acme-production/Data/Database/Cluster/Reader2/Resource': BACKED_UP_CLUSTER,
      'acme-production/Data/Database/Cluster/Writer/Resource': BACKED_UP_CLUSTER,
    },
  },
  { ours: 'database-encrypted', theirs: 'AwsSolutions-RDS2', onlyTheirs: { 'Bad/GoodInstance': CLUSTER } },
  { ours: 'database-deletion-protection', theirs: 'AwsSolutions-RDS10', onlyTheirs: { 'Bad/GoodInstance': CLUSTER } },
  {
    ours: 'database-iam-login',
    theirs: 'AwsSolutions-RDS6',
    onlyOurs: { 'Bad/BadInstance': 'An instance without a cluster is a database too.' },
  },
  { ours: 'database-not-public', theirs: `${NIST}RDSInstancePublicAccess` },
  { ours: 'database-minor-upgrades', theirs: 'PCI.DSS.321-RDSAutomaticMinorVersionUpgradeEnabled' },
  { ours: 'vpc-flow-logs', theirs: 'AwsSolutions-VPC7' },
  { ours: 'vpc-default-security-group', theirs: `${NIST}VPCDefaultSecurityGroupClosed` },
  { ours: 'subnet-no-public-addresses', theirs: `${NIST}VPCSubnetAutoAssignPublicIpDisabled` },
  { ours: 'security-group-ingress', theirs: 'AwsSolutions-EC23' },
  {
    ours: 'policy-no-administration',
    theirs: `${NIST}IAMPolicyNoStatementsWithAdminAccess`,
    onlyOurs: { 'Bad/BadPolicy': ACTION_FIRST },
  },
  {
    ours: 'policy-no-whole-service',
    theirs: 'PCI.DSS.321-IAMPolicyNoStatementsWithFullAccess',
    onlyOurs: { 'Bad/WidePolicy': ACTION_FIRST },
  },
  {
    ours: 'function-failures-kept',
    theirs: `${NIST}LambdaDLQ`,
    onlyTheirs: { 'Bad/UncalledFunction': 'Who calls a function and waits hears of its failure.' },
  },
  { ours: 'alarm-tells-somebody', theirs: `${NIST}CloudWatchAlarmAction` },
  { ours: 'distribution-minimum-tls', theirs: 'AwsSolutions-CFR4' },
  { ours: 'distribution-origin-tls', theirs: 'AwsSolutions-CFR5' },
  { ours: 'distribution-web-acl', theirs: 'AwsSolutions-CFR2' },
  {
    ours: 'distribution-access-logs',
    theirs: 'AwsSolutions-CFR3',
    onlyTheirs: {
      'acme-production/Application/Distribution/Distribution/Resource':
        'cdk-nag knows the older kind of access logs alone.',
    },
  },
  { ours: 'distribution-bucket-private', theirs: 'AwsSolutions-CFR7' },
  { ours: 'load-balancer-access-logs', theirs: 'AwsSolutions-ELB2' },
  { ours: 'load-balancer-deletion-protection', theirs: `${NIST}ELBDeletionProtectionEnabled` },
  { ours: 'web-acl-logs', theirs: `${NIST}WAFv2LoggingEnabled` },
  { ours: 'cache-encrypted', theirs: 'AwsSolutions-AEC3' },
  {
    ours: 'cache-login',
    theirs: 'AwsSolutions-AEC6',
    onlyTheirs: {
      'acme-production/DatabaseAccess/Cache/Replicated/ReplicationGroup':
        'Users with access lists are more than one token for all.',
    },
  },
];

const packs = ['CommerceBaseline', 'AwsSolutions', 'NIST.800.53.R5', 'PCI.DSS.321'] as const;
const { findings, acknowledged } = reviewApp((app) => {
  buildStores(app, { medusa: defineStore({ ...medusa, packs }) });
  goodAndBad(new Stack(app, 'Bad'));
});

/** Constructs to which a rule objects, whether somebody explained that or not. */
function objected(rules: string | readonly string[]): Set<string> {
  const all = [...findings, ...acknowledged].filter(({ rule }) => [rules].flat().includes(rule));
  return new Set(all.map(({ constructPath }) => constructPath));
}

const without = (some: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...some].filter((constructPath) => !others.has(constructPath)).sort();

test.each(PAIRS)('$ours and $theirs agree on every resource, but where the table says why', (pair) => {
  const [ours, theirs] = [objected(pair.ours), objected(pair.theirs)];
  expect({ onlyOurs: without(ours, theirs), onlyTheirs: without(theirs, ours) }).toEqual({
    onlyOurs: Object.keys(pair.onlyOurs ?? {}).sort(),
    onlyTheirs: Object.keys(pair.onlyTheirs ?? {}).sort(),
  });
});

test('both object to something in most pairs', () => {
  const speaking = PAIRS.filter(({ ours, theirs }) => objected(ours).size > 0 && objected(theirs).size > 0);
  expect(PAIRS.length - speaking.length).toBeLessThan(10);
});
