import { App, Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  CacheTopology,
  ChangeWindow,
  CriticalFix,
  Dns,
  Freeze,
  InspectorUse,
  VulnerabilitySource,
  Waiver,
  Weekday,
  type CommerceStore,
} from '../../lib';
import { buildStores, stagingOf, type StoreConfig } from '../../lib/app';
import { TODAY } from '../support/stack';
import { BARE, refusalOf, storeOf } from '../support/stores';

const CHRISTMAS = Freeze.between('2026-11-20', '2027-01-06', 'Christmas');

const built = (changes: Partial<StoreConfig> = {}): CommerceStore =>
  buildStores(new App({ context: TODAY, analyticsReporting: false }), { acme: storeOf({ ...changes, packs: [] }) })
    .acme;

const windowsOf = (store: CommerceStore): unknown[] => {
  const data = Template.fromStack(store.data);
  const [cluster] = Object.values(data.findResources('AWS::RDS::DBCluster'));
  const [cache] = Object.values(Template.fromStack(store.access).findResources('AWS::ElastiCache::ReplicationGroup'));
  const { PreferredMaintenanceWindow, PreferredBackupWindow } = cluster.Properties as Record<string, unknown>;
  data.allResourcesProperties('AWS::RDS::DBInstance', { PreferredMaintenanceWindow });
  const { PreferredMaintenanceWindow: ofCache } = cache.Properties as Record<string, unknown>;
  return [PreferredMaintenanceWindow, PreferredBackupWindow, ofCache];
};

describe('a store that says nothing of patching', () => {
  const store = built();

  test('has its windows at night where its Region is, each apart from the others', () => {
    expect(windowsOf(store)).toEqual(['wed:01:00-wed:02:00', '23:30-00:30', 'wed:03:00-wed:04:00']);
  });

  test('has a calendar without freezes, and everything that a store has of it', () => {
    Template.fromStack(store.foundation).hasResourceProperties('AWS::SSM::Document', {
      Content: Match.stringLikeRegexp('^BEGIN:VCALENDAR\r\n(?!.*VEVENT)'),
    });
    const recovery = Template.fromStack(store.recovery!);
    recovery.resourceCountIs('Custom::InspectorScanning', 1);
    recovery.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'FindingsOverLimit' });
  });

  test('says how old the images are that run, and what is found in them', () => {
    const application = Template.fromStack(store.application);
    application.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ IMAGE_DAYS: '30', SCANNED: 'yes', CRITICAL_DAYS: '7' }) },
    });
    application.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ImagesOverLimit' });
  });

  test('knows how old a hole in an image is from the ledger of the stack before', () => {
    const told = (stack: Stack, variables: object): void =>
      Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
        Environment: { Variables: Match.objectLike(variables) },
      });
    const ledger = 'patching/findings/acme-production/ledger.json';
    told(store.application, { IMAGE_DAYS: '30', LEDGER_KEY: ledger });
    // It lies in the foundation: neither waits for the stack that writes it.
    expect(store.application.dependencies).not.toContain(store.recovery);
  });

  test('backs up at an hour that is clear of the windows of its database', () => {
    const ofLondon = built({ workload: { account: '111122223333', region: 'eu-west-2' } });
    const hourOf = ({ recovery }: CommerceStore): string => {
      const [plan] = Object.values(Template.fromStack(recovery!).findResources('AWS::Backup::BackupPlan'));
      return (plan.Properties as { BackupPlan: { BackupPlanRule: { ScheduleExpression: string }[] } }).BackupPlan
        .BackupPlanRule[0].ScheduleExpression;
    };
    expect(hourOf(store)).toBe('cron(0 3 ? * * *)');
    expect(hourOf(ofLondon)).toBe('cron(0 4 ? * * *)');
    expect(hourOf(built({ backup: { hour: 2 } }))).toBe('cron(0 2 ? * * *)');
  });

  test('hears of what AWS announces at home, and in us-east-1 of what is global', () => {
    const regionsIn = (template: Template): unknown[] =>
      Object.values(template.findResources('AWS::Events::Rule'))
        .map(({ Properties }) => (Properties as { EventPattern?: { detail: { eventRegion?: string[] } } }).EventPattern)
        .flatMap((pattern) => pattern?.detail.eventRegion ?? []);
    expect(regionsIn(Template.fromStack(store.foundation))).toEqual(['eu-central-1']);
    expect(regionsIn(Template.fromStack(store.edge))).toEqual(['us-east-1', 'global']);
    const american = built({ workload: { account: '111122223333', region: 'us-east-1' } });
    expect(regionsIn(Template.fromStack(american.foundation))).toEqual([]);
  });
});

test('staging is patched two days before production, by the same clocks, and never frozen', () => {
  const sources = [VulnerabilitySource.report('wordpress', { owner: 'platform@acme.example' })];
  const patching = { timeZone: 'Asia/Manila', freezes: [CHRISTMAS], limits: { criticalDays: 3 }, sources };
  const production = storeOf({ ...BARE, patching });
  const staging = stagingOf(production, {
    dns: Dns.route53({
      hosts: ['staging.acme.example'],
      hostedZoneId: 'Z0123456789ABCDEFGHIJ',
      zoneName: 'acme.example',
    }),
  });
  expect(staging.patching).toEqual({ timeZone: 'Asia/Manila', limits: { criticalDays: 3 } });
  const app = new App({ context: { ...TODAY, store: 'all' }, analyticsReporting: false });
  const stores = buildStores(app, { production, staging });
  const [first] = windowsOf(stores.staging);
  const [second] = windowsOf(stores.production);
  expect([first, second]).toEqual(['sun:18:00-sun:20:00', 'tue:18:00-tue:20:00']);
});

test('reads what other sources know of its plugins and packages, and says where they put it', () => {
  const sources = [VulnerabilitySource.report('wordpress', { owner: 'platform@acme.example' })];
  const recovery = Template.fromStack(built({ patching: { sources } }).recovery!);
  recovery.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ SOURCES: Match.stringLikeRegexp('"name":"wordpress"') }) },
  });
  recovery.hasOutput('SourcesAddress', {
    Value: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('/patching/components/acme-production/$')])] },
  });
  expect(Template.fromStack(built().recovery!).findOutputs('SourcesAddress')).toEqual({});
});

test('what the database or the cache was told otherwise stays', () => {
  const store = built({
    database: { maintenanceWindow: 'sun:10:00-sun:11:00' },
    cache: CacheTopology.replicated({ maintenanceWindow: 'sun:12:00-sun:13:00' }),
  });
  expect(windowsOf(store)).toEqual(['sun:10:00-sun:11:00', undefined, 'sun:12:00-sun:13:00']);
});

test('takes windows, freezes, limits and who turns Inspector on', () => {
  const databases = ChangeWindow.weekly(Weekday.SUNDAY, '03:00', Duration.hours(3));
  const fix = CriticalFix.on('2026-12-03', { because: 'CVE-2026-1234 is exploited', owner: 'platform@acme.example' });
  const store = built({
    patching: {
      windows: { databases },
      freezes: [CHRISTMAS],
      criticalFixes: [fix],
      inspector: InspectorUse.adopt(),
      limits: { criticalDays: 3 },
    },
  });
  expect(windowsOf(store)[0]).toBe('sun:02:00-sun:04:00');
  Template.fromStack(store.foundation).hasResourceProperties('AWS::SSM::Document', {
    Content: Match.stringLikeRegexp('SUMMARY:Christmas'),
  });
  const recovery = Template.fromStack(store.recovery!);
  recovery.resourceCountIs('Custom::InspectorScanning', 0);
  recovery.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ CRITICAL_DAYS: '3', STORE: 'acme-production' }) },
  });
});

test('without Inspector nothing of it is left, and the waiver shows', () => {
  const inspector = InspectorUse.off(Waiver.because('Another scanner looks every night', { owner: 'a@acme.example' }));
  const recovery = Template.fromStack(built({ patching: { inspector } }).recovery!);
  expect(JSON.stringify(recovery.toJSON())).not.toContain('inspector2');
});

const wrong = (patching: unknown): StoreConfig => ({ ...BARE, patching }) as StoreConfig;

test.each<[string, StoreConfig, string]>([
  ['TimeZoneUnknown', wrong({ timeZone: 'Manila' }), 'patching.timeZone'],
  ['FreezeMissing', wrong({ freezes: ['2026-11-20'] }), 'patching.freezes[0]'],
  ['FreezeBackwards', wrong({ freezes: [Freeze.between('2026-12-02', '2026-12-01', 'Sale')] }), 'patching.freezes[0]'],
  ['ChangeWindowMissing', wrong({ windows: { databases: 'sunday' } }), 'patching.windows.databases'],
  [
    'WindowTooShort',
    wrong({ windows: { cache: ChangeWindow.weekly(Weekday.MONDAY, '02:00', Duration.hours(1)) } }),
    'patching.windows.cache',
  ],
  ['FindingLimitOutOfRange', wrong({ limits: { criticalDays: 90 } }), 'patching.limits.criticalDays'],
  ['ImageAgeOutOfRange', wrong({ imageDays: 91 }), 'patching.imageDays'],
  ['VulnerabilitySourceMissing', wrong({ sources: ['wordpress'] }), 'patching.sources[0]'],
  [
    'SourceDaysOutOfRange',
    wrong({ sources: [VulnerabilitySource.report('wordpress', { owner: 'platform@acme.example', days: 60 })] }),
    'patching.sources[0].days',
  ],
  ['InspectorUseMissing', wrong({ inspector: true }), 'patching.inspector'],
])('refuses %s', (code, config, place) => {
  const refusal = refusalOf(config);
  expect(refusal).toHaveLength(2);
  expect(refusal[1]).toMatch(new RegExp(`^${place.replace(/[[\]]/g, '\\$&')}(\\.until)? is `));
  expect(refusal[1]).toContain(`[${code}]`);
});

const reportersOf = (patching: StoreConfig['patching']): unknown[] => {
  const variables = { Environment: { Variables: Match.objectLike({ IMAGE_DAYS: Match.anyValue() }) } };
  const found = Template.fromStack(built({ patching }).application).findResources('AWS::Lambda::Function', {
    Properties: variables,
  });
  return Object.values(found).map((each) => (each.Properties as { Environment: { Variables: unknown } }).Environment);
};

test('images may run for other times, judged by their age alone where nothing scans', () => {
  const [environment] = reportersOf({
    imageDays: 14,
    inspector: InspectorUse.off(Waiver.because('another scanner is in use', { owner: 'platform@acme.example' })),
  });
  expect(environment).toMatchObject({ Variables: { IMAGE_DAYS: '14', SCANNED: 'no' } });
});

test('images may run unwatched where somebody says why', () => {
  const withoutImageFreshness = Waiver.because('another tool watches them', { owner: 'platform@acme.example' });
  expect(reportersOf({ withoutImageFreshness })).toEqual([]);
});
