import { AlertTopics, DataClass, DataKey } from '../../lib';
import { type ConstructCases } from '../support/cases';

export const messaging: ConstructCases = {
  AlertTopics: {
    minimal: (stack) => new AlertTopics(stack, 'Alerts'),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.MESSAGING });
      const urgentEmails = ['oncall@acme.example'];
      new AlertTopics(stack, 'Alerts', { urgentEmails, noticeEmails: ['platform@acme.example'], key });
    },
  },
};
