import { type GraphStack } from './graph-stack';
import { own } from './plain-object';
import { resolve } from './resolve';
import { Value } from './value';

/** A resource of a template. */
export class GraphResource {
  readonly #raw: unknown;

  public constructor(
    public readonly stack: GraphStack,
    public readonly logicalId: string,
    public readonly type: string,
    raw: unknown,
  ) {
    this.#raw = raw;
  }

  /** A property: `at('DistributionConfig', 'ViewerCertificate')`. */
  public at(...path: readonly (string | number)[]): Value {
    return this.attribute('Properties').at(...path);
  }

  /** What stands beside the properties: `DeletionPolicy`, `UpdateReplacePolicy`, `Metadata`. */
  public attribute(name: string): Value {
    return new Value(resolve(own(this.#raw, name), this.stack), name);
  }

  /** The condition under which the resource is created, if there is one. */
  public get condition(): string | undefined {
    const condition = own(this.#raw, 'Condition');
    return typeof condition === 'string' ? condition : undefined;
  }

  /** Path of the construct that made it; nothing when the assembly does not say. */
  public get constructPath(): string | undefined {
    return this.stack.constructPathOf(this.logicalId);
  }

  /** It as a person finds it again. */
  public get name(): string {
    return this.constructPath ?? `${this.stack.name}.${this.logicalId}`;
  }
}
