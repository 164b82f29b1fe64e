import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { knownAge } from '../../../lib/patching/handlers/finding-ages';
import { reasonsAgainst, repositoryHere } from '../../../lib/patching/handlers/image-ages';
import type { RunningImage } from '../../../lib/patching/handlers/running-images';

const image = (name: string): RunningImage => ({ name, digest: `sha256:${'a'.repeat(64)}` });
const ZONES = ['utc', 'Asia/Manila', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'];

test('counts whole days, over leap days, in any zone and whatever its clocks do', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2036, 0, 1) }),
      fc.integer({ min: 0, max: 1200 * 86_400 }),
      fc.constantFrom(...ZONES),
      (instant, seconds, zone) => {
        const pushed = DateTime.fromMillis(instant).setZone(zone);
        const now = pushed.plus({ seconds });
        const age = knownAge(pushed.toJSDate(), now.toJSDate());
        expect(age).toBe(Math.floor(now.toUTC().diff(pushed.toUTC(), 'days').days));
        expect(knownAge(pushed.toJSDate(), now.plus({ hours: 24 }).toJSDate())).toBe((age ?? NaN) + 1);
      },
    ),
  );
});

test.each([
  ['a leap day', '2028-02-15T05:45:00Z', '2028-03-16T05:45:00Z', 30],
  ['a year without one', '2027-02-15T05:45:00Z', '2027-03-16T05:45:00Z', 29],
  ['clocks that go forward', '2027-03-27T05:45:00+01:00', '2027-03-28T05:45:00+02:00', 0],
  ['clocks that go back', '2027-10-30T05:45:00+02:00', '2027-10-31T05:45:00+01:00', 1],
])('knows %s', (_, pushed, now, days) => {
  expect(knownAge(new Date(pushed), new Date(now))).toBe(days);
});

test.each([undefined, new Date(NaN), new Date('2099-01-01T00:00:00Z')])('%p is no age', (pushed) => {
  expect(knownAge(pushed, new Date('2026-11-28T05:45:00Z'))).toBeUndefined();
});

test('is over on the day after the limit, and when nobody knows', () => {
  const known = { image: image('shop'), findings: [] };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: -1, max: 2 }), (limit, more) => {
      expect(reasonsAgainst({ ...known, age: limit + more }, limit).length > 0).toBe(more > 0);
    }),
  );
  expect(reasonsAgainst(known, 30)).toEqual(['of unknown age']);
  expect(reasonsAgainst({ ...known, age: 1, unknown: 'not scanned' }, 30)).toEqual(['not scanned']);
  expect(reasonsAgainst({ ...known, age: 1, findings: ['CRITICAL CVE'] }, 30)).toEqual(['CRITICAL CVE']);
});

const HERE = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';

test.each([
  [`${HERE}/shop@sha256:${'a'.repeat(64)}`, 'shop'],
  [`${HERE}/ecr-public/nginx/nginx:1.29`, 'ecr-public/nginx/nginx'],
  [`${HERE}/shop`, 'shop'],
  ['111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:1', undefined],
  ['999999999999.dkr.ecr.eu-central-1.amazonaws.com/shop:1', undefined],
  [`evil.example/${HERE}/shop:1`, undefined],
  ['public.ecr.aws/nginx/nginx:1.29', undefined],
  ['nginx', undefined],
  ['', undefined],
])('finds the repository of %s', (name, repository) => {
  expect(repositoryHere(image(name), '111122223333', 'eu-central-1')).toBe(repository);
});
