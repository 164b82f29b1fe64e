import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import woocommerce from '../../config/woocommerce';
import { buildStores } from '../../lib/app';
import { TODAY } from '../support/stack';

const app = new App({ context: { ...TODAY, store: 'woocommerce' }, analyticsReporting: false });
const { woocommerce: store } = buildStores(app, { woocommerce });
const data = Template.fromStack(store.data);
const access = Template.fromStack(store.access);
const application = Template.fromStack(store.application);

const UPLOADS = '/var/www/html/wp-content/uploads';

interface Container {
  readonly Name: string;
  readonly User?: string;
  readonly ReadonlyRootFilesystem?: boolean;
  readonly MountPoints?: readonly { readonly ContainerPath: string; readonly SourceVolume: string }[];
  readonly Environment?: readonly { readonly Name: string; readonly Value: unknown }[];
}

interface Task {
  readonly ContainerDefinitions: readonly Container[];
  readonly Volumes: readonly { readonly Name: string; readonly EFSVolumeConfiguration?: object }[];
}

const tasks = Object.values(application.findResources('AWS::ECS::TaskDefinition')).map(
  ({ Properties }) => Properties as Task,
);
const shopIn = ({ ContainerDefinitions }: Task): Container => ContainerDefinitions.find(({ Name }) => Name === 'shop')!;

test('keeps uploads on a file system of its own, which belongs to the user of the image', () => {
  data.hasResourceProperties('AWS::EFS::AccessPoint', {
    PosixUser: { Uid: '33', Gid: '33' },
    RootDirectory: { Path: '/shop', CreationInfo: { OwnerUid: '33', OwnerGid: '33', Permissions: '0750' } },
  });
  data.hasResource('AWS::EFS::FileSystem', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
});

test('shows them to every process, over TLS and by IAM, and everything else of the image is read-only', () => {
  expect(tasks).toHaveLength(3);
  for (const task of tasks) {
    const { MountPoints = [], User, ReadonlyRootFilesystem } = shopIn(task);
    const mount = MountPoints.find(({ ContainerPath }) => ContainerPath === UPLOADS);
    const volume = task.Volumes.find(({ Name }) => Name === mount?.SourceVolume);
    expect([User, ReadonlyRootFilesystem]).toEqual(['33:33', true]);
    expect(MountPoints.map(({ ContainerPath }) => ContainerPath).sort()).toEqual(['/tmp', UPLOADS]);
    expect(volume?.EFSVolumeConfiguration).toMatchObject({
      TransitEncryption: 'ENABLED',
      AuthorizationConfig: { IAM: 'ENABLED', AccessPointId: expect.anything() as unknown },
    });
  }
});

test('lets each of them mount through that access point, and no other', () => {
  const mounting = Match.objectLike({
    Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
    Condition: Match.objectLike({
      StringEquals: { 'elasticfilesystem:AccessPointArn': Match.anyValue() },
    }),
  });
  const policies = application.findResources('AWS::IAM::ManagedPolicy', {
    Properties: { PolicyDocument: { Statement: Match.arrayWith([mounting]) } },
  });
  expect(Object.keys(policies)).toHaveLength(3);
});

test('gives the cache to WordPress alone, which may empty it', () => {
  access.hasResourceProperties('AWS::ElastiCache::User', {
    UserName: 'shop',
    AccessString: Match.stringLikeRegexp('\\+flushdb$'),
  });
});

test('runs on MySQL', () => {
  data.hasResourceProperties('AWS::RDS::DBCluster', { Engine: 'aurora-mysql', DatabaseName: 'shop' });
});

test('tells pages what the store lets them load, so that they can add their nonces', () => {
  const policies = tasks.map(
    (task) => shopIn(task).Environment?.find(({ Name }) => Name === 'CONTENT_SECURITY_POLICY')?.Value,
  );
  expect(new Set(policies)).toEqual(new Set([expect.stringContaining("script-src 'self' https://js.stripe.com")]));
});

test('refuses at the edge what no shopper sends', () => {
  Template.fromStack(store.edge).hasResourceProperties('AWS::WAFv2::WebACL', {
    Rules: Match.arrayWith([Match.objectLike({ Name: 'ClosedPaths', Action: { Block: Match.anyValue() } })]),
  });
});
