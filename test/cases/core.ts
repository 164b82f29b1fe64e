import { CustomerDatabase, DataClass, DataKey, LogStore } from '../../lib';
import { declareDisposable } from '../../lib/core/disposal';
import { type ConstructCases, type WaiverCases } from '../support/cases';
import { existingNetwork } from '../support/network';

export const core: ConstructCases = {
  LogStore: {
    minimal: (stack) => new LogStore(stack, 'Logs'),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      const accessLogs = new LogStore(stack, 'AccessLogs');
      accessLogs.letLoadBalancersWrite();
      new LogStore(stack, 'Logs', { key, accessLogs: accessLogs.bucket }).letLogDeliveryWrite();
    },
  },
};

export const coreWaivers: WaiverCases = {
  'stack.retention': {
    build: (stack, waiver) => {
      if (waiver !== undefined) {
        // Nothing in it is kept, so nobody protects it.
        stack.terminationProtection = false;
        declareDisposable(stack, waiver);
      }
      new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) });
    },
    alsoDrops: ['database.deletion-protection', 'database.backup'],
    protects: (template) => template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'RetainExceptOnCreate' }),
  },
  'log-store.lock': {
    build: (stack, withoutLock) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      new LogStore(stack, 'Logs', { key, withoutLock });
    },
    protects: (template) =>
      template.hasResourceProperties('AWS::S3::Bucket', {
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 365, Mode: 'GOVERNANCE' } } },
      }),
  },
};
