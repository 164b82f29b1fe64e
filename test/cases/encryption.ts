import { AlertTopics, DataClass, DataKey, EnvelopeKeyReplica, StoreKeys } from '../../lib';
import { type ConstructCases } from '../support/cases';

const administrators = ['arn:aws:iam::111122223333:role/platform'];

export const encryption: ConstructCases = {
  DataKey: {
    minimal: (stack) => new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA }),
    loaded: (stack) => {
      const alerts = new AlertTopics(stack, 'Alerts');
      new DataKey(stack, 'Key', { dataClass: DataClass.APPLICATION, administrators, alerts });
    },
  },
  StoreKeys: {
    minimal: (stack) => new StoreKeys(stack, 'Keys'),
    loaded: (stack) => {
      const keys = new StoreKeys(stack, 'Keys', { administrators });
      keys.alertOnTampering(new AlertTopics(stack, 'Alerts', { key: keys.messaging }));
    },
  },
  EnvelopeKeyReplica: {
    minimal: (stack) => {
      const primaryKey = new DataKey(stack, 'Key', { dataClass: DataClass.APPLICATION });
      new EnvelopeKeyReplica(stack, 'Replica', { primaryKey });
    },
    loaded: (stack) => {
      const primaryKey = new DataKey(stack, 'Key', { dataClass: DataClass.APPLICATION });
      new EnvelopeKeyReplica(stack, 'Replica', { primaryKey, administrators });
    },
  },
};
