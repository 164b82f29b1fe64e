import type { Aws } from '../aws/aws';

/** A type of resource whose name is unique, and how to find out whether it is free. */
export interface NamedType {
  /** What people call it. */
  readonly called: string;
  /** Where the name stands in the properties. */
  readonly name: readonly string[];
  /** The action that finds out. */
  readonly action: string;
  /** Whether something has the name. */
  readonly isTaken: (aws: Aws, region: string, name: string) => Promise<boolean>;
  /** The command that frees the name. */
  readonly remove: (region: string, name: string) => string;
}
