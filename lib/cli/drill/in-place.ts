import { physicalId, type DatabaseFacts, type DrillFacts } from './facts';
import type { Runbook, Step } from './runbook';
import { emptyDiff, takeover } from './takeover';

/** A table was dropped or emptied, or rows were overwritten: back to the moment before, in a cluster beside. */
export function tableLost(facts: DrillFacts, database: DatabaseFacts): Runbook {
  const { name, region } = facts.store;
  const { identifier, changes } = database;
  return {
    store: name,
    loss: 'table',
    title: 'A table was dropped',
    gone: 'Nothing, if you fetch what was written after the moment from the cluster before, which is kept.',
    steps: [
      ...(changes === undefined
        ? []
        : [
            {
              title: 'Find the last moment at which the data was good: the log of changes of tables says when.',
              commands: [
                `aws logs filter-log-events --region ${region} --log-group-name ${changes} --filter-pattern DROP`,
              ],
              shows: 'The statement, its time and who sent it.',
            },
          ]),
      {
        title: 'See that it can be restored.',
        commands: [
          `aws rds describe-db-clusters --region ${region} --db-cluster-identifier ${identifier} --query "DBClusters[0].[EarliestRestorableTime,LatestRestorableTime]"`,
        ],
        shows: 'Two times with the moment between them.',
      },
      ...takeover(
        facts,
        database,
        `DatabaseSource.pointInTime({ cluster: '${identifier}', time: '2026-11-01T10:00:00Z' })`,
        'Restored to the moment before a table was dropped',
      ),
      old(region, database, 'Fetch what was written after the moment: the cluster before runs on.'),
    ],
  };
}

/** The cluster was deleted: back from the backups that outlive it. */
export function clusterLost(facts: DrillFacts, database: DatabaseFacts): Runbook {
  const { store, vault } = facts;
  const { region, name } = store;
  return {
    store: name,
    loss: 'cluster',
    title: 'The cluster is gone',
    gone: 'The last five minutes, from its own backups. From the vault at home: what came after the last night.',
    steps: [
      {
        title: 'Find the backups that the cluster left: they are kept for 35 days, under the id that RDS gave it.',
        commands: [
          `aws rds describe-db-cluster-automated-backups --region ${region} --query "DBClusterAutomatedBackups[?DBClusterIdentifier=='${database.identifier}'].[DbClusterResourceId,Status,RestoreWindow.LatestTime]"`,
        ],
        shows:
          'cluster-… (write it into the configuration below), retained, and the time up to which it can be restored.',
      },
      ...(vault === undefined
        ? []
        : [
            {
              title: 'If there are none, take the newest copy of the vault at home instead.',
              commands: [
                `aws backup list-recovery-points-by-backup-vault --region ${vault.region} --backup-vault-name ${vault.name} --by-resource-type Aurora --query "reverse(sort_by(RecoveryPoints,&CreationDate))[0].[RecoveryPointArn,CreationDate]"`,
              ],
              shows: "The ARN of a cluster snapshot. Below, write DatabaseSource.snapshot('<ARN>') as the source.",
            },
          ]),
      ...takeover(
        facts,
        database,
        "DatabaseSource.pointInTime({ cluster: 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ' })",
        'Restored after the cluster was deleted',
      ),
    ],
  };
}

/** A key was disabled, or its deletion was scheduled. */
export function keyLost(facts: DrillFacts): Runbook {
  const { store, keys, database, offsite } = facts;
  const { region, name } = store;
  return {
    store: name,
    loss: 'key',
    title: 'A key is disabled',
    gone: 'Nothing, within the 30 days that KMS waits, and for a database within seven.',
    steps: [
      {
        title: 'Find the key, and who did it.',
        commands: [
          `aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventSource,AttributeValue=kms.amazonaws.com --query "Events[?EventName=='DisableKey'||EventName=='ScheduleKeyDeletion'].[EventTime,EventName,Username,Resources[0].ResourceName]"`,
        ],
        shows: 'The calls. Take the credentials away from whoever it was before you go on, or it happens again.',
      },
      ...keys.map(({ logicalId, stack, properties }) => ({
        title: `${String(properties.Description)}: cancel, enable, look.`,
        commands: [
          `KEY=$(${physicalId(stack.region, stack.name, logicalId)})`,
          `aws kms cancel-key-deletion --region ${stack.region} --key-id $KEY   # where it is PendingDeletion; it is Disabled then`,
          `aws kms enable-key --region ${stack.region} --key-id $KEY`,
          `aws kms describe-key --region ${stack.region} --key-id $KEY --query KeyMetadata.KeyState`,
        ],
        shows: 'Enabled.',
      })),
      ...(database === undefined ? [] : startedAgain(region, database)),
      {
        title:
          'If the key is gone for ever, so is what it encrypted here: the cluster, its own backups, the copies at home.',
        shows:
          offsite === undefined
            ? 'There is no copy off site that has a key of its own. That data is lost.'
            : `The copies in ${offsite.name} (${offsite.region}) have a key of their own: go on with the runbook for a lost Region.`,
      },
      emptyDiff(store),
    ],
  };
}

function startedAgain(region: string, { identifier }: DatabaseFacts): Step[] {
  const about = `--region ${region} --db-cluster-identifier ${identifier}`;
  return [
    {
      title: 'Start the database again, if it has stopped for want of its key.',
      commands: [
        `aws rds describe-db-clusters ${about} --query "DBClusters[0].Status"`,
        `aws rds start-db-cluster ${about}   # where it is inaccessible-encryption-credentials-recoverable`,
        `aws rds wait db-cluster-available ${about}`,
      ],
      shows:
        'available. After seven days it is inaccessible-encryption-credentials, for ever: with the key enabled, go on with the runbook for a lost cluster.',
    },
  ];
}

function old(region: string, { identifier }: DatabaseFacts, title: string): Step {
  return {
    title,
    commands: [
      `aws rds describe-db-clusters --region ${region} --db-cluster-identifier ${identifier} --query "DBClusters[0].[Status,Endpoint]"`,
    ],
    shows:
      'available: it costs what it cost until somebody deletes it by hand, its instances first. Until then it is the way back.',
  };
}
