import { arn, physicalId, type DrillFacts, type VaultFacts } from './facts';
import type { Runbook, Step } from './runbook';
import { emptyDiff } from './takeover';

/** Where the store is built again, and what that is called. */
interface Elsewhere {
  readonly loss: 'region' | 'account';
  readonly title: string;
  readonly account: string;
  readonly region: string;
  readonly offsiteRegion: string;
}

/** An account that nobody has, for examples. */
const NEW_ACCOUNT = '777788889999';

/** The Region is gone: the store is built again where its copies are. */
export function regionLost(facts: DrillFacts, offsite: VaultFacts): Runbook {
  const { account, region } = facts.store;
  const third = ['eu-west-1', 'us-west-2', 'ap-southeast-2'].find((each) => ![region, offsite.region].includes(each));
  return rebuilt(facts, offsite, {
    loss: 'region',
    title: 'The Region is gone',
    account,
    region: offsite.region,
    offsiteRegion: third ?? region,
  });
}

/** The account is gone: the store is built again in a new one. */
export function accountLost(facts: DrillFacts, offsite: VaultFacts): Runbook {
  return rebuilt(facts, offsite, {
    loss: 'account',
    title: 'The account is gone',
    account: NEW_ACCOUNT,
    region: offsite.region,
    offsiteRegion: facts.store.region,
  });
}

/** A store beside the lost one: no name collides, the lock keeps what the lost one held, and it can be rehearsed. */
function rebuilt(facts: DrillFacts, offsite: VaultFacts, where: Elsewhere): Runbook {
  const { store, id } = facts;
  const { account, region } = where;
  const other = `${id.slice(0, 14).replace(/-$/, '')}-r`;
  const name = `${other}-${store.environment}`;
  const isHandedOver = offsite.account !== account;
  const path = (part: string): string => `${name}/${part}`;
  return {
    store: store.name,
    loss: where.loss,
    title: where.title,
    gone:
      offsite.account === store.account && where.loss === 'account'
        ? `Everything: the copies in ${offsite.name} are in the account ${offsite.account}, too. Give offsite an account of its own. The steps are for as long as its support can open it.`
        : 'What was written after the newest copy off site: a day, if the nights went well. Sessions, and what generated secrets had signed or encrypted.',
    steps: [
      {
        title: `Find the newest copies, with credentials of the account ${offsite.account}.`,
        commands: [
          `aws backup list-recovery-points-by-backup-vault --region ${offsite.region} --backup-vault-name ${offsite.name} --query "reverse(sort_by(RecoveryPoints,&CreationDate))[].[ResourceType,CreationDate,RecoveryPointArn]" --output text`,
        ],
        shows: 'One copy of the last night for everything that the store kept.',
      },
      ...(offsite.isAirGapped ? [copiedOut(offsite)] : []),
      {
        title:
          'Write a store beside the lost one, and name it in bin/app.ts. Its id is another one, so that nothing collides.',
        write: configuration(facts, other, where, isHandedOver),
        commands: [
          `npx cdk bootstrap aws://${account}/${region} -c store=${other}`,
          `npx cdk synth --quiet -c store=${other}`,
          'npx commerce-baseline guard',
          'npx commerce-baseline guard --update',
          `npx commerce-baseline preflight ${name}`,
        ],
        shows:
          'The first guard names what is new and nothing that would be lost: the lost store stays in the lock. Preflight names the records and the distribution that still have the hosts.',
      },
      {
        title: 'Deploy what the data stands on.',
        commands: [`npx cdk deploy ${path('Foundation')} -c store=${other}`],
        shows: 'CREATE_COMPLETE for it and what it depends on.',
      },
      ...(isHandedOver && facts.database !== undefined ? handOver(facts, offsite, name, where) : []),
      {
        title: 'Deploy the data: the database comes back with the stack that owns it.',
        commands: [`npx cdk deploy ${path('Data')} -c store=${other}`],
        shows: `CREATE_COMPLETE. "aws rds describe-db-clusters --region ${region}" shows the cluster available.`,
      },
      ...facts.kept.map((resource) => contents(resource, offsite, name, where)),
      {
        title:
          "Push the shop's image to the new repository, if it is the store's own; its address is an output of the stack.",
        commands: [
          `aws cloudformation describe-stacks --region ${region} --stack-name ${name}-data --query "Stacks[0].Outputs[?OutputKey=='ImageRepositoryUri'].OutputValue" --output text`,
        ],
        shows: 'The repository that the image is pushed to, under the digest in the configuration.',
      },
      ...hostsFreed(facts),
      {
        title: 'Deploy the rest.',
        commands: [`npx cdk deploy --all -c store=${other}`],
        shows: 'CREATE_COMPLETE for every stack, and the shop answers under its hosts.',
      },
      {
        title: 'Apply the list of those who were erased since the copy was made, before the shop opens.',
        shows: 'Nobody is back who asked to be forgotten.',
      },
      emptyDiff(store, `--all -c store=${other}`),
    ],
  };
}

function configuration({ store, database }: DrillFacts, id: string, where: Elsewhere, isHandedOver: boolean): string {
  const { account, region, offsiteRegion } = where;
  const snapshot = `${arn(region)}:rds:${region}:${account}:cluster-snapshot:${isHandedOver ? 'handed-over' : 'awsbackup:copyjob-00000000'}`;
  const administrators =
    account === store.account ? [] : [`    administrators: ['${arn(region)}:iam::${account}:role/platform'],`];
  return [
    ...(database === undefined ? [] : ["import { DatabaseSource } from 'cdk-commerce-baseline';"]),
    "import { defineStore, type DefinedStore, type StoreConfig } from 'cdk-commerce-baseline/app';",
    '',
    '/** The lost store, elsewhere. A rehearsal has hosts of its own: dns. */',
    'export const elsewhere = (lost: StoreConfig): DefinedStore =>',
    '  defineStore({',
    '    ...lost,',
    `    id: '${id}',`,
    `    workload: { account: '${account}', region: '${region}' },`,
    `    offsite: { ...lost.offsite, region: '${offsiteRegion}' },`,
    ...administrators,
    ...(database === undefined
      ? []
      : [
          '    database: {',
          '      ...lost.database,',
          '      generation: 1,',
          `      source: DatabaseSource.snapshot('${snapshot}'),`,
          '    },',
        ]),
    '  });',
  ].join('\n');
}

/** What an air-gapped vault holds is seen by AWS Backup alone. */
function copiedOut({ name, region }: VaultFacts): Step {
  return {
    title:
      'Copy them out of the air-gapped vault, into an ordinary one of the same account. Later steps take those copies.',
    commands: [
      `aws backup start-copy-job --region ${region} --recovery-point-arn <RecoveryPointArn> --source-backup-vault-name ${name} --destination-backup-vault-arn <vault> --iam-role-arn <role>`,
    ],
    shows: '"aws backup describe-copy-job" ends with COMPLETED and the DestinationRecoveryPointArn.',
  };
}

/** A copy that AWS Backup made is not shared: a copy of it is, under a key that both accounts may use. */
function handOver(
  { keys }: DrillFacts,
  { account: from, region }: VaultFacts,
  name: string,
  { account }: Elsewhere,
): Step[] {
  const [key] = keys.filter(({ properties }) => properties.Description === 'Protects customer-data');
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `${arn(region)}:iam::${from}:root` }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: `${arn(region)}:iam::${account}:root` },
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
        Resource: '*',
      },
    ],
  });
  return [
    {
      title: `Hand the copy of the database over, with credentials of the account ${from}.`,
      commands: [
        `KEY=$(aws kms create-key --region ${region} --description "Hands a database over" --policy '${policy}' --query KeyMetadata.Arn --output text)`,
        `aws rds copy-db-cluster-snapshot --region ${region} --source-db-cluster-snapshot-identifier <RecoveryPointArn> --target-db-cluster-snapshot-identifier handed-over --kms-key-id $KEY`,
        `aws rds wait db-cluster-snapshot-available --region ${region} --db-cluster-snapshot-identifier handed-over`,
        `aws rds modify-db-cluster-snapshot-attribute --region ${region} --db-cluster-snapshot-identifier handed-over --attribute-name restore --values-to-add ${account}`,
      ],
      shows: `DBClusterSnapshotAttributes with ${account}.`,
    },
    {
      title: `Take it, with credentials of the account ${account}, under the key of the new store.`,
      commands: [
        `KEY=$(${physicalId(region, `${name}-foundation`, key?.logicalId ?? 'KeysCustomerDataKey')})`,
        `aws rds copy-db-cluster-snapshot --region ${region} --source-db-cluster-snapshot-identifier ${arn(region)}:rds:${region}:${from}:cluster-snapshot:handed-over --target-db-cluster-snapshot-identifier handed-over --kms-key-id $KEY`,
        `aws rds wait db-cluster-snapshot-available --region ${region} --db-cluster-snapshot-identifier handed-over`,
      ],
      shows: 'The snapshot that the configuration names as its source.',
    },
  ];
}

/** Objects and files are restored into what the stack made, so that the stack owns them. */
function contents(
  { type, logicalId }: DrillFacts['kept'][number],
  offsite: VaultFacts,
  name: string,
  { account, region }: Elsewhere,
): Step {
  const isBucket = type === 'AWS::S3::Bucket';
  const metadata = isBucket
    ? '{"DestinationBucketName":"\'$NEW\'","NewBucket":"false"}'
    : '{"file-system-id":"\'$NEW\'","newFileSystem":"false","Encrypted":"true","PerformanceMode":"generalPurpose"}';
  const find = `NEW=$(${physicalId(region, `${name}-data`, logicalId)})`;
  const restore = `aws backup start-restore-job --region ${region} --recovery-point-arn <RecoveryPointArn> --iam-role-arn <role> --metadata '${metadata}'`;
  const role = `<role> is one that AWS Backup assumes and that may restore: AWSBackupServiceRolePolicyFor${isBucket ? 'S3Restore' : 'Restores'}.`;
  const handed =
    offsite.account === account
      ? ''
      : ` AWS Backup restores inside the account ${offsite.account} alone: into a ${isBucket ? 'bucket' : 'file system'} made there for it, from which ${isBucket ? '"aws s3 sync"' : 'DataSync'} brings it to the new one.`;
  return {
    title: `Bring back what was in ${logicalId}. ${role}${handed}`,
    commands: [find, restore],
    shows: isBucket
      ? 'RestoreJobId; "aws backup describe-restore-job" ends with COMPLETED, and the bucket has its objects.'
      : 'RestoreJobId; the files lie in aws-backup-restore_<time> at the root: move them to where the shop looks.',
  };
}

/** CloudFront and Route 53 stand in no Region: the lost store has the hosts still. */
function hostsFreed({ shop: { hosts, hostedZoneId }, store: { account } }: DrillFacts): Step[] {
  return hosts.map((host) => ({
    title: `Free ${host}, with credentials of the account ${account}. Where there are none, "aws cloudfront associate-alias" moves it later, by a TXT record.`,
    commands: [
      `aws cloudfront list-distributions --query "DistributionList.Items[?Aliases.Items && contains(Aliases.Items, '${host}')].Id" --output text   # take it out of Aliases: update-distribution`,
      ...(hostedZoneId === undefined
        ? []
        : [
            `aws route53 list-resource-record-sets --hosted-zone-id ${hostedZoneId} --query "ResourceRecordSets[?Name=='${host}.']"   # delete A and AAAA: change-resource-record-sets`,
          ]),
    ],
    shows: 'Nothing is listed, and preflight agrees.',
  }));
}
