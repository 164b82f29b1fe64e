import { type SSMClient, GetCalendarStateCommand } from '@aws-sdk/client-ssm';

/** Whether something may change now, and until when that holds. */
export interface ChangeState {
  readonly mayChange: boolean;
  /** When the calendar changes next, as Systems Manager says it. */
  readonly nextTransition?: string;
}

/**
 * Asks the calendar whether something may change now. Any answer but `OPEN` is no: who asks the wrong calendar, or none,
 * changes nothing.
 */
export async function askCalendar(ssm: Pick<SSMClient, 'send'>, calendar: string): Promise<ChangeState> {
  const { State, NextTransitionTime } = await ssm.send(new GetCalendarStateCommand({ CalendarNames: [calendar] }));
  return { mayChange: State === 'OPEN', nextTransition: NextTransitionTime };
}
