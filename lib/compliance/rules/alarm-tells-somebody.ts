import { type ResourceRule } from '../rule';
import { together, unless } from '../verdict';

export const alarmTellsSomebody: ResourceRule = {
  name: 'alarm-tells-somebody',
  severity: 'medium',
  statement: 'An alarm reaches somebody.',
  fix: 'Give the alarm an action.',
  appliesTo: ['AWS::CloudWatch::Alarm'],
  judge: (alarm) => {
    const enabled = alarm.at('ActionsEnabled');
    return together(
      () => unless(alarm.at('AlarmActions').items.length > 0, 'it tells nobody', alarm.at('AlarmActions')),
      () => unless(!enabled.is(false), 'its actions are off', enabled),
    );
  },
};
