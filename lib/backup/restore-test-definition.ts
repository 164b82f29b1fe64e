import {
  announcing,
  checkStates,
  jobStates,
  usableState,
  verdictStates,
  type JudgingOptions,
} from './restore-job-steps';
import { beginning, call, is, isTurn, late, never, pausing, type States } from './restore-steps';
import { LEFTOVERS } from './restore-test-names';

/** What the state machine calls and writes to. */
export interface RestoreTestDefinitionOptions extends JudgingOptions {
  /**
   * ARN of the function that asks the restored database.
   *
   * @default - the cluster has to come up as it was, and its rows are not looked at
   */
  readonly check?: string;
  /** Name of the database inside the cluster. */
  readonly databaseName: string;
}

/** Looks, one a minute; an Aurora cluster is restored within the hour, however large it is. */
const TURNS = { cluster: 120, instance: 60, deletion: 60 };

const NOT_FOUND = 'Rds.DbInstanceNotFoundException';
const EXISTS = 'Rds.DbInstanceAlreadyExistsException';

/** Whatever fails: what was made is taken away first. */
const CLEAN_UP = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'DeleteInstance' }];

/**
 * Brings a restored cluster to life, asks it, and takes the instance away again before AWS Backup hears the result and
 * deletes the cluster: it cannot delete one that has an instance, and does not try twice.
 */
export function restoreTestDefinition(options: RestoreTestDefinitionOptions): object {
  return {
    Comment: 'Says whether what was restored from a backup is right',
    QueryLanguage: 'JSONPath',
    StartAt: 'Begin',
    TimeoutSeconds: 6 * 60 * 60,
    States: {
      ...beginStates(),
      ...clusterStates(),
      ...instanceStates(options),
      ...deletionStates(),
      ...verdictStates({ verb: 'judge', isChecked: options.check !== undefined }, options),
    },
  };
}

function beginStates(): States {
  return {
    Begin: {
      Type: 'Pass',
      Parameters: {
        'restoreJobId.$': '$.restoreJobId',
        'instance.$': `States.Format('${LEFTOVERS}-{}', $.restoreJobId)`,
        turn: { number: 0 },
      },
      Next: 'ReadJob',
    },
    ...jobStates('Name'),
    Name: {
      Type: 'Pass',
      Parameters: { 'cluster.$': "States.ArrayGetItem(States.StringSplit($.job.CreatedResourceArn, ':'), 6)" },
      ResultPath: '$.named',
      Next: 'Announce',
    },
    Announce: announcing('BeginCluster', CLEAN_UP),
  };
}

function clusterStates(): States {
  return {
    BeginCluster: beginning('ReadCluster'),
    ReadCluster: {
      ...call('rds:describeDBClusters', { 'DbClusterIdentifier.$': '$.named.cluster' }),
      ResultSelector: { 'is.$': '$.DbClusters[0]' },
      ResultPath: '$.cluster',
      Catch: CLEAN_UP,
      Next: 'ClusterReady?',
    },
    'ClusterReady?': {
      Type: 'Choice',
      Choices: [
        { ...is('$.cluster.is.Status', 'available'), Next: 'SetCapacity' },
        { ...isTurn(TURNS.cluster), Next: 'ClusterLate' },
      ],
      Default: 'AwaitCluster',
    },
    ...pausing('Cluster', 'ReadCluster'),
    ClusterLate: late('cluster', 'DeleteInstance'),
    SetCapacity: {
      ...call('rds:modifyDBCluster', {
        'DbClusterIdentifier.$': '$.named.cluster',
        // A snapshot does not hold it, and no serverless instance can be made without.
        ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 },
        ApplyImmediately: true,
      }),
      ResultPath: null,
      Catch: CLEAN_UP,
      Next: 'CreateInstance',
    },
  };
}

function instanceStates({ check, databaseName }: RestoreTestDefinitionOptions): States {
  const create = call(
    'rds:createDBInstance',
    {
      'DbInstanceIdentifier.$': '$.instance',
      'DbClusterIdentifier.$': '$.named.cluster',
      'Engine.$': '$.cluster.is.Engine',
      DbInstanceClass: 'db.serverless',
      PubliclyAccessible: false,
    },
    [never(EXISTS)],
  );
  return {
    CreateInstance: {
      ...create,
      ResultPath: null,
      Catch: [{ ErrorEquals: [EXISTS], ResultPath: null, Next: 'BeginInstance' }, ...CLEAN_UP],
      Next: 'BeginInstance',
    },
    BeginInstance: beginning('ReadInstance'),
    ReadInstance: {
      ...call('rds:describeDBInstances', { 'DbInstanceIdentifier.$': '$.instance' }),
      ResultSelector: { 'status.$': '$.DbInstances[0].DbInstanceStatus' },
      ResultPath: '$.state',
      Catch: CLEAN_UP,
      Next: 'InstanceReady?',
    },
    'InstanceReady?': {
      Type: 'Choice',
      Choices: [
        { ...is('$.state.status', 'available'), Next: check === undefined ? 'Usable' : 'Check' },
        { ...isTurn(TURNS.instance), Next: 'InstanceLate' },
      ],
      Default: 'AwaitInstance',
    },
    ...pausing('Instance', 'ReadInstance'),
    InstanceLate: late('instance', 'DeleteInstance'),
    ...(check === undefined
      ? usableState('DeleteInstance')
      : checkStates(check, questionOf(databaseName), CLEAN_UP, 'DeleteInstance')),
  };
}

/** What the restored database is asked. */
function questionOf(database: string): object {
  return {
    'endpoint.$': '$.cluster.is.Endpoint',
    'port.$': '$.cluster.is.Port',
    database,
    'recoveryPointAt.$': '$.job.RecoveryPointCreationDate',
    'restoreStartedAt.$': '$.job.CreationDate',
  };
}

function deletionStates(): States {
  const remains = [
    { ErrorEquals: [NOT_FOUND], ResultPath: null, Next: 'Judge' },
    { ErrorEquals: ['States.ALL'], ResultPath: '$.leftBehind', Next: 'Judge' },
  ];
  return {
    DeleteInstance: {
      ...call('rds:deleteDBInstance', { 'DbInstanceIdentifier.$': '$.instance', SkipFinalSnapshot: true }, [
        never(NOT_FOUND),
      ]),
      ResultPath: null,
      Catch: remains,
      Next: 'BeginDeletion',
    },
    BeginDeletion: beginning('ReadDeletion'),
    ReadDeletion: {
      ...call('rds:describeDBInstances', { 'DbInstanceIdentifier.$': '$.instance' }, [never(NOT_FOUND)]),
      ResultPath: null,
      Catch: remains,
      Next: 'StillThere?',
    },
    'StillThere?': {
      Type: 'Choice',
      Choices: [{ ...isTurn(TURNS.deletion), Next: 'DeletionLate' }],
      Default: 'AwaitDeletion',
    },
    ...pausing('Deletion', 'ReadDeletion'),
    DeletionLate: { Type: 'Pass', Result: { Error: 'DeletionLate' }, ResultPath: '$.leftBehind', Next: 'Judge' },
  };
}
