import { BackupClient, DescribeGlobalSettingsCommand, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { resourcesOf, type StoreAssembly } from '../../store-assembly';
import { ok, warning, type Check, type Probe } from '../probe';

/** Types that are backed up, as AWS Backup calls them. */
const KINDS: Readonly<Record<string, string>> = {
  'AWS::RDS::DBCluster': 'Aurora',
  'AWS::S3::Bucket': 'S3',
  'AWS::EFS::FileSystem': 'EFS',
  'AWS::DynamoDB::Table': 'DynamoDB',
};

/** What an account that keeps nothing but copies may be given. */
const COPIED = ['Aurora', 'S3', 'EFS'];

const VAULTS = ['AWS::Backup::BackupVault', 'AWS::Backup::LogicallyAirGappedBackupVault'];

/** Whether AWS Backup is allowed to do what a plan asks: what it is refused for, no deployment notices. */
export const backups: Check = (context) => {
  const { store, aws } = context;
  const vaults = resourcesOf(store).filter(({ type }) => VAULTS.includes(type));
  const regions = [...new Set(vaults.map(({ stack }) => stack.region))];
  const kinds = kindsIn(store);
  const optIn = (region: string, kind: string): Probe => ({
    check: 'backup',
    subject: `${kind} in AWS Backup`,
    place: region,
    actions: ['backup:DescribeRegionSettings'],
    ask: async () => {
      const settings = await aws.once(`backup settings ${region}`, () =>
        aws.client(BackupClient, region).send(new DescribeRegionSettingsCommand({})),
      );
      return settings.ResourceTypeOptInPreference?.[kind] === true
        ? ok('Switched on.')
        : warning(
            'Switched off: a plan backs up and copies nothing of this kind, and says nothing.',
            `aws backup update-region-settings --region ${region} --resource-type-opt-in-preference ${kind}=true`,
          );
    },
  });
  return [...regions.flatMap((region) => kinds.map((kind) => optIn(region, kind))), ...betweenAccounts(context)];
};

function kindsIn(store: StoreAssembly): readonly string[] {
  const kinds = new Set(resourcesOf(store).flatMap(({ type }) => KINDS[type] ?? []));
  return kinds.size > 0 ? [...kinds] : COPIED;
}

/** Copies between accounts are allowed once, by the account that manages the organisation. */
function betweenAccounts({ store, aws }: Parameters<Check>[0]): Probe[] {
  if (store.offsiteAccount === undefined) {
    return [];
  }
  return [
    {
      check: 'backup',
      subject: 'copies between accounts',
      place: 'global',
      actions: ['backup:DescribeGlobalSettings'],
      ask: async () => {
        const asked = aws.client(BackupClient, store.region).send(new DescribeGlobalSettingsCommand({}));
        return (await asked).GlobalSettings?.isCrossAccountBackupEnabled === 'true'
          ? ok('Allowed in this organisation.')
          : warning(
              'Not allowed in this organisation: every copy off site fails.',
              'aws backup update-global-settings --global-settings isCrossAccountBackupEnabled=true' +
                '   # in the account that manages the organisation',
            );
      },
    },
  ];
}
