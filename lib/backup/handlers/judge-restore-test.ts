import * as z from 'zod/mini';
import { judgeObjects, ObjectsRestored } from './object-restore-verdict';
import { Looked, lookAround } from './restore-test-look';
import { judgeTest, RestoreTested } from './restore-test-verdict';
import type { Measure } from './restore-verdict';

const positive = z.coerce.number().check(z.positive());

const Environment = z.object({
  /** Whose metrics they are. */
  STORE: z.string(),
  /** What is declared, in seconds. */
  RECOVERY_TIME: positive,
  RECOVERY_POINT: positive,
  /** ARNs of the buckets that are restored, each of which has to come out right. */
  BUCKETS: z.optional(z.string().check(z.minLength(1))),
});

/** What a restored cluster has to have. */
const Cluster = z.object({ KEY: z.string(), PARAMETER_GROUP: z.string(), SECURITY_GROUP: z.string() });

const Event = z.union([
  z.object({ verb: z.literal('judge'), isChecked: z.boolean(), test: RestoreTested }),
  z.object({ verb: z.literal('judgeObjects'), test: ObjectsRestored }),
  z.object({ verb: z.literal('look'), ...Looked.shape }),
]);

/** Thinks for the state machines, which cannot compare times: it calls nobody and keeps nothing. */
export function createHandler(services: { now: () => Date }, environment: NodeJS.ProcessEnv = process.env) {
  return (event: unknown): Promise<object> => {
    const { STORE: store, RECOVERY_TIME, RECOVERY_POINT, BUCKETS } = z.parse(Environment, environment);
    const buckets = BUCKETS?.split(',');
    const asked = z.parse(Event, event);
    const kind = buckets === undefined ? [] : [{ Name: 'Restored', Value: 'objects' }];
    const measure: Measure = (MetricName, Value, Unit) => ({
      ...{ MetricName, Value, Unit },
      Dimensions: [{ Name: 'Store', Value: store }, ...kind],
    });
    const now = services.now();
    const declared = { store, recoveryTimeSeconds: RECOVERY_TIME, recoveryPointSeconds: RECOVERY_POINT, now, measure };
    switch (asked.verb) {
      case 'look':
        return Promise.resolve(lookAround(asked, { now, measure, buckets }));
      case 'judge':
        return Promise.resolve(
          judgeTest(asked.test, { ...declared, ...clusterIn(environment), isChecked: asked.isChecked }),
        );
      case 'judgeObjects':
        return Promise.resolve(judgeObjects(asked.test, declared));
    }
  };
}

function clusterIn(environment: NodeJS.ProcessEnv): { key: string; parameterGroup: string; securityGroup: string } {
  const { KEY: key, PARAMETER_GROUP: parameterGroup, SECURITY_GROUP: securityGroup } = z.parse(Cluster, environment);
  return { key, parameterGroup, securityGroup };
}
