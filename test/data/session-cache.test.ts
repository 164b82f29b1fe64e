import { App, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  AlertTopics,
  CacheAccess,
  CacheTopology,
  CacheUser,
  DataClass,
  DataKey,
  type IWorkload,
  SessionCache,
  type SessionCacheProps,
} from '../../lib';
import { workload } from '../cases/data-stores';
import { existingNetwork } from '../support/network';
import { ACCOUNT, concrete, REGION, type Statement } from '../support/policy-evaluator';
import { templateOf } from '../support/stack';
import { refusal } from '../support/refusal';

type More = (cache: SessionCache, shop: IWorkload, stack: Stack) => unknown;

function cacheOf(props: Partial<SessionCacheProps> = {}, more: More = () => undefined): Template {
  return templateOf((stack) => {
    const network = existingNetwork(stack);
    more(new SessionCache(stack, 'Cache', { network, ...props }), workload(stack, network), stack);
  });
}

const serverless = CacheTopology.serverless();

interface Policy {
  readonly Properties: { readonly PolicyDocument: { readonly Statement: unknown } };
}
function statementsOf(template: Template, role: string): Statement[] {
  const policies = Object.entries(template.findResources('AWS::IAM::ManagedPolicy') as Record<string, Policy>);
  const [, policy] = policies.find(([id]) => id.startsWith(role)) ?? [];
  return concrete(policy?.Properties.PolicyDocument.Statement ?? []);
}

describe('a replicated cache', () => {
  test('is Valkey with a replica in another zone that takes over, in the data zone', () => {
    const template = cacheOf();
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      Engine: 'valkey',
      EngineVersion: '8.2',
      ClusterMode: 'disabled',
      NumNodeGroups: 1,
      ReplicasPerNodeGroup: 1,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      AutoMinorVersionUpgrade: true,
    });
    template.hasResourceProperties('AWS::ElastiCache::SubnetGroup', {
      SubnetIds: ['subnet-0123456789abcded0', 'subnet-0123456789abcded1'],
    });
  });

  test('speaks TLS only, and encrypts what it writes', () => {
    cacheOf().hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      TransitEncryptionEnabled: true,
      TransitEncryptionMode: Match.absent(),
      AtRestEncryptionEnabled: true,
      KmsKeyId: { 'Fn::GetAtt': ['CacheKeyKey', 'Arn'] },
      Port: 6380,
    });
  });

  test('keeps a snapshot a day for 15 days, and a last one when it goes', () => {
    cacheOf().templateMatches({
      Resources: {
        CacheReplicationGroup: {
          Type: 'AWS::ElastiCache::ReplicationGroup',
          DeletionPolicy: 'Snapshot',
          UpdateReplacePolicy: 'Snapshot',
          Properties: { SnapshotRetentionLimit: 15 },
        },
      },
    });
  });

  test('gives up keys that expire when it is full, by parameters of its own version', () => {
    cacheOf({ topology: CacheTopology.replicated({ engineVersion: '9.1' }) }).hasResourceProperties(
      'AWS::ElastiCache::ParameterGroup',
      { CacheParameterGroupFamily: 'valkey9', Properties: { 'maxmemory-policy': 'volatile-lru' } },
    );
  });

  test('raises alarms over all its nodes', () => {
    const template = templateOf((stack) => {
      const topology = CacheTopology.replicated({ replicas: 2 });
      const alerts = new AlertTopics(stack, 'Alerts');
      new SessionCache(stack, 'Cache', { network: existingNetwork(stack), topology, alerts });
    });
    for (const [metric, expression] of [
      ['DatabaseMemoryUsagePercentage', 'MAX([node1, node2, node3])'],
      ['EngineCPUUtilization', 'MAX([node1, node2, node3])'],
      ['AuthenticationFailures', 'SUM([node1, node2, node3])'],
    ]) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Metrics: Match.arrayWith([
          Match.objectLike({ Expression: expression, Label: metric }),
          Match.objectLike({
            Id: 'node3',
            MetricStat: Match.objectLike({
              Metric: {
                Namespace: 'AWS/ElastiCache',
                MetricName: metric,
                Dimensions: [
                  { Name: 'CacheClusterId', Value: { 'Fn::Join': ['', [{ Ref: 'CacheReplicationGroup' }, '-003']] } },
                ],
              },
            }),
          }),
        ]),
      });
    }
  });
});

describe('a serverless cache', () => {
  test('is Valkey in the data zone, encrypted, with limits, snapshots and a last one', () => {
    const topology = CacheTopology.serverless({ maxStorage: Size.gibibytes(5), maxProcessingUnits: 5000 });
    cacheOf({ topology }).templateMatches({
      Resources: {
        CacheServerlessCache: {
          Type: 'AWS::ElastiCache::ServerlessCache',
          Properties: {
            Engine: 'valkey',
            MajorEngineVersion: '8',
            SubnetIds: ['subnet-0123456789abcded0', 'subnet-0123456789abcded1'],
            KmsKeyId: { 'Fn::GetAtt': ['CacheKeyKey', 'Arn'] },
            UserGroupId: { Ref: Match.stringLikeRegexp('^CacheUsers') },
            CacheUsageLimits: { DataStorage: { Unit: 'GB', Maximum: 5 }, ECPUPerSecond: { Maximum: 5000 } },
            SnapshotRetentionLimit: 15,
            FinalSnapshotName: Match.stringLikeRegexp('^foreign-[0-9a-f]{8}$'),
          },
        },
      },
    });
  });

  test('has no limits unless they are given', () => {
    cacheOf({ topology: serverless }).hasResourceProperties('AWS::ElastiCache::ServerlessCache', {
      CacheUsageLimits: Match.absent(),
    });
  });

  test('raises an alarm when commands or logins are refused', () => {
    const template = templateOf((stack) => {
      const alerts = new AlertTopics(stack, 'Alerts');
      new SessionCache(stack, 'Cache', { network: existingNetwork(stack), topology: serverless, alerts });
    });
    for (const MetricName of ['ThrottledCmds', 'AuthenticationFailures']) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName,
        Dimensions: [{ Name: 'clusterId', Value: { Ref: 'CacheServerlessCache' } }],
      });
    }
  });
});

describe('users', () => {
  test('nobody is let in before somebody is allowed: the one member of the group can do nothing', () => {
    const template = cacheOf();
    const id = { Ref: Match.stringLikeRegexp('^CacheNobody') };
    template.hasResourceProperties('AWS::ElastiCache::UserGroup', { Engine: 'valkey', UserIds: [id] });
    template.hasResourceProperties('AWS::ElastiCache::User', {
      AccessString: 'off -@all',
      AuthenticationMode: { Type: 'iam' },
    });
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      UserGroupIds: [{ Ref: Match.stringLikeRegexp('^CacheUsers') }],
    });
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('with a password have the one that stands in their secret, and the commands they were given', () => {
    const template = cacheOf({}, (cache, shop) => cache.allow(shop, CacheUser.withRotatedPassword('shop')));
    template.hasResourceProperties('AWS::ElastiCache::User', {
      UserName: 'shop',
      AccessString: `on ${CacheAccess.application().rules}`,
      Passwords: [
        {
          'Fn::Join': [
            '',
            [
              '{{resolve:secretsmanager:',
              { Ref: Match.stringLikeRegexp('^CacheshopSecret') },
              ':SecretString:password::}}',
            ],
          ],
        },
      ],
    });
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: {
        GenerateStringKey: 'password',
        SecretStringTemplate: Match.serializedJson({ username: 'shop', userId: Match.stringLikeRegexp('^foreign-') }),
      },
      KmsKeyId: { 'Fn::GetAtt': ['CacheSecretsKeyKey', 'Arn'] },
    });
  });

  test('by IAM are called as they are identified, as ElastiCache wants it, and have no secret', () => {
    const template = cacheOf({}, (cache, shop) => cache.allow(shop, CacheUser.withIam('shop')));
    const users = Object.values(template.findResources('AWS::ElastiCache::User')) as {
      Properties: { UserId: string; UserName: string; AccessString: string };
    }[];
    const [shop] = users.filter(({ Properties }) => Properties.AccessString !== 'off -@all');
    expect(shop?.Properties.UserId).toMatch(/^foreign-[0-9a-f]{8}$/);
    expect(shop?.Properties.UserName).toBe(shop?.Properties.UserId);
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test('may be shared by two workloads', () => {
    const template = cacheOf({}, (cache, shop) => {
      cache.allow(shop, CacheUser.withRotatedPassword('shop'));
      cache.allow(shop, CacheUser.withRotatedPassword('shop'));
    });
    template.resourceCountIs('AWS::ElastiCache::User', 2);
    template.resourceCountIs('AWS::SecretsManager::Secret', 1);
  });

  test.each([
    ['another way in', CacheUser.withIam('shop')],
    ['other rights', CacheUser.withRotatedPassword('shop', { access: CacheAccess.objectCache() })],
  ])('of one name with %s are refused', (_, other) => {
    const twice: More = (cache, shop) => {
      cache.allow(shop, CacheUser.withRotatedPassword('shop'));
      cache.allow(shop, other);
    };
    expect(() => cacheOf({}, twice)).toThrow(
      refusal(['CacheUserDeclaredTwice'], 'user is "shop"; it must have the same rights'),
    );
  });
});

describe('an allowed workload', () => {
  test('reaches the cache, and the cache reaches nobody', () => {
    const template = cacheOf({}, (cache, shop) => cache.allow(shop, CacheUser.withIam('shop')));
    const cache = { 'Fn::GetAtt': [Match.stringLikeRegexp('^CacheSecurityGroup'), 'GroupId'] };
    const shop = { 'Fn::GetAtt': [Match.stringLikeRegexp('^ShopSecurityGroup'), 'GroupId'] };
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: cache,
      SourceSecurityGroupId: shop,
      FromPort: 6380,
      ToPort: 6380,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      GroupId: shop,
      DestinationSecurityGroupId: cache,
      FromPort: 6380,
      ToPort: 6380,
    });
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupEgress', { GroupId: cache }, 0);
  });

  test('with a password may read that user’s secret, once it was rotated, and no other', () => {
    const template = cacheOf({}, (cache, shop) => cache.allow(shop, CacheUser.withRotatedPassword('shop')));
    expect(statementsOf(template, 'ShopRole')).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'arn:CacheSecretsKeyKey' },
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        Resource: expect.stringMatching(/^CacheshopRotationFirst\w+\.SecretArn$/) as string,
      },
    ]);
  });

  test.each([
    ['replicated', undefined, `arn:aws:elasticache:${REGION}:${ACCOUNT}:replicationgroup:ref:CacheReplicationGroup`],
    ['serverless', serverless, 'CacheServerlessCache.ARN'],
  ])('by IAM may connect to this %s cache as this user', (_, topology, arn) => {
    const template = cacheOf({ topology }, (cache, shop) => cache.allow(shop, CacheUser.withIam('shop')));
    expect(statementsOf(template, 'ShopRole')).toEqual([
      {
        Effect: 'Allow',
        Action: 'elasticache:Connect',
        Resource: [arn, expect.stringMatching(/^arn:CacheshopUser/) as string],
      },
    ]);
  });

  test('of a later stack leaves no trace in the stacks of the cache and its keys', () => {
    const app = new App();
    const [keys, data, shop] = ['Keys', 'Data', 'Shop'].map((id) => new Stack(app, id)) as [Stack, Stack, Stack];
    const secretsKey = new DataKey(keys, 'Key', { dataClass: DataClass.SECRETS });
    const cache = new SessionCache(data, 'Cache', { network: existingNetwork(data), secretsKey });
    cache.allow(workload(shop, existingNetwork(shop)), CacheUser.withRotatedPassword('shop'));
    app.synth();
    expect(shop.dependencies.map(({ node }) => node.id).sort()).toEqual(['Data', 'Keys']);
    expect(data.dependencies).toEqual([keys]);
    Template.fromStack(shop).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 6380 });
  });
});

describe('the rotation of passwords', () => {
  const template = cacheOf({}, (cache, shop) => {
    cache.allow(shop, CacheUser.withRotatedPassword('shop'));
    cache.allow(shop, CacheUser.withRotatedPassword('worker'));
  });

  test('runs in the application zone and knows where the cache is', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SubnetIds: ['subnet-0123456789abcdea0', 'subnet-0123456789abcdea1'] },
      Environment: {
        Variables: Match.objectLike({
          CACHE_HOST: { 'Fn::GetAtt': ['CacheReplicationGroup', 'PrimaryEndPoint.Address'] },
          CACHE_PORT: '6380',
        }),
      },
    });
  });

  test('may change the users whose passwords it rotates, and no others', () => {
    const statements = statementsOf(template, 'CacheRotationRole').filter(({ Action }) =>
      String(Action).startsWith('elasticache:'),
    );
    expect(new Set(statements.flatMap(({ Action }) => Action))).toEqual(
      new Set(['elasticache:DescribeUsers', 'elasticache:ModifyUser']),
    );
    expect(statements.flatMap(({ Resource }) => Resource)).toEqual([
      expect.stringMatching(/^arn:CacheshopUser/),
      expect.stringMatching(/^arn:CacheworkerUser/),
    ]);
  });

  test('waits for its way to the cache and out of the network', () => {
    const [[, { DependsOn }]] = Object.entries(
      template.findResources('AWS::Lambda::Function', {
        Properties: { Environment: { Variables: Match.objectLike({ CACHE_PORT: '6380' }) } },
      }) as Record<string, { DependsOn: string[] }>,
    ) as [[string, { DependsOn: string[] }]];
    expect(DependsOn).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^CacheRotationSecurityGrouptoForeignCacheSecurityGroup/),
        expect.stringMatching(/^CacheSecurityGroupfromForeignCacheRotationSecurityGroup/),
      ]),
    );
  });
});

test('hands out everything that composes an environment', () => {
  const logins: unknown[] = [];
  cacheOf({}, (cache, shop, stack) => {
    for (const user of [CacheUser.withRotatedPassword('shop'), CacheUser.withIam('worker')]) {
      const { secret, ...login } = cache.allow(shop, user);
      logins.push(concrete(stack.resolve({ ...login, hasSecret: secret !== undefined })));
    }
  });
  const address = {
    host: 'CacheReplicationGroup.PrimaryEndPoint.Address',
    port: 6380,
    cacheName: 'ref:CacheReplicationGroup',
  };
  expect(logins).toEqual([
    { ...address, username: 'shop', hasSecret: true },
    { ...address, username: expect.stringMatching(/^foreign-[0-9a-f]{8}$/) as string, hasSecret: false },
  ]);
});
