import { type Finding } from '@aws-sdk/client-inspector2';
import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { agesOf, tableOf, type AgedFinding, type Ledger } from '../../../lib/patching/handlers/finding-ages';

const LIMITS = { CRITICAL: 7, HIGH: 30 };
const NOW = DateTime.fromISO('2028-03-01T05:15:00Z', { zone: 'utc' });

const findingOf = (over: Partial<Finding> = {}): Finding =>
  ({
    findingArn: 'arn:aws:inspector2:eu-central-1:111122223333:finding/1',
    severity: 'CRITICAL',
    status: 'ACTIVE',
    firstObservedAt: NOW.minus({ days: 3 }).toJSDate(),
    fixAvailable: 'YES',
    packageVulnerabilityDetails: {
      vulnerabilityId: 'CVE-2028-1',
      source: 'NVD',
      vulnerablePackages: [{ name: 'openssl', version: '3.0.1' }],
    },
    resources: [
      {
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: 'arn:aws:ecr:eu-central-1:111122223333:repository/shop/sha256:aa',
        details: { awsEcrContainerImage: { repositoryName: 'shop' } },
      },
    ],
    ...over,
  }) as Finding;

const one = (finding: Finding, known: Ledger = {}, now = NOW): AgedFinding => {
  const { findings } = agesOf([finding], LIMITS, known, now.toJSDate());
  expect(findings).toHaveLength(1);
  return findings[0];
};

test('counts whole days, over leap days and whatever clocks do, and is over on the day after the limit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2036, 0, 1) }),
      fc.integer({ min: 0, max: 1200 * 86_400 }),
      fc.constantFrom('CRITICAL' as const, 'HIGH' as const),
      (instant, seconds, severity) => {
        const now = DateTime.fromMillis(instant, { zone: 'utc' });
        const first = now.minus({ seconds });
        const { age, isOver } = one(findingOf({ severity, firstObservedAt: first.toJSDate() }), {}, now);
        expect(age).toBe(Math.floor(now.diff(first, 'days').days));
        expect(isOver).toBe(first.plus({ days: LIMITS[severity] + 1 }) <= now);
      },
    ),
  );
  const leap = DateTime.fromISO('2028-02-23T05:15:00Z', { zone: 'utc' });
  expect(one(findingOf({ firstObservedAt: leap.toJSDate() }))).toMatchObject({ age: 7, isOver: false });
});

test.each([undefined, NOW.plus({ days: 400 }).toJSDate()])('what has %p for a date is over', (firstObservedAt) => {
  const { age, isOver } = one(findingOf({ firstObservedAt }));
  expect([age, isOver]).toEqual([undefined, true]);
});

test('an image that is built again makes no finding younger', () => {
  const built = (digest: string, daysAgo: number): Finding =>
    findingOf({
      findingArn: `arn:aws:inspector2:eu-central-1:111122223333:finding/${digest}`,
      firstObservedAt: NOW.minus({ days: daysAgo }).toJSDate(),
      resources: [
        {
          type: 'AWS_ECR_CONTAINER_IMAGE',
          id: `arn:aws:ecr:eu-central-1:111122223333:repository/shop/sha256:${digest}`,
          details: { awsEcrContainerImage: { repositoryName: 'shop' } as never },
        },
      ],
    });
  const { ledger } = agesOf([built('aa', 5)], LIMITS, {}, NOW.toJSDate());
  const later = NOW.plus({ days: 4 });
  expect(one(built('bb', -3), ledger, later)).toMatchObject({ age: 9, isOver: true });
  expect(one(built('bb', -3), {}, later)).toMatchObject({ age: 1, isOver: false });
});

/** The finding in an image of the repository `shop`, first seen so many days ago. */
const inImage = (digest: string, daysAgo: number, use: { inUseCount?: number; lastInUseAt?: Date }): Finding =>
  findingOf({
    findingArn: `arn:${digest}`,
    firstObservedAt: NOW.minus({ days: daysAgo }).toJSDate(),
    resources: [
      {
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: digest,
        details: { awsEcrContainerImage: { repositoryName: 'shop', imageHash: digest, registry: '1', ...use } },
      },
    ],
  });
const RUNNING = new Set(['shop']);

test('a hole in an image that was replaced is over no more, and what runs and has it is as old as there', () => {
  const ages = agesOf(
    [inImage('former', 9, { inUseCount: 0 }), inImage('new', 1, { inUseCount: 2 })],
    LIMITS,
    {},
    NOW.toJSDate(),
    RUNNING,
  );
  expect(ages.findings.map(({ arn, age, isOver, isIdle }) => [arn, age, isOver, isIdle])).toEqual([
    ['arn:new', 9, true, false],
    ['arn:former', 9, false, true],
  ]);
  expect(ages.ledger['shop CVE-2028-1'].first).toBe(NOW.minus({ days: 9 }).toISO());
  expect(tableOf(ages.findings.slice(1))).toContain('"arn:former","","yes"');
});

test('a hole that was mended by another image stays in the ledger, and is as old as before when it comes back', () => {
  const old = agesOf([inImage('old', 9, { inUseCount: 0 })], LIMITS, {}, NOW.toJSDate(), RUNNING);
  expect(old.findings.map(({ isOver }) => isOver)).toEqual([false]);
  const later = NOW.plus({ days: 3 });
  const back = agesOf([inImage('new', -3, { inUseCount: 1 })], LIMITS, old.ledger, later.toJSDate(), RUNNING);
  expect(back.findings).toMatchObject([{ age: 12, isOver: true, isIdle: false }]);
});

test('only what is known not to run does not, and only where something else of its repository does', () => {
  fc.assert(
    fc.property(
      fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      fc.option(fc.integer({ min: 0, max: 96 }), { nil: undefined }),
      fc.constantFrom(new Set<string>(), new Set(['other']), RUNNING),
      fc.integer({ min: 0, max: 60 }),
      (inUseCount, hours, running, daysAgo) => {
        const lastInUseAt = hours === undefined ? undefined : NOW.minus({ hours }).toJSDate();
        const finding = inImage('old', daysAgo, { inUseCount, lastInUseAt });
        const [{ isIdle, isOver }] = agesOf([finding], LIMITS, {}, NOW.toJSDate(), running).findings;
        expect(isIdle).toBe(inUseCount === 0 && running === RUNNING && (hours === undefined || hours >= 24));
        expect(isOver).toBe(!isIdle && daysAgo > LIMITS.CRITICAL);
      },
    ),
  );
});

test('what is in no image always counts', () => {
  const resources: Finding['resources'] = [{ type: 'AWS_LAMBDA_FUNCTION', id: 'shop' }];
  const { findings } = agesOf([findingOf({ resources })], LIMITS, {}, NOW.toJSDate(), new Set(['shop', '']));
  expect(findings).toMatchObject([{ isIdle: false }]);
});

test('nor does a new version of a function', () => {
  const versioned = (version: string): Finding =>
    findingOf({
      resources: [{ type: 'AWS_LAMBDA_FUNCTION', id: `arn:aws:lambda:eu-central-1:1:function:shop:${version}` }],
    });
  const { ledger } = agesOf([versioned('$LATEST'), versioned('7'), versioned('8')], LIMITS, {}, NOW.toJSDate());
  expect(Object.keys(ledger)).toEqual(['arn:aws:lambda:eu-central-1:1:function:shop CVE-2028-1']);
});

test('remembers what is away for some days, and forgets what was away for thirty', () => {
  const gone: Ledger = { 'shop CVE-2028-1': { first: '2028-01-01T00:00:00.000Z', last: '2028-02-01T05:15:00.000Z' } };
  expect(agesOf([], LIMITS, gone, NOW.minus({ days: 1 }).toJSDate()).ledger).toEqual(gone);
  expect(agesOf([], LIMITS, gone, NOW.plus({ days: 2 }).toJSDate()).ledger).toEqual({});
});

test('what a filter rule hides stays in the table and is never over', () => {
  const hidden = one(findingOf({ status: 'SUPPRESSED', firstObservedAt: new Date('2020-01-01') }));
  expect(hidden).toMatchObject({ isOver: false, isSuppressed: true });
  expect(tableOf([hidden])).toContain('"yes","arn:');
});

test('the most pressing comes first', () => {
  const of = (severity: 'CRITICAL' | 'HIGH', days: number, status: 'ACTIVE' | 'SUPPRESSED' = 'ACTIVE'): Finding =>
    findingOf({ severity, status, firstObservedAt: NOW.minus({ days }).toJSDate(), title: `${severity} ${days}` });
  const findings = [of('HIGH', 5), of('CRITICAL', 900, 'SUPPRESSED'), of('HIGH', 40), of('CRITICAL', 5)].map(
    (finding, index) => ({ ...finding, packageVulnerabilityDetails: undefined, findingArn: `arn:${index}` }),
  );
  const { findings: sorted } = agesOf(findings, LIMITS, {}, NOW.toJSDate());
  expect(sorted.map(({ vulnerability }) => vulnerability)).toEqual(['HIGH 40', 'CRITICAL 5', 'HIGH 5', 'CRITICAL 900']);
});

test('severities without a limit are none of its business', () => {
  expect(agesOf([findingOf({ severity: 'MEDIUM' })], LIMITS, {}, NOW.toJSDate()).findings).toEqual([]);
});

test('is a table that no spreadsheet takes for a formula', () => {
  const evil = one(findingOf({ resources: [{ type: 'OTHER' as never, id: '=HYPERLINK("http://x")' }] }));
  expect(tableOf([evil]).split('\r\n')).toEqual([
    '"severity","age","limit","over","vulnerability","component","packages","fix","suppressed","arn","owner","idle"',
    `"CRITICAL","3","7","no","CVE-2028-1","'=HYPERLINK(""http://x"")","openssl 3.0.1","YES","no","${evil.arn}","","no"`,
    '',
  ]);
});
