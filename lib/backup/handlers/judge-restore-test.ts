import * as z from 'zod/mini';
import { Looked, lookAround } from './restore-test-look';
import { judgeTest, RestoreTested } from './restore-test-verdict';

const positive = z.coerce.number().check(z.positive());

const Environment = z.object({
  /** Whose metrics they are. */
  STORE: z.string(),
  /** What a restored cluster has to have: key, parameter group, security group. */
  KEY: z.string(),
  PARAMETER_GROUP: z.string(),
  SECURITY_GROUP: z.string(),
  /** What is declared, in seconds. */
  RECOVERY_TIME: positive,
  RECOVERY_POINT: positive,
});

const Event = z.union([
  z.object({ verb: z.literal('judge'), isChecked: z.boolean(), test: RestoreTested }),
  z.object({ verb: z.literal('look'), ...Looked.shape }),
]);

/** A measurement as CloudWatch takes it. */
export interface Measurement {
  readonly MetricName: string;
  readonly Value: number;
  readonly Unit: 'Seconds' | 'Count';
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

/** Thinks for the state machines, which cannot compare times: it calls nobody and keeps nothing. */
export function createHandler(services: { now: () => Date }, environment: NodeJS.ProcessEnv = process.env) {
  return (event: unknown): Promise<object> => {
    const settings = z.parse(Environment, environment);
    const { STORE: store } = settings;
    const asked = z.parse(Event, event);
    const measure = (MetricName: string, Value: number, Unit: Measurement['Unit']): Measurement => ({
      ...{ MetricName, Value, Unit },
      Dimensions: [{ Name: 'Store', Value: store }],
    });
    return Promise.resolve(
      asked.verb === 'look'
        ? lookAround(asked, services.now(), measure)
        : judgeTest(asked.test, {
            isChecked: asked.isChecked,
            store,
            key: settings.KEY,
            parameterGroup: settings.PARAMETER_GROUP,
            securityGroup: settings.SECURITY_GROUP,
            recoveryTimeSeconds: settings.RECOVERY_TIME,
            recoveryPointSeconds: settings.RECOVERY_POINT,
            now: services.now(),
            measure,
          }),
    );
  };
}
