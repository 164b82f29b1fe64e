import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { EnvironmentValue } from './environment-value';

/** When a process runs. */
export enum ProcessKind {
  /** Always, and answers requests. */
  SERVER = 'server',
  /** Always, and answers nobody. */
  WORKER = 'worker',
  /** Once before each rollout, which happens only if it succeeds. Logs in as the role that may change the schema. */
  MIGRATION = 'migration',
  /** By the clock. */
  SCHEDULED = 'scheduled',
}

/** One process of an application. All of them run from the same image. */
export interface ApplicationProcess {
  /** Name of the process, unique in the application; becomes a construct id: `Server`, `Worker`. */
  readonly id: string;

  /** When it runs. */
  readonly kind: ProcessKind;

  /**
   * What is run in the image's working directory.
   *
   * @default - what the image runs by itself
   */
  readonly command?: string[];

  /**
   * Variables of this process alone.
   *
   * @default - only those of the application
   */
  readonly environment?: { [name: string]: EnvironmentValue };

  /**
   * When a `SCHEDULED` process runs.
   *
   * @default - none: the process is of another kind
   */
  readonly schedule?: ScheduleExpression;
}
