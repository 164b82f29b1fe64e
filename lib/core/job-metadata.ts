/** Metadata under which a stack says what may be run by hand in it: what a command reads from a finished assembly. */
export const JOBS_METADATA = 'cdk-commerce-baseline:jobs';

/** What may be run by hand. Where it runs is known once it is deployed, and then an output of the stack. */
export interface JobStatement {
  /** Name of the process: `Worker`. */
  readonly name: string;
  /** What it runs by itself; what the image runs, when left out. */
  readonly command?: readonly string[];
  /** Whether that comes to an end by itself. */
  readonly ends: boolean;
  /** The output that holds a `JobPlace`. */
  readonly output: string;
}

/** Where a process runs and what is said of it, as JSON in an output. */
export interface JobPlace {
  readonly cluster: string;
  /** ARN, with the revision that is deployed. */
  readonly taskDefinition: string;
  readonly container: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  /** Where the process says what it does. */
  readonly logGroup: string;
  /** Its log streams are called `<streamPrefix>/<container>/<id of the task>`. */
  readonly streamPrefix: string;
  /** The log group in which is written who ran what, and why. */
  readonly ledger: string;
  /** ARN of the policy with which somebody may. */
  readonly policy: string;
}

/** Tag of a task that was run by hand: the id under which the ledger knows it. */
export const JOB_RUN_TAG = 'commerce-baseline:job-run';

/** Tag of a task that was run by hand: why. */
export const JOB_REASON_TAG = 'commerce-baseline:job-reason';
