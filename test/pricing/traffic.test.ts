import { ASSUMPTIONS, IDLE, NORMAL, TENFOLD, trafficOf } from '../../lib/pricing/traffic';

test('where nobody comes, nothing passes', () => {
  const { busyHours, monthsKept, ...passing } = trafficOf(IDLE);
  expect(Object.values(passing).filter((units) => units !== 0)).toEqual([]);
  expect([busyHours, monthsKept]).toEqual([730 / 3, 12]);
});

test('a month of the normal workload is 9,125 orders and 912,500 page views', () => {
  expect(trafficOf(NORMAL)).toMatchObject({ orders: 9125, pageViews: 912_500, requests: 36_500_000 });
  expect(trafficOf(NORMAL).gigabytesToBrowsers).toBeCloseTo(1368.75);
});

test('ten times as many come to ten times as much, beside what the database holds before the first order', () => {
  const [normal, tenfold] = [trafficOf(NORMAL), trafficOf(TENFOLD)];
  const before = ASSUMPTIONS.gigabytesOfDatabase.value;
  expect(tenfold.gigabytesOfAccessLog).toBeCloseTo(10 * normal.gigabytesOfAccessLog);
  expect(tenfold.busyRate).toBeCloseTo(10 * normal.busyRate);
  expect(tenfold.gigabytesOfDatabase - before).toBeCloseTo(10 * (normal.gigabytesOfDatabase - before));
});
