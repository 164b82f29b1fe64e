import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';

/** More lines than these nobody reads in a message. */
export const LINES = 20;

/** What somebody reads each day until nothing is over its limit any more. */
export interface DailyMessage {
  /** Whom to tell. Empty: nobody. */
  readonly topic: string;
  readonly subject: string;
  /** What is over its limit, and what to do about it. */
  readonly begins: string;
  /** Each that is, the most pressing first. */
  readonly lines: readonly string[];
  /** Where the rest stands. */
  readonly ends?: string;
}

/** Tells of what is over its limit, where there is something, and somebody to tell. */
export async function tellDaily(sns: Pick<SNSClient, 'send'>, message: DailyMessage): Promise<void> {
  const { topic, subject, begins, lines, ends } = message;
  if (topic === '' || lines.length === 0) {
    return;
  }
  const more = lines.length > LINES ? [`and ${lines.length - LINES} more`] : [];
  const text = [
    `${begins}; until then this message comes every day.`,
    ...lines.slice(0, LINES).map((line) => `- ${line}`),
    ...more,
    ...(ends === undefined ? [] : [ends]),
  ];
  await sns.send(new PublishCommand({ TopicArn: topic, Subject: subject, Message: text.join('\n') }));
}
