import { GraphResource } from './graph-resource';
import { isPlainObject, own, type PlainObject } from './plain-object';
import { type StackSource } from './stack-source';
import { type TemplateGraph } from './template-graph';
import { Value } from './value';
import { resolve } from './resolve';

/** A stack, and what its template holds. */
export class GraphStack {
  public readonly name: string;
  public readonly account: string | undefined;
  public readonly region: string | undefined;
  public readonly terminationProtection: boolean | undefined;
  public readonly templatePath: string;
  public readonly constructPath: string;
  public readonly resources: readonly GraphResource[];
  /** Entries of the template's `Resources` that are no resources: a loop, a macro. */
  public readonly unreadable: readonly string[];
  readonly #byId: ReadonlyMap<string, GraphResource>;
  readonly #source: StackSource;
  #constructPaths: ReadonlyMap<string, string> | undefined;

  public constructor(
    public readonly graph: TemplateGraph,
    source: StackSource,
    /** For a nested stack, the resource of the stack around it that makes it. */
    public readonly parent: GraphResource | undefined,
  ) {
    this.#source = source;
    this.name = source.name;
    this.account = source.account;
    this.region = source.region;
    this.terminationProtection = source.terminationProtection;
    this.templatePath = source.templatePath;
    this.constructPath = source.constructPath;
    const entries = Object.entries(source.template.Resources ?? {});
    const typeOf = (raw: unknown): string | undefined => {
      const type = own(raw, 'Type');
      return typeof type === 'string' ? type : undefined;
    };
    this.unreadable = entries.filter(([, raw]) => typeOf(raw) === undefined).map(([id]) => id);
    this.resources = entries.flatMap(([id, raw]) => {
      const type = typeOf(raw);
      return type === undefined ? [] : [new GraphResource(this, id, type, raw)];
    });
    this.#byId = new Map(this.resources.map((resource) => [resource.logicalId, resource]));
  }

  public resource(logicalId: string): GraphResource | undefined {
    return this.#byId.get(logicalId);
  }

  public get parameters(): PlainObject {
    return this.section('Parameters');
  }

  public get mappings(): PlainObject {
    return this.section('Mappings');
  }

  public get conditions(): PlainObject {
    return this.section('Conditions');
  }

  public get outputs(): PlainObject {
    return this.section('Outputs');
  }

  /** What was written down on the construct of the stack under `kind`; for a nested stack, on that of the outermost. */
  public statement(kind: string): unknown {
    return this.parent === undefined ? this.#source.statements?.().get(kind) : this.parent.stack.statement(kind);
  }

  /** Macros that change the template at deployment. */
  public get transforms(): Value {
    return new Value(resolve(this.#source.template.Transform, this), 'Transform');
  }

  /** Path of the construct that made the resource; nothing when the assembly does not say. */
  public constructPathOf(logicalId: string): string | undefined {
    const written = this.resource(logicalId)?.attribute('Metadata').at('aws:cdk:path').resolved;
    if (written?.kind === 'plain') {
      return String(written.value);
    }
    this.#constructPaths ??= this.#source.constructPaths();
    return this.#constructPaths.get(logicalId);
  }

  private section(name: string): PlainObject {
    const section = own(this.#source.template, name);
    return isPlainObject(section) ? section : {};
  }
}
