import * as z from 'zod';
import { JOBS_METADATA, type JobPlace, type JobStatement } from '../../core/job-metadata';
import type { Aws } from '../aws/aws';
import { isDenied, messageOf } from '../aws/errors';
import { CannotRun } from '../exit-code';
import { LiveStacks } from '../preflight/live-stacks';
import type { StoreAssembly, StoreStack } from '../store-assembly';

/** What a command can be run in, as the assembly says. */
export interface Process extends JobStatement {
  readonly stack: StoreStack;
}

/** The processes of `store`. */
export function processesOf(store: StoreAssembly): Process[] {
  return store.stacks.flatMap((stack) => {
    const statements = (stack.metadata[JOBS_METADATA] ?? []) as readonly JobStatement[];
    return statements.map((statement) => ({ ...statement, stack }));
  });
}

/**
 * The process of `store` called `name`, in whatever case.
 *
 * @throws CannotRun when there is none
 */
export function processCalled(name: string, store: StoreAssembly): Process {
  const processes = processesOf(store);
  const process = processes.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (process === undefined) {
    const names = processes.map((each) => each.name.toLowerCase());
    throw new CannotRun(
      `${store.name} has no process ${name}.`,
      names.length > 0 ? `Name one of ${names.join(', ')}.` : 'Synthesise it again with this version.',
    );
  }
  return process;
}

const PLACE: z.ZodType<JobPlace> = z.object({
  cluster: z.string(),
  taskDefinition: z.string(),
  container: z.string(),
  subnets: z.array(z.string()),
  securityGroups: z.array(z.string()),
  logGroup: z.string(),
  streamPrefix: z.string(),
  ledger: z.string(),
  policy: z.string(),
});

/** Where processes are in the account now. */
export class Places {
  readonly #live: LiveStacks;

  public constructor(aws: Aws) {
    this.#live = new LiveStacks(aws);
  }

  /** Where `process` is; undefined when it is not deployed, or was deployed by a version that did not say. */
  public async find({ stack, output }: Process): Promise<JobPlace | undefined> {
    try {
      const place = (await this.#live.outputs(stack)).get(output);
      return place === undefined ? undefined : PLACE.parse(JSON.parse(place));
    } catch (error) {
      const remedy = isDenied(error) ? 'Allow cloudformation:DescribeStacks on it.' : 'Try again.';
      throw new CannotRun(`The stack ${stack.name} could not be looked at: ${messageOf(error)}`, remedy);
    }
  }
}
