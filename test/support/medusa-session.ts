import { type RequestKind, type StorefrontRequest } from '../../lib';

/** A request, what somebody does with it, and the kinds it is. */
export interface Recorded {
  readonly doing: string;
  readonly request: StorefrontRequest;
  readonly kinds: readonly `${RequestKind}`[];
}

const get = (path: string, query?: string): StorefrontRequest => ({ method: 'GET', path, query });
const post = (path: string): StorefrontRequest => ({ method: 'POST', path });

const CART = '/store/carts/cart_01JD5K3Z8QXN7V2M4R6T9W0YBC';
const PRODUCT = '/admin/products/prod_01JD5K0A1B2C3D4E5F6G7H8J9K';

const SESSION: readonly (readonly [string, StorefrontRequest, ...`${RequestKind}`[]])[] = [
  ['lists products', get('/store/products', 'limit=12&region_id=reg_01&fields=*variants.calculated_price'), 'api'],
  ['opens a product', get('/store/products/prod_01JD5K0A1B2C3D4E5F6G7H8J9K', 'region_id=reg_01'), 'api'],
  ['begins a cart', post('/store/carts'), 'api'],
  ['puts something into it', post(`${CART}/line-items`), 'api'],
  ['changes the quantity', post(`${CART}/line-items/cali_01JD5K4`), 'api'],
  ['takes it out', { method: 'DELETE', path: `${CART}/line-items/cali_01JD5K4` }, 'api'],
  ['gives an address', post(CART), 'api'],
  ['chooses how it is shipped', post(`${CART}/shipping-methods`), 'api'],
  ['redeems a code', post(`${CART}/promotions`), 'api', 'checkout'],
  ['begins to pay', post('/store/payment-collections'), 'api'],
  ['chooses how to pay', post('/store/payment-collections/pay_col_01JD5K5/payment-sessions'), 'api', 'checkout'],
  ['completes the order', post(`${CART}/complete`), 'api', 'checkout'],
  ['looks at the order', get('/store/orders/order_01JD5K6'), 'api'],
  ['signs up', post('/auth/customer/emailpass/register'), 'api', 'sign-up'],
  ['becomes a customer', post('/store/customers'), 'api', 'sign-up'],
  ['confirms an e-mail address', post('/auth/customer/emailpass/verification/confirm'), 'api', 'sign-up'],
  ['logs in', post('/auth/customer/emailpass'), 'api', 'login'],
  ['types a one-time code', post('/auth/mfa/challenges/mfach_01JD5K7/verify'), 'api', 'login'],
  ['turns the token into a session', post('/auth/session'), 'api'],
  ['renews the token', post('/auth/token/refresh'), 'api'],
  ['looks at the account', get('/store/customers/me'), 'api'],
  ['forgot the password', post('/auth/customer/emailpass/reset-password'), 'api', 'login'],
  ['sets a new one', post('/auth/customer/emailpass/update'), 'api', 'login'],
  ['comes back from a social login', get('/auth/customer/google/callback', 'code=4%2F0AX4&state=x'), 'api'],
  ['logs out', { method: 'DELETE', path: '/auth/session' }, 'api'],
  ['is told of a payment', post('/hooks/payment/pp_stripe_stripe'), 'api', 'webhook'],
  ['opens the dashboard', get('/app'), 'admin'],
  ['opens a page of it', get('/app/orders/order_01JD5K6'), 'admin'],
  ['loads its code', get('/app/assets/index-B7x2Qp1Z.js'), 'admin', 'assets'],
  ['logs in as staff', post('/auth/user/emailpass'), 'api', 'login'],
  ['accepts an invitation', post('/admin/invites/accept'), 'api', 'admin', 'sign-up'],
  ['lists orders', get('/admin/orders', 'limit=20&offset=0&order=-display_id'), 'api', 'admin'],
  ['captures a payment', post('/admin/payments/pay_01JD5K8/capture'), 'api', 'admin'],
  ['uploads pictures', post('/admin/uploads'), 'api', 'admin', 'upload'],
  ['asks where to upload to', post('/admin/uploads/presigned-urls'), 'api', 'admin', 'upload'],
  ['writes a description', post(PRODUCT), 'api', 'admin', 'upload'],
  ['changes many variants', post(`${PRODUCT}/variants/batch`), 'api', 'admin', 'upload'],
  ['imports products', post('/admin/products/import'), 'api', 'admin', 'upload'],
  ['sets prices', post('/admin/price-lists/plist_01JD5K9/prices/batch'), 'api', 'admin', 'upload'],
  ['is asked whether it is well', get('/health')],
  ['looks at a picture', get('/media/shoe-01JD5KA.webp')],
];

/** A customer, a payment gateway and a member of staff, with the requests that Medusa's SDK and dashboard send. */
export const MEDUSA_SESSION: readonly Recorded[] = SESSION.map(([doing, request, ...kinds]) => ({
  doing,
  request,
  kinds,
}));
