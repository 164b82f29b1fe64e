import { type Template } from 'aws-cdk-lib/assertions';
import { StateMachine } from 'aws-local-stepfunctions';

/** The one thing the interpreter takes from Node 22 that Node 20 lacks. */
interface WithResolvers {
  withResolvers?: () => {
    promise: Promise<unknown>;
    resolve: (value: unknown) => void;
    reject: (reason: unknown) => void;
  };
}

(Promise as WithResolvers).withResolvers ??= () => {
  let resolve: (value: unknown) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};

/** What stands for a service behind a task state: its parameters in, its result out. */
export type TaskDouble = (parameters: Record<string, unknown>) => object | Promise<object>;

/** The name of every execution. */
export const EXECUTION = 'execution-1';

/** How an execution ended. */
export interface ExecutionEnd {
  readonly status: 'succeeded' | 'failed';
  /** Output of the last state, or the cause of the failure. */
  readonly output: unknown;
}

/**
 * A state machine as it stands in a template, interpreted: every state runs as AWS documents it, tasks by the doubles
 * that are given, without waiting.
 */
export class InterpretedStateMachine {
  private readonly machine: StateMachine;
  private readonly states: readonly string[];

  /**
   * @param template holds the state machine
   * @param names patterns over what only a deployment knows; the part of a reference that matches stands for it
   * @param logicalId which state machine it is, where the template holds several
   */
  public constructor(template: Template, names: RegExp, logicalId = /^/) {
    const [[, resource]] = Object.entries(template.findResources('AWS::StepFunctions::StateMachine')).filter(([id]) =>
      logicalId.test(id),
    );
    const { DefinitionString } = resource.Properties as { DefinitionString: { 'Fn::Join': [string, unknown[]] } };
    const text = DefinitionString['Fn::Join'][1]
      .map((part) => (typeof part === 'string' ? part : nameOf(part, names)))
      .join('');
    const definition = JSON.parse(text) as ConstructorParameters<typeof StateMachine>[0];
    this.states = Object.keys(definition.States);
    this.machine = new StateMachine(definition);
  }

  public async execute(input: object, doubles: Readonly<Record<string, TaskDouble>>): Promise<ExecutionEnd> {
    const { result } = this.machine.run(input as never, {
      // Nothing waits here, so every state is entered at the time of the execution.
      context: { Execution: { Name: EXECUTION }, State: { EnteredTime: new Date().toISOString() } },
      overrides: {
        taskResourceLocalHandlers: doubles as never,
        retryIntervalOverrides: Object.fromEntries(this.states.map((state) => [state, 0])),
        waitTimeOverrides: Object.fromEntries(this.states.map((state) => [state, 0])),
      },
    });
    try {
      return { status: 'succeeded', output: await result };
    } catch (error) {
      return { status: 'failed', output: (error as Error).message };
    }
  }
}

function nameOf(reference: unknown, names: RegExp): string {
  const text = JSON.stringify(reference);
  return text.includes('AWS::Partition') ? 'aws' : (names.exec(text)?.[0] ?? text.replaceAll('"', "'"));
}
