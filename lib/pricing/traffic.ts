import { DAYS_A_MONTH } from './price';

/** How busy a shop is. */
export interface Workload {
  readonly ordersADay: number;
  readonly pageViewsADay: number;
}

/** Nobody comes. */
export const IDLE: Workload = { ordersADay: 0, pageViewsADay: 0 };
/** A shop that one person and one engineer live on. */
export const NORMAL: Workload = { ordersADay: 300, pageViewsADay: 30_000 };
/** Ten times that. */
export const TENFOLD: Workload = scaled(NORMAL, 10);

/** `workload`, so many times over. */
export function scaled({ ordersADay, pageViewsADay }: Workload, factor: number): Workload {
  return { ordersADay: factor * ordersADay, pageViewsADay: factor * pageViewsADay };
}

interface Assumption {
  readonly value: number;
  /** What it is a number of. */
  readonly of: string;
}

/**
 * What is assumed of a shop, and nobody measured: round numbers on the dear side. A shop that knows its own computes with
 * the prices of a unit, which the report has.
 */
export const ASSUMPTIONS = {
  requestsAPageView: { value: 40, of: 'requests to CloudFront for a page view: page, scripts, pictures, data' },
  shareOfOrigin: { value: 0.1, of: 'of them reach the shop; the others are answered from the cache' },
  megabytesAPageView: { value: 1.5, of: 'MB to the browser for a page view' },
  kilobytesOfOrigin: { value: 30, of: 'kB from the shop for a request that reaches it' },
  shareOfBusyHours: { value: 0.8, of: 'of the page views come in eight hours of the day' },
  requestsATask: {
    value: 15,
    of: 'requests a second that a task with one processor answers at the target of its scaling',
  },
  requestsACapacityUnit: { value: 15, of: 'requests a second that a capacity unit of the database serves' },
  inputOutputARequest: { value: 10, of: 'reads and writes of storage by the database for a request' },
  kilobytesAnOrder: { value: 50, of: 'kB that an order adds to the database' },
  gigabytesOfDatabase: { value: 10, of: 'GB of database before the first order: goods, texts, customers' },
  outwardKilobytesAnOrder: { value: 500, of: 'kB through the NAT gateway for an order: payment, shipping, tax' },
  outwardKilobytesAPageView: {
    value: 5,
    of: 'kB through the NAT gateway for a page view: images of the shop, services of AWS',
  },
  namesAnOrder: { value: 40, of: 'names looked up for an order' },
  namesAPageView: { value: 2, of: 'names looked up for a page view' },
  mailsAnOrder: { value: 3, of: 'mails for an order' },
  loginsAnOrder: { value: 2, of: 'logins for an order' },
  signUpsAnOrder: { value: 0.3, of: 'sign-ups for an order' },
  bytesOfAccessLog: { value: 500, of: 'bytes of access log for a request to CloudFront' },
  bytesOfFlowLog: { value: 2000, of: 'bytes of flow log for a request that reaches the shop' },
  bytesOfNameLog: { value: 600, of: 'bytes of log for a name looked up' },
  bytesOfShopLog: {
    value: 1500,
    of: 'bytes of the log of the shop, and as many of that of the database, for a request',
  },
  shareOfRefused: { value: 0.02, of: 'of the requests are refused or counted by the firewall, which logs those' },
  bytesOfRefusal: { value: 2000, of: 'bytes of log for one of them' },
  monthsOfLogs: { value: 12, of: 'months of logs and orders are there: what is stored is that of a year' },
} as const satisfies Readonly<Record<string, Assumption>>;

const BUSY_SECONDS = 8 * 3600;
const KILOBYTE = 1e-6;
const BYTE = 1e-9;

/** What a workload comes to in a month, in units of what is priced. */
export interface Traffic {
  readonly orders: number;
  readonly pageViews: number;
  /** Requests to CloudFront. */
  readonly requests: number;
  /** Requests that reach the shop. */
  readonly originRequests: number;
  /** Of them in a second of the busy hours. */
  readonly busyRate: number;
  /** Hours of a month that are busy. */
  readonly busyHours: number;
  readonly names: number;
  readonly gigabytesToBrowsers: number;
  readonly gigabytesOfOrigin: number;
  readonly gigabytesOutward: number;
  readonly gigabytesOfDatabase: number;
  readonly gigabytesOfAccessLog: number;
  readonly gigabytesOfFlowLog: number;
  readonly gigabytesOfNameLog: number;
  readonly gigabytesOfShopLog: number;
  readonly gigabytesOfRefusals: number;
  /** Months of logs that are stored. */
  readonly monthsKept: number;
}

/** What `workload` comes to in a month. */
export function trafficOf({ ordersADay, pageViewsADay }: Workload): Traffic {
  const a = (name: keyof typeof ASSUMPTIONS): number => ASSUMPTIONS[name].value;
  const orders = ordersADay * DAYS_A_MONTH;
  const pageViews = pageViewsADay * DAYS_A_MONTH;
  const requests = pageViews * a('requestsAPageView');
  const originRequests = requests * a('shareOfOrigin');
  const names = orders * a('namesAnOrder') + pageViews * a('namesAPageView');
  const isOpen = orders + pageViews > 0;
  return {
    orders,
    pageViews,
    requests,
    originRequests,
    busyRate: ((originRequests / DAYS_A_MONTH) * a('shareOfBusyHours')) / BUSY_SECONDS,
    busyHours: (DAYS_A_MONTH * BUSY_SECONDS) / 3600,
    names,
    gigabytesToBrowsers: (pageViews * a('megabytesAPageView')) / 1000,
    gigabytesOfOrigin: originRequests * a('kilobytesOfOrigin') * KILOBYTE,
    gigabytesOutward: (orders * a('outwardKilobytesAnOrder') + pageViews * a('outwardKilobytesAPageView')) * KILOBYTE,
    gigabytesOfDatabase: isOpen
      ? a('gigabytesOfDatabase') + orders * a('monthsOfLogs') * a('kilobytesAnOrder') * KILOBYTE
      : 0,
    gigabytesOfAccessLog: requests * a('bytesOfAccessLog') * BYTE,
    gigabytesOfFlowLog: originRequests * a('bytesOfFlowLog') * BYTE,
    gigabytesOfNameLog: names * a('bytesOfNameLog') * BYTE,
    gigabytesOfShopLog: originRequests * a('bytesOfShopLog') * BYTE,
    gigabytesOfRefusals: requests * a('shareOfRefused') * a('bytesOfRefusal') * BYTE,
    monthsKept: a('monthsOfLogs'),
  };
}
