import { Duration, type Stack } from 'aws-cdk-lib';
import {
  AlertTopics,
  CustomerDatabase,
  DatabaseAccess,
  DatabaseEngine,
  DatabaseProxy,
  DatabaseRole,
  DatabaseSource,
  DataClass,
  DataKey,
  DataLoad,
  DataMasking,
  DataMeasurement,
  type DataLoadProps,
  KeptText,
  MaskedColumn,
  MaskingPolicy,
  ObjectStore,
} from '../../lib';
import { type ConstructCases, type WaiverCases } from '../support/cases';
import { existingNetwork } from '../support/network';
import { BACKED_UP, workload } from './data-stores';

/** Everything that a move of data can be given. */
function everything(stack: Stack): Required<DataLoadProps> {
  const network = existingNetwork(stack);
  const alerts = new AlertTopics(stack, 'Alerts');
  return {
    database: new CustomerDatabase(stack, 'Database', { network, alerts, engine: DatabaseEngine.auroraMysql('8.4') }),
    store: new ObjectStore(stack, 'Dumps'),
    network,
    logsKey: new DataKey(stack, 'LogsKey', { dataClass: DataClass.LOGS }),
    alerts,
  };
}

export const dataDatabase: ConstructCases = {
  CustomerDatabase: {
    minimal: (stack) => new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) }),
    loaded: (stack) => {
      const network = existingNetwork(stack);
      const database = new CustomerDatabase(stack, 'Database', {
        network,
        key: new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA }),
        secretsKey: new DataKey(stack, 'SecretsKey', { dataClass: DataClass.SECRETS }),
        logsKey: new DataKey(stack, 'LogsKey', { dataClass: DataClass.LOGS }),
        alerts: new AlertTopics(stack, 'Alerts'),
        engine: DatabaseEngine.auroraMysql('8.4'),
        databaseName: 'acme_shop',
        minCapacity: 1,
        maxCapacity: 64,
        readers: 2,
        source: DatabaseSource.pointInTime({ cluster: 'acme-production-1a2b3c4d', time: '2026-11-01T10:00:00Z' }),
        generation: 2,
        maintenanceWindow: 'sun:19:30-sun:20:30',
        backupWindow: '18:00-19:00',
      });
      const shop = workload(stack, network);
      database.allow(shop, DatabaseRole.readWrite('shop'));
      database.allow(shop, DatabaseRole.readOnly('reports'));
    },
  },
  DataLoad: {
    minimal: (stack) => {
      const database = new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) });
      new DataLoad(stack, 'Load', { database });
    },
    loaded: (stack) => new DataLoad(stack, 'Load', everything(stack)),
  },
  DataMeasurement: {
    minimal: (stack) => {
      const database = new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) });
      new DataMeasurement(stack, 'Measurement', { database });
    },
    loaded: (stack) => new DataMeasurement(stack, 'Measurement', everything(stack)),
  },
  DataMasking: {
    minimal: (stack) => {
      const database = new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) });
      const policy = MaskingPolicy.of({ columns: [MaskedColumn.email('customer', 'email')] });
      new DataMasking(stack, 'Masking', { database, policy });
    },
    loaded: (stack) => {
      const columns = [
        MaskedColumn.email('users', 'email'),
        MaskedColumn.name('usermeta', 'value').whereKey('key', ['first_name', 'last_name']),
      ];
      const kept = [KeptText.table('products', 'The catalogue'), KeptText.column('options', 'value', 'Settings')];
      const policy = MaskingPolicy.of({ columns }).with({ columns: [], emptied: ['sessions'], kept });
      const { database, network, logsKey, alerts } = everything(stack);
      new DataMasking(stack, 'Masking', { database, network, logsKey, alerts, policy, onDeployment: true });
    },
  },
  DatabaseAccess: {
    minimal: (stack) => {
      const database = new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) });
      new DatabaseAccess(stack, 'Access', { database });
    },
    loaded: (stack) => {
      const network = existingNetwork(stack);
      const database = new CustomerDatabase(stack, 'Database', { network });
      new DatabaseAccess(stack, 'Access', {
        database,
        network,
        proxy: DatabaseProxy.withIam({ maxConnectionsPercent: 50, idleClientTimeout: Duration.minutes(5) }),
        secretsKey: new DataKey(stack, 'SecretsKey', { dataClass: DataClass.SECRETS }),
        logsKey: new DataKey(stack, 'LogsKey', { dataClass: DataClass.LOGS }),
        alerts: new AlertTopics(stack, 'Alerts'),
      });
      const shop = workload(stack, network);
      database.allow(shop, DatabaseRole.readWrite('api'));
      database.allow(shop, DatabaseRole.readWrite('shop').withRotatedPassword({ rotateEvery: Duration.days(90) }));
      database.allow(shop, DatabaseRole.migrations('shop_schema').withRotatedPassword());
    },
  },
};

export const dataDatabaseWaivers: WaiverCases = {
  'database.backup': {
    build: (stack, withoutBackup) =>
      new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack), withoutBackup }),
    protects: (template) => template.hasResourceProperties('AWS::RDS::DBCluster', { Tags: BACKED_UP }),
  },
  'database.deletion-protection': {
    build: (stack, withoutDeletionProtection) =>
      new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack), withoutDeletionProtection }),
    protects: (template) => template.hasResourceProperties('AWS::RDS::DBCluster', { DeletionProtection: true }),
  },
};
