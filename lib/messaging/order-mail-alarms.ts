import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { RuleTargetInput, type EventPattern } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { addAlarm, addAlertRule, type AlarmUrgency, type IAlertTopics } from '../core/alerts';

/**
 * Shares of messages, as SES counts them over a representative volume. It reviews an account at 5 % bounces or 0.1 %
 * complaints, and may stop it at 10 % or 0.5 %; it advises to stay below 2 % bounces (SES guide: "Reputation metrics
 * messages", "Bounces FAQ"). For complaints, half of what is reviewed is a line of ours.
 */
const RATES = {
  bounces: { noticed: 0.02, reviewed: 0.05 },
  complaints: { noticed: 0.0005, reviewed: 0.001 },
};

/** SES sends this event whatever configuration sets ask for; like all of its events, best effort. */
const STOPPED: EventPattern = { source: ['aws.ses'], detailType: ['Sending Status Disabled'] };

const MALWARE =
  'SES refused a message of the shop because of malware in it: somebody else writes what the shop sends, or a customer ' +
  'can put a file into a mail. Look at the tasks, and at what the templates of the mails take in.';

/** Tells `alerts` that the shop's mail drives the account towards being stopped, and that the account is near it. */
export function watchReputation(
  scope: Construct,
  configurationSetName: string,
  alerts: IAlertTopics | undefined,
): void {
  const watch = (id: string, urgency: AlarmUrgency, metric: Metric, threshold: number, description: string): void => {
    addAlarm(scope, id, alerts, { urgency, metric, threshold, evaluationPeriods: 1, description });
  };
  const { bounces, complaints } = RATES;
  const ofShop = { 'ses:configuration-set': configurationSetName };
  watch(
    'BounceAlarm',
    'notice',
    rate('Reputation.BounceRate', ofShop),
    bounces.noticed,
    'One in fifty messages of the shop goes to an address that does not exist. Find out who enters them: robots at the ' +
      'sign-up, an old list, a form that does not ask twice.',
  );
  watch(
    'ComplaintAlarm',
    'notice',
    rate('Reputation.ComplaintRate', ofShop),
    complaints.noticed,
    'One in two thousand messages of the shop is reported as spam. Look at what is sent besides orders, and to whom who ' +
      'never asked for it.',
  );
  watch('AccountBounceAlarm', 'urgent', rate('Reputation.BounceRate'), bounces.reviewed, danger('bounces'));
  watch('AccountComplaintAlarm', 'urgent', rate('Reputation.ComplaintRate'), complaints.reviewed, danger('complaints'));
}

/** Tells `alerts` that SES sends no longer, or refused what the shop wanted to send: `refused`. */
export function watchSending(scope: Construct, refused: EventPattern, alerts: IAlertTopics | undefined): void {
  if (alerts !== undefined) {
    tell(scope, 'Stopped', alerts, 'urgent', STOPPED, danger('stopped'));
    tell(scope, 'Refused', alerts, 'notice', refused, MALWARE);
  }
}

/** One text for one thing to know: it differs in a word. */
function danger(cause: string): string {
  return (
    `All mail of the account is in danger (${cause}): AWS reviews an account at one bounce in twenty or one complaint in a ` +
    'thousand, and stops it at twice or five times as many. Read its state with "aws sesv2 get-account"; end what sends to ' +
    'addresses nobody confirmed or to people who never asked, then answer the case that SES has opened.'
  );
}

/** An event holds the address of a customer: what people receive is the sentence alone. */
function tell(
  scope: Construct,
  id: string,
  alerts: IAlertTopics,
  urgency: AlarmUrgency,
  eventPattern: EventPattern,
  text: string,
): void {
  const description = text.replace(/\.$/, '');
  addAlertRule(scope, id, alerts, { urgency, eventPattern, description, message: RuleTargetInput.fromText(text) });
}

function rate(metricName: string, dimensionsMap: Record<string, string> = {}): Metric {
  return new Metric({ namespace: 'AWS/SES', metricName, dimensionsMap, statistic: 'max', period: Duration.hours(1) });
}
