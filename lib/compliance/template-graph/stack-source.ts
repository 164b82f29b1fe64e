import { type PlainObject } from './plain-object';

/** A stack as it is read from an assembly: what a graph is made of. */
export interface StackSource {
  /** Name in CloudFormation. */
  readonly name: string;
  /** Path of the stack's construct. */
  readonly constructPath: string;
  /** The account, when the stack is for one account alone. */
  readonly account?: string;
  /** The Region, when the stack is for one Region alone. */
  readonly region?: string;
  /** Whether deleting the stack is refused; nothing when the assembly does not say. */
  readonly terminationProtection?: boolean;
  /** Where the template lies. */
  readonly templatePath: string;
  readonly template: Template;
  /** Construct paths by logical id; read when somebody asks, because the file is large. */
  readonly constructPaths: () => ReadonlyMap<string, string>;
  /** What was written down on the stack's construct, by kind; missing where the assembly does not say. */
  readonly statements?: () => ReadonlyMap<string, unknown>;
  /** Stacks inside the stack, by the logical id of the resource that makes each. */
  readonly nested: ReadonlyMap<string, StackSource>;
}

/** The parts of a template, none of which has to be there. */
export interface Template {
  readonly Resources?: PlainObject;
  readonly Transform?: unknown;
}
