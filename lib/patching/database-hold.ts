import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import { HandlerFunction } from '../core/handler-function';
import { identityOf } from '../core/identity';
import { letAlarmsAndEventsUse } from '../core/key-use';
import { ENVIRONMENT_TAG, STORE_TAG } from '../core/tag-names';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import type { PatchCalendar } from './patch-calendar';

/** What is held, and when. */
export interface DatabaseHoldProps {
  /** The calendar that says when nothing may change. */
  readonly calendar: PatchCalendar;

  /** Identifier of the Aurora cluster. */
  readonly clusterIdentifier: string;

  /**
   * Key for the logs and dead letters of the function.
   *
   * @default - a `DataKey` of its own
   */
  readonly key?: IKey;

  /**
   * Whom to tell when it cannot hold, or let go.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/**
 * Keeps Aurora from upgrading a cluster to another minor version while the calendar is closed, and lets it go on when it
 * opens. Aurora upgrades a cluster by itself only while all of its instances take minor versions; so one of them stops
 * taking them. Every hour a function compares the cluster with the calendar, so that a hold that could not be ended is
 * ended an hour later, and a deployment in a freeze that resets it is made good.
 *
 * **What it does not hold**: AWS may upgrade for a critical hole or at the end of support whatever is set, and applies
 * required updates of the operating system. While it holds, AWS Config and Security Hub find one instance without
 * automatic minor upgrades: that finding is true.
 */
export class DatabaseHold extends Construct {
  public constructor(scope: Construct, id: string, props: DatabaseHoldProps) {
    super(scope, id);
    const { calendar, clusterIdentifier, alerts } = props;
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.LOGS, alerts });
    const holder = new HandlerFunction(this, 'Holder', {
      handler: 'hold-database-upgrades',
      description: 'Holds minor upgrades of the database while the calendar is closed',
      key,
      environment: { CALENDAR: calendar.calendarName, CLUSTER: clusterIdentifier },
      alerts,
    });
    const instances = Stack.of(this).formatArn({
      service: 'rds',
      resource: 'db',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    calendar.grantAsk(holder.role);
    holder.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['rds:DescribeDBInstances'], resources: [instances] }),
    );
    holder.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['rds:ModifyDBInstance'],
        resources: [instances],
        conditions: ofStore(this),
      }),
    );
    acknowledgeWildcards(holder.role, {
      matching: [instances],
      because:
        'The instances of a cluster come and go with its readers. It reads about all, and changes one setting of those ' +
        'with the tags of its store; outside a store, of those in the cluster it was given.',
    });
    letAlarmsAndEventsUse(key);
    new Rule(this, 'Hourly', {
      description: 'Compares the database with the calendar',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(holder.function, { deadLetterQueue: holder.deadLetters })],
    });
  }
}

function ofStore(construct: Construct): Record<string, Record<string, string>> | undefined {
  const identity = identityOf(construct);
  return (
    identity && {
      StringEquals: {
        [`aws:ResourceTag/${STORE_TAG}`]: identity.id,
        [`aws:ResourceTag/${ENVIRONMENT_TAG}`]: identity.environment,
      },
    }
  );
}
