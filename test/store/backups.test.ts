import { App, Duration, Tags, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ObjectStore, RetentionPlan, Vault, VaultLock, Waiver, type CommerceStore } from '../../lib';
import { buildStores, type StoreConfig } from '../../lib/app';
import { WAIVER_METADATA } from '../../lib/core/waiver-metadata';
import { TODAY } from '../support/stack';
import { APPLICATIONS, BARE, DECIDED, expectRefusal, refusalOf, storeOf } from '../support/stores';

const OTHER = '444455556666';
const waiver = Waiver.because('A test shows what is lost without it', { owner: 'tests@acme.example' });

interface Built {
  readonly app: App;
  readonly store: CommerceStore;
}

function built(changes: Partial<StoreConfig> = {}): Built {
  const app = new App({ context: TODAY, analyticsReporting: false });
  return { app, store: buildStores(app, { acme: storeOf({ ...changes, packs: [] }) }).acme };
}

const textOf = (stack: Stack): string => JSON.stringify(Template.fromStack(stack).toJSON());

describe('a store whose copies go to another account', () => {
  const { app, store } = built({
    offsite: { account: OTHER, region: 'eu-west-1' },
    administrators: ['arn:aws:iam::111122223333:role/platform', `arn:aws:iam::${OTHER}:role/recovery`],
  });
  const vaultStack = store.offsiteVault!;
  app.synth();
  const away = Template.fromStack(vaultStack);

  test('has the vault there, in the off-site Region, and everything else in its own', () => {
    expect([vaultStack.account, vaultStack.region]).toEqual([OTHER, 'eu-west-1']);
    const others = store.node.children.filter((child) => child !== vaultStack) as Stack[];
    expect(new Set(others.map(({ account }) => account))).toEqual(new Set(['111122223333']));
  });

  test('refers to nothing across accounts: plan and vault know each other by name', () => {
    expect(textOf(vaultStack)).not.toMatch(/Fn::GetStackOutput|Fn::ImportValue/);
    expect(textOf(store.recovery!)).not.toContain('Fn::GetStackOutput":{"Region":"eu-west-1"');
    expect(textOf(store.recovery!)).toContain(`:backup:eu-west-1:${OTHER}:backup-vault:${vaultStack.vault.vaultName}`);
    expect(vaultStack.vault.vaultName).toMatch(/^acme-production-[0-9a-f]{8}$/);
  });

  test('takes copies from the account of the store alone', () => {
    away.hasResourceProperties('AWS::Backup::BackupVault', {
      AccessPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'backup:CopyIntoBackupVault',
            Principal: { AWS: { 'Fn::Join': ['', Match.arrayWith([':iam::111122223333:root'])] } },
          }),
        ]),
      },
    });
  });

  test('shares the keys of what is copied with AWS Backup of that account', () => {
    const keys = Template.fromStack(store.foundation).findResources('AWS::KMS::Key');
    const sharing = Object.entries(keys).filter(([, key]) => JSON.stringify(key).includes(`:iam::${OTHER}:root`));
    expect(sharing.map(([id]) => id).sort()).toEqual(['KeysBackupsKey', 'KeysCustomerDataKey']);
  });

  test('lets whoever administers the store not end the key of its copies', () => {
    expect(textOf(vaultStack)).not.toContain('111122223333:role/platform');
    expect(textOf(vaultStack)).toContain(`${OTHER}:role/recovery`);
  });

  test('tells the contacts from there, and tests every week that it can', () => {
    away.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'security@acme.example' });
    away.resourceCountIs('AWS::Scheduler::Schedule', 2);
  });

  test('is deployed in an order in which the vault is there before the plan', () => {
    expect(store.recovery!.dependencies).toContain(vaultStack);
  });
});

describe('what a store keeps', () => {
  test.each([
    ['medusa', ['Aurora', 'S3']],
    ['woocommerce', ['Aurora', 'EFS']],
  ] as const)('is all backed up, in a shop of %s', (name, kinds) => {
    const { app, store } = built({ id: name, application: APPLICATIONS[name] });
    app.synth();
    const alarms = Object.values(Template.fromStack(store.recovery!).findResources('AWS::CloudWatch::Alarm')) as {
      Properties: { MetricName: string; Threshold: number };
    }[];
    const expected = alarms.filter(({ Properties }) => /Completed$/.test(Properties.MetricName));
    expect(expected.map(({ Properties }) => Properties.Threshold)).toEqual([kinds.length, kinds.length]);
  });

  test('is backed up also where somebody adds it to a stack of the store', () => {
    const { app, store } = built();
    new ObjectStore(store.data, 'Invoices');
    app.synth();
    expect(textOf(store.recovery!)).toContain('InvoicesBucket');
  });

  test('is a finding when somebody takes its tag away', () => {
    const { app, store } = built();
    Tags.of(store.data).remove('commerce-baseline:backup', { priority: 300 });
    expect(() => app.synth()).toThrow('No backup plan of this app selects acme-production/Data/');
  });

  test.each([
    ['database', { database: { withoutBackup: waiver } }, 'database.backup'],
    ['pictures', { backup: { withoutMedia: waiver } }, 'object-store.backup'],
    ['files', { application: APPLICATIONS.woocommerce, backup: { withoutFiles: waiver } }, 'shared-files.backup'],
  ])('can be left out by a waiver, which shows: %s', (_, changes, protection) => {
    const { app, store } = built(changes);
    expect(() => app.synth()).not.toThrow();
    const waived = store.data.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === WAIVER_METADATA);
    expect(waived.map(({ data }) => (data as { protection: string }).protection)).toEqual([protection]);
  });

  test('stays at home by a waiver, and then there is no vault off site', () => {
    const { app, store } = built({ backup: { withoutOffsiteCopy: waiver } });
    app.synth();
    expect(store.offsiteVault).toBeUndefined();
    expect(textOf(store.recovery!)).not.toContain('CopyActions');
  });
});

test('a store that keeps nothing is not silent', () => {
  const application = APPLICATIONS['postgresql-iam'];
  const { store } = built({ application });
  Template.fromStack(store.recovery!).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'NumberOfBackupJobsCompleted',
    ActionsEnabled: true,
  });
  const nothing = built({ application, database: { withoutBackup: waiver } });
  Template.fromStack(nothing.store.recovery!).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'NumberOfBackupJobsCompleted',
    ActionsEnabled: false,
  });
});

test('reports are written where somebody says that Config records, and nowhere else', () => {
  const isReporting = ({ store }: Built): boolean => textOf(store.recovery!).includes('AWS::Backup::Framework');
  expect(isReporting(built())).toBe(false);
  expect(isReporting(built({ backup: { audit: true } }))).toBe(true);
});

describe('a configuration', () => {
  test('of the tier regulated decides about the lock that nobody can lift', () => {
    const undecided =
      'backup.vault is "governance"; it must be locked irrevocably in the tier regulated, or say who declines that. ' +
      "Write Vault.locked(VaultLock.compliance({ graceDays: 14, confirm: '<store id>' })), which nobody can undo, or " +
      'Vault.locked(VaultLock.governance({ insteadOfCompliance: Waiver.because(…) })). [ComplianceLockUndecided]';
    expectRefusal({ tier: 'regulated' }, undecided);
    const compliance = Vault.locked(VaultLock.compliance({ graceDays: 14, confirm: 'acme' }));
    for (const backup of [DECIDED, { vault: compliance }, { vault: Vault.airGapped({ confirm: 'acme' }) }]) {
      expect(refusalOf({ ...BARE, tier: 'regulated', backup })).toEqual([]);
    }
  });

  test('of another tier need not, and nothing irrevocable comes with any', () => {
    expect(refusalOf({ ...BARE, tier: 'standard' })).toEqual([]);
    const { store } = built({ tier: 'regulated' });
    expect(textOf(store.offsiteVault!)).not.toContain('ChangeableForDays');
  });

  test('confirms with the id of the store what cannot be undone', () => {
    const vault = Vault.locked(VaultLock.compliance({ graceDays: 14, confirm: 'acme-production' }));
    expectRefusal(
      { backup: { vault } },
      'backup.vault.lock.confirm is "acme-production"; it must be "acme": the lock cannot be lifted again. ' +
        'Write it out if you mean it; otherwise choose VaultLock.governance(). [VaultLockNotConfirmed]',
    );
  });

  test('hears at once of times that the lock refuses, of rhythms and of hours that do not work', () => {
    const backup = { retention: [RetentionPlan.daily(Duration.days(14)), RetentionPlan.continuous35Days()], hour: 25 };
    expect(refusalOf({ ...BARE, backup }).map((line) => /\[(\w+)\]$/.exec(line)?.[1])).toEqual([
      undefined,
      'ContinuousBackupOfDatabase',
      'BackupHourInvalid',
      'RetentionOutsideLock',
    ]);
  });

  test('names another account than its own for copies, in twelve digits', () => {
    expectRefusal(
      { offsite: { account: '111122223333', region: 'eu-west-1' } },
      'offsite.account is "111122223333"; it must be another account than the one of the store. ' +
        'Name another account of the organisation, or leave it out for copies in this one. [OffsiteAccountIsHome]',
    );
    expect(refusalOf({ ...BARE, offsite: { account: '4444', region: 'eu-west-1' } })[1]).toMatch(
      /^offsite\.account is "4444".*\[AccountMalformed\]$/,
    );
  });

  test('takes plans and vaults that the package made', () => {
    const problems = refusalOf({ ...BARE, backup: { retention: ['daily'], vault: 'locked' } });
    expect(problems.filter((line) => line.includes('[RetentionPlanMissing]'))).toHaveLength(1);
    expect(problems.filter((line) => line.includes('[VaultMissing]'))).toHaveLength(1);
  });
});

test.each([
  ['a store', {}, ['Aurora', 'S3']],
  ['one whose pictures are not backed up', { withoutMedia: waiver }, ['Aurora']],
  ['one that gives up restore tests', { withoutRestoreTest: waiver }, []],
])('%s restores for a test what it backs up', (_, backup, types) => {
  const { store } = built({ backup });
  const selections = Template.fromStack(store.recovery!).findResources('AWS::Backup::RestoreTestingSelection');
  expect(
    Object.values(selections)
      .map(({ Properties }) => (Properties as { ProtectedResourceType: string }).ProtectedResourceType)
      .sort(),
  ).toEqual(types);
});
