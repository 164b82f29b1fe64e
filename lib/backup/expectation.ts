import { Problems } from '../core/errors';
import type { Restored } from '../core/restored';
import type { DatabaseEngine } from '../data/database-engine';
import type { RecoveryObjectives } from './recovery-objectives';

/** How often a heartbeat is written, in seconds: as often as an Aurora cluster's newest restorable moment moves. */
export const HEARTBEAT_SECONDS = 300;

/** Of which database something is expected. */
export interface ExpectedDatabase {
  readonly engine: DatabaseEngine;
  readonly masterUsername: string;
  readonly clusterIdentifier: string;
}

/**
 * What the function that checks a copy is told, as `Expectation` in handlers/restored/expectation.ts reads it.
 *
 * @throws BaselineError `RestoredTablesMissing`, `RestoredTableTwice`, `RestoredSchemaUnknown`, `RecoveryPointTooShort`
 */
export function expectationOf(
  expected: readonly Restored[],
  { engine, masterUsername, clusterIdentifier }: ExpectedDatabase,
  { point }: Pick<RecoveryObjectives, 'point'>,
): object {
  const isMysql = engine.dialect === 'mysql';
  const declared = expected.map((each) => each._render());
  const tables = declared.map((table) => ({ ...table, schema: isMysql ? '' : (table.schema ?? 'public') }));
  const names = tables.map(({ schema, name }) => `${schema}.${name}`);
  const problems = new Problems('RestoreTest');
  problems.require(tables.length > 0, {
    code: 'RestoredTablesMissing',
    property: 'expected',
    value: [],
    bound: 'name at least one table',
    remedy: "Write Restored.table('orders'): a copy of which nothing is expected is always right.",
  });
  problems.require(new Set(names).size === names.length, {
    code: 'RestoredTableTwice',
    property: 'expected',
    value: names.filter((name, index) => names.indexOf(name) !== index),
    bound: 'name each table once',
    remedy: "Write all of it once: Restored.table('orders').atLeast(1).immutableAfter(…).",
  });
  problems.require(!isMysql || declared.every(({ schema }) => schema === undefined), {
    code: 'RestoredSchemaUnknown',
    property: 'schema',
    value: declared.flatMap(({ schema }) => schema ?? []),
    bound: 'be left out: MySQL has no schemas in a database',
    remedy: 'Remove it. The tables of the shop are those of its database.',
  });
  problems.require(point.toSeconds() > HEARTBEAT_SECONDS, {
    code: 'RecoveryPointTooShort',
    property: 'objectives.point',
    value: point.toHumanString(),
    bound: `be longer than ${HEARTBEAT_SECONDS} seconds, the distance of two heartbeats`,
    remedy: 'Write Duration.minutes(15): an Aurora cluster can be restored to about five minutes ago.',
  });
  problems.throwIfAny();
  return {
    tables,
    cluster: clusterIdentifier,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    recoveryPointSeconds: point.toSeconds(),
    masterUser: masterUsername,
  };
}
