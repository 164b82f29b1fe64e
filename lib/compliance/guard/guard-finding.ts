/** What a change would do to something that must not be lost. */
export interface GuardFinding {
  readonly kind: 'removed' | 'replaced' | 'may-be-replaced' | 'unretained' | 'unprotected';
  /** Account, Region and name of its stack. */
  readonly stack: string;
  /** Missing where the stack as a whole is meant. */
  readonly logicalId?: string;
  readonly type?: string;
  /** The construct, as the lock knows it. */
  readonly path: string;
  /** What changes; missing when the resource is gone. */
  readonly property?: string;
  readonly was?: unknown;
  readonly is?: unknown;
  /** Why it changes although it is written the same: the resource behind it is another one. */
  readonly because?: string;
  /** What AWS would do. */
  readonly consequence: string;
}

/** A finding, without where it is. */
export type Change = Omit<GuardFinding, 'stack' | 'path'>;
