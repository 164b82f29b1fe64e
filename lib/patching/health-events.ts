import { Stack } from 'aws-cdk-lib';
import { EventField, RuleTargetInput, type Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { addAlertRule, type IAlertTopics } from '../core/alerts';

/** Whom to tell of what. */
export interface HealthEventsProps {
  /** Whom to tell. */
  readonly alerts: IAlertTopics;

  /**
   * Whether events that belong to no Region are told too. AWS Health sends them to us-east-1.
   *
   * @default false
   */
  readonly withGlobal?: boolean;
}

/**
 * What AWS announces long before, by the codes of its events: the end of a runtime or an engine, maintenance that restarts
 * something, a Fargate task that is retired.
 */
const ANNOUNCEMENTS = [
  { suffix: '_PLANNED_LIFECYCLE_EVENT' },
  { suffix: '_MAINTENANCE_SCHEDULED' },
  { suffix: '_TASK_PATCHING_RETIREMENT' },
] as unknown as string[];

/**
 * Tells people what AWS Health announces for this account: runtimes and engines whose support ends, maintenance, Fargate
 * tasks that are retired. What is global comes to us-east-1, so a store has one of these there as well.
 *
 * AWS Health delivers with best effort: the ends of support that this library knows are warned of in each synthesis too.
 * Costs nothing.
 */
export class HealthEvents extends Construct {
  /** The rule. */
  public readonly rule: Rule;

  public constructor(scope: Construct, id: string, { alerts, withGlobal = false }: HealthEventsProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    this.rule = addAlertRule(this, 'AnnouncedRule', alerts, {
      urgency: 'notice',
      description:
        'AWS announced the end of an engine or runtime, maintenance, or the retirement of tasks. The message says of what and until when; plan it in the next window',
      eventPattern: {
        source: ['aws.health'],
        detailType: ['AWS Health Event'],
        detail: {
          eventTypeCode: ANNOUNCEMENTS,
          // us-west-2 and us-east-1 get copies of other Regions' events, which are told where they belong.
          eventRegion: withGlobal ? [region, 'global'] : [region],
          // What is over needs nobody.
          statusCode: ['open', 'upcoming'],
        },
      },
      message: RuleTargetInput.fromText(
        `AWS announced ${EventField.fromPath('$.detail.eventTypeCode')} for ${EventField.fromPath('$.detail.service')} ` +
          `in ${EventField.fromPath('$.detail.eventRegion')}, due ${EventField.fromPath('$.detail.startTime')}. ` +
          `${EventField.fromPath('$.detail.eventDescription[0].latestDescription')} ` +
          'What is affected stands in the AWS Health Dashboard.',
      ),
    });
  }
}
