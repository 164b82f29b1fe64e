import { ControlStatement, ShopControl } from './shop-control';

/** Where the plugin stands, as it is named to an auditor. */
const PLUGIN = 'The must-use plugin of examples/woocommerce';

/** What a WooCommerce shop does about each control, built as examples/woocommerce shows. */
export const WOOCOMMERCE_CONTROLS = [
  ControlStatement.inShop(
    ShopControl.PASSWORD_POLICY,
    `${PLUGIN} refuses passwords under 12 characters and those known from data breaches, for customers too; those of ` +
      'staff also hold letters and digits and differ from the last four.',
  ),
  ControlStatement.inShop(
    ShopControl.PASSWORD_STORAGE,
    'WordPress 6.8 or later, which stores bcrypt hashes, each with a salt of its own.',
  ),
  ControlStatement.here(
    ShopControl.LOGIN_ATTEMPTS,
    'The firewall limits attempts for each address and browser; it does not see which account is tried.',
  ),
  ControlStatement.inShop(
    ShopControl.ACCOUNT_LOCKOUT,
    `${PLUGIN} locks an account for 30 minutes after ten wrong passwords or codes in a row.`,
  ),
  ControlStatement.inShop(
    ShopControl.STAFF_MFA,
    `${PLUGIN} gives whoever is more than a customer no right before a code of an authenticator app; each code works once.`,
  ),
  ControlStatement.inShop(
    ShopControl.IDLE_TIMEOUT,
    `${PLUGIN} ends a session of staff after 15 minutes in which nothing but its own background requests came.`,
  ),
  ControlStatement.inShop(
    ShopControl.WEBHOOK_SIGNATURES,
    "The payment gateway's plugin behind /wc-api/<gateway> or its own route: that of Stripe verifies the signature.",
  ),
];
