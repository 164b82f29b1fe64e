import { Duration, Size, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Connections, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  AlertTopics,
  CacheAccess,
  CacheEviction,
  CacheTopology,
  CacheUser,
  DataClass,
  DataKey,
  GeneratedSecret,
  type INetwork,
  type IWorkload,
  LogStore,
  ObjectAccess,
  ObjectContents,
  ObjectStore,
  SessionCache,
  SharedFiles,
} from '../../lib';
import { ServiceRole } from '../../lib/core/service-role';
import { type ConstructCases, type WaiverCases } from '../support/cases';
import { existingNetwork } from '../support/network';

/** The tag by which backup plans select. */
export const BACKED_UP = Match.arrayWith([{ Key: 'commerce-baseline:backup', Value: 'customer-data' }]);

/** Code that runs in the application zone, as far as others see it: a role and a security group. */
export function workload(stack: Stack, network: INetwork): IWorkload {
  const role = new ServiceRole(stack, 'ShopRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  const { vpc } = network;
  const securityGroup = new SecurityGroup(stack, 'ShopSecurityGroup', { vpc, allowAllOutbound: false });
  return { grantPrincipal: role, connections: new Connections({ securityGroups: [securityGroup] }) };
}

export const dataStores: ConstructCases = {
  GeneratedSecret: {
    minimal: (stack) => new GeneratedSecret(stack, 'JwtSecret'),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.SECRETS });
      const alerts = new AlertTopics(stack, 'Alerts');
      new GeneratedSecret(stack, 'JwtSecret', { length: 128, rotateEvery: Duration.days(365), key, alerts });
      new GeneratedSecret(stack, 'CookieSecret', { key, alerts });
    },
  },
  ObjectStore: {
    minimal: (stack) => new ObjectStore(stack, 'Files'),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
      const accessLogs = new LogStore(stack, 'AccessLogs').bucket;
      const shop = workload(stack, existingNetwork(stack)).grantPrincipal;
      const media = new ObjectStore(stack, 'Media', { contents: ObjectContents.media(), key, accessLogs });
      media.allow(shop, ObjectAccess.readWrite());
      const files = new ObjectStore(stack, 'Files', { contents: ObjectContents.customerFiles(), key, accessLogs });
      files.allow(shop, ObjectAccess.read('invoices/'));
      const contents = ObjectContents.evidence(Duration.days(400));
      new ObjectStore(stack, 'Evidence', { contents, key, accessLogs }).allow(shop, ObjectAccess.write('consent/'));
      const forever = ObjectContents.irrevocableEvidence(Duration.days(400));
      new ObjectStore(stack, 'Forever', { contents: forever, key, accessLogs });
    },
  },
  SessionCache: {
    minimal: (stack) => new SessionCache(stack, 'Cache', { network: existingNetwork(stack) }),
    loaded: (stack) => {
      const network = existingNetwork(stack);
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
      const secretsKey = new DataKey(stack, 'SecretsKey', { dataClass: DataClass.SECRETS });
      const alerts = new AlertTopics(stack, 'Alerts');
      const shop = workload(stack, network);
      const eviction = CacheEviction.NOTHING;
      const replicated = CacheTopology.replicated({
        nodeType: 'cache.m7g.large',
        replicas: 2,
        engineVersion: '8.1',
        eviction,
        maintenanceWindow: 'sun:03:00-sun:04:00',
      });
      const queues = new SessionCache(stack, 'Queues', { network, key, secretsKey, alerts, topology: replicated });
      queues.allow(shop, CacheUser.withRotatedPassword('shop'));
      queues.allow(shop, CacheUser.withRotatedPassword('worker', { rotateEvery: Duration.days(90) }));
      const serverless = CacheTopology.serverless({ maxStorage: Size.gibibytes(5), maxProcessingUnits: 5000 });
      const objects = new SessionCache(stack, 'Objects', { network, key, secretsKey, alerts, topology: serverless });
      objects.allow(shop, CacheUser.withIam('shop', { access: CacheAccess.objectCache() }));
    },
  },
  SharedFiles: {
    minimal: (stack) => new SharedFiles(stack, 'Files', { network: existingNetwork(stack) }),
    loaded: (stack) => {
      const network = existingNetwork(stack);
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
      const files = new SharedFiles(stack, 'Files', { network, key, alerts: new AlertTopics(stack, 'Alerts') });
      const uploads = files.addAccessPoint('Uploads', { uid: 33, gid: 33, path: '/wp-content/uploads', mode: '0755' });
      files.allow(workload(stack, network), uploads);
    },
  },
};

export const dataStoresWaivers: WaiverCases = {
  'object-store.backup': {
    build: (stack, withoutBackup) => new ObjectStore(stack, 'Files', { withoutBackup }),
    protects: (template) => template.hasResourceProperties('AWS::S3::Bucket', { Tags: BACKED_UP }),
  },
  'shared-files.backup': {
    build: (stack, withoutBackup) => {
      new SharedFiles(stack, 'Files', { network: existingNetwork(stack), withoutBackup });
    },
    protects: (template) => {
      template.hasResourceProperties('AWS::EFS::FileSystem', {
        BackupPolicy: { Status: 'ENABLED' },
        FileSystemTags: BACKED_UP,
      });
    },
  },
  'generated-secret.rotation': {
    build: (stack, withoutRotation) => new GeneratedSecret(stack, 'Pepper', { withoutRotation }),
    protects: (template) =>
      template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
        RotationRules: { AutomaticallyAfterDays: 90 },
      }),
  },
};
