import { type Stack } from 'aws-cdk-lib';
import { type Template } from 'aws-cdk-lib/assertions';
import { type ProtectionId } from '../../lib/core/protection';
import { type Waiver } from '../../lib';

/** Two ways to place an exported construct in a foreign stack. */
export interface ConstructCase {
  /** With only what cannot be guessed. */
  readonly minimal: (stack: Stack) => unknown;
  /** With everything it offers turned on. */
  readonly loaded: (stack: Stack) => unknown;
}

/** Cases by class name. A test fails when an exported construct has none. */
export type ConstructCases = Readonly<Record<string, ConstructCase>>;

/** A protection, with and without the waiver that drops it. */
export interface WaiverCase {
  /** Places the construct; with `waiver`, without the protection. */
  readonly build: (stack: Stack, waiver?: Waiver) => unknown;
  /** What the same waiver drops as well; nothing, unless given. */
  readonly alsoDrops?: readonly ProtectionId[];
  /** Throws unless the template holds the protection. */
  readonly protects: (template: Template) => void;
}

/** Cases by protection. A test fails when a protection has none. */
export type WaiverCases = Readonly<Partial<Record<ProtectionId, WaiverCase>>>;
