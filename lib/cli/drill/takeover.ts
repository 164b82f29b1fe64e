import type { DatabaseFacts, DrillFacts } from './facts';
import type { Step } from './runbook';

/** Where the data of the next generation comes from: an expression of the configuration. */
export type Source = string;

/** From the configuration to a stack that owns the restored cluster, and an empty diff. */
export function takeover({ store }: DrillFacts, database: DatabaseFacts, source: Source, reason: string): Step[] {
  const { next, generation, leaves } = database;
  return [
    {
      title: 'Change the configuration: a new cluster beside the present one.',
      write: [
        "import { DatabaseSource } from 'cdk-commerce-baseline';",
        '',
        'export const database = {',
        '  // ...and what the configuration says of it already',
        `  generation: ${generation + 1},`,
        `  source: ${source},`,
        '}; // goes into defineStore({ database }), and stays there',
      ].join('\n'),
      commands: ['npx cdk synth --quiet   # add -c store=<name> where the app holds several'],
      shows: 'It stops: the guard names what leaves the template. Nothing has happened yet.',
    },
    {
      title: 'Read what would be lost, and record that it is wanted.',
      commands: [
        'npx commerce-baseline guard',
        `npx commerce-baseline guard --update --owner <who> --reason "${reason}"`,
        'git add stateful.lock.json config && git commit -m "Restore of the database"',
      ],
      shows:
        `The first names these as removed and left behind, and nothing else: ${leaves.join(', ')}. If it says that the ` +
        'new cluster is restored from no snapshot and no moment, or names anything as replaced, stop: the change is another one.',
    },
    {
      title: 'Deploy. What leaves the stack stays where it is.',
      commands: [`npx cdk deploy ${partsOf(store, ['Data', 'DatabaseAccess', 'Recovery', 'Application'])}`],
      shows: 'Every stack ends with UPDATE_COMPLETE. A restore takes from minutes to hours, by the size of the data.',
    },
    ...owned(store, database, next),
    emptyDiff(store),
  ];
}

/** Paths of the stacks of `store` that have these parts, as the CDK CLI takes them. */
export function partsOf({ stacks }: DrillFacts['store'], parts: readonly string[]): string {
  return stacks
    .filter(({ part = '' }) => parts.includes(part))
    .map(({ path }) => path)
    .join(' ');
}

/** The stack owns the cluster `identifier`: each thing that hangs on it is asked. */
function owned({ region, stacks }: DrillFacts['store'], { alarms, proxy }: DatabaseFacts, identifier: string): Step[] {
  const access = stacks.find(({ part }) => part === 'DatabaseAccess');
  const cluster = `aws rds describe-db-clusters --region ${region} --db-cluster-identifier ${identifier}`;
  return [
    {
      title: 'The cluster has its protections, its instances and its master secret.',
      commands: [
        `${cluster} --query "DBClusters[0].[Status,DeletionProtection,StorageEncrypted,BackupRetentionPeriod,MasterUserSecret.SecretStatus,length(DBClusterMembers)]"`,
      ],
      shows: 'available, true, true, 35, active, and as many instances as before.',
    },
    ...(access === undefined
      ? []
      : [
          {
            title: 'Logins, their rights and their secrets are of it: they are declared anew.',
            commands: [
              `aws cloudformation describe-stack-resources --region ${access.region} --stack-name ${access.name} --query "StackResources[?ResourceType=='Custom::DatabaseLogins'].[ResourceStatus,Timestamp]"`,
            ],
            shows: 'UPDATE_COMPLETE, of just now. Tasks that log in by password start again by themselves.',
          },
        ]),
    ...(proxy === undefined
      ? []
      : [
          {
            title: 'The proxy leads to it.',
            commands: [
              `aws rds describe-db-proxy-targets --region ${region} --db-proxy-name ${proxy} --query "Targets[?Type=='RDS_INSTANCE'].[TrackedClusterId,TargetHealth.State]"`,
            ],
            shows: `${identifier} and AVAILABLE.`,
          },
        ]),
    {
      title: 'Its alarms watch it.',
      commands: [
        `aws cloudwatch describe-alarms --region ${region} --query "length(MetricAlarms[?Dimensions[?Value=='${identifier}']])"`,
      ],
      shows: `${alarms}.`,
    },
    {
      title: 'The plan selects it.',
      commands: [`${cluster} --query "DBClusters[0].TagList[?Key=='commerce-baseline:backup'].Value"`],
      shows: 'customer-data. The morning after, "aws backup list-protected-resources" has it.',
    },
  ];
}

/** Nothing is left to do. */
export function emptyDiff(store: DrillFacts['store'], paths = store.stacks.map(({ path }) => path).join(' ')): Step {
  return {
    title: 'The stacks own what runs, and the lock knows it.',
    commands: [`npx cdk diff ${paths}`, 'npx commerce-baseline guard'],
    shows: '"There were no differences" for every stack, and "Nothing would be lost."',
  };
}
