/** What a shop's own code decides about accounts and messages, and this library can only partly decide for it. */
export enum ShopControl {
  /** Passwords are long enough and not reused: PCI DSS 8.3.6 and 8.3.7. */
  PASSWORD_POLICY = 'password-policy',
  /** Passwords are stored as salted hashes that are slow to guess: PCI DSS 8.3.2. */
  PASSWORD_STORAGE = 'password-storage',
  /** Guessing passwords is slowed down. */
  LOGIN_ATTEMPTS = 'login-attempts',
  /** An account is locked after at most ten wrong passwords: PCI DSS 8.3.4. */
  ACCOUNT_LOCKOUT = 'account-lockout',
  /** Staff log in with a second factor: PCI DSS 8.4. */
  STAFF_MFA = 'staff-mfa',
  /** A session ends after 15 minutes without use: PCI DSS 8.2.8. */
  IDLE_TIMEOUT = 'idle-timeout',
  /** Messages that claim to come from a payment gateway are verified before they count. */
  WEBHOOK_SIGNATURES = 'webhook-signatures',
}

/** Where a control is enforced. Evidence counts the first two and prints the third at the top. */
export enum ControlPlace {
  /** By what this library builds. */
  HERE = 'enforced here',
  /** By the shop's own code. */
  IN_SHOP = 'enforced inside the shop',
  /** Not enforced by anything this library can see. */
  NOT_AVAILABLE = 'not available for this shop',
}

/** A statement about one control of one application, as an auditor should read it. */
export class ControlStatement {
  /** Enforced by what this library builds. @param how by which part, and how far it goes */
  public static here(control: ShopControl, how: string): ControlStatement {
    return new ControlStatement(control, ControlPlace.HERE, how);
  }

  /** Enforced by the shop's own code. @param by by which part of it */
  public static inShop(control: ShopControl, by: string): ControlStatement {
    return new ControlStatement(control, ControlPlace.IN_SHOP, by);
  }

  /** Not enforced. @param because what is missing, and what would help */
  public static notAvailable(control: ShopControl, because: string): ControlStatement {
    return new ControlStatement(control, ControlPlace.NOT_AVAILABLE, because);
  }

  private constructor(
    /** What it is about. */
    public readonly control: ShopControl,
    /** Where it is enforced. */
    public readonly place: ControlPlace,
    /** By what, or why not. */
    public readonly explanation: string,
  ) {}
}
