import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { type AddToPrincipalPolicyResult, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  AlertTopics,
  CustomerDatabase,
  DatabaseAccess,
  DatabaseEngine,
  DatabaseProxy,
  DatabaseRole,
  type ICustomerDatabase,
  type INetwork,
  type IWorkload,
} from '../../lib';
import { ServiceRole } from '../../lib/core/service-role';
import { workload } from '../cases/data-stores';
import { existingNetwork } from '../support/network';
import { refusal } from '../support/refusal';
import { foreignStack, TODAY } from '../support/stack';

interface Database {
  readonly stack: Stack;
  readonly network: INetwork;
  readonly database: ICustomerDatabase;
  readonly shop: IWorkload;
}

/** A database and a workload in one stack. */
function oneStack(engine?: DatabaseEngine): Database {
  const stack = foreignStack();
  const network = existingNetwork(stack);
  return {
    stack,
    network,
    database: new CustomerDatabase(stack, 'Orders', { network, engine }),
    shop: workload(stack, network),
  };
}

/** A database, its access and a workload, each in a stack of its own. */
function threeStacks(proxy?: DatabaseProxy, generation = 1): Database & { data: Stack; access: Stack } {
  const app = new App({ context: TODAY, analyticsReporting: false });
  const [data, access, stack] = ['Data', 'DatabaseAccess', 'Application'].map((id) => new Stack(app, id)) as [
    Stack,
    Stack,
    Stack,
  ];
  const network = existingNetwork(data);
  const database = new CustomerDatabase(data, 'Database', { network, generation });
  new DatabaseAccess(access, 'Access', { database, proxy });
  return { data, access, stack, network, database, shop: workload(stack, network) };
}

const dependenciesOf = (stack: Stack): string[] => stack.dependencies.map(({ node }) => node.id).sort();

/** Statements of the policy of the role whose logical id begins with `role`, without what every function may. */
function statementsOf(template: Template, role: string): unknown[] {
  const policies = template.findResources('AWS::IAM::ManagedPolicy', {
    Properties: { Roles: [{ Ref: Match.stringLikeRegexp(`^${role}`) }] },
  });
  return Object.values(policies).flatMap(
    (policy) =>
      (policy as { Properties: { PolicyDocument: { Statement: { Action: string | string[] }[] } } }).Properties
        .PolicyDocument.Statement,
  );
}

describe('a login by IAM', () => {
  test('is declared by name, and its workload may connect as that user to that cluster alone', () => {
    const { stack, database, shop } = oneStack();
    const login = database.allow(shop, DatabaseRole.readWrite('shop'));
    const template = Template.fromStack(stack);
    template.hasResourceProperties('Custom::DatabaseLogins', {
      Logins: [{ Name: 'shop', Privileges: 'readWrite' }],
      DatabaseName: 'shop',
      Port: 5433,
    });
    expect(statementsOf(template, 'ShopRole')).toEqual([
      {
        Action: 'rds-db:connect',
        Effect: 'Allow',
        Resource: {
          'Fn::Join': [
            '',
            [
              'arn:',
              { Ref: 'AWS::Partition' },
              ':rds-db:',
              { Ref: 'AWS::Region' },
              ':',
              { Ref: 'AWS::AccountId' },
              ':dbuser:',
              { 'Fn::GetAtt': ['OrdersCluster', 'DBClusterResourceId'] },
              '/shop',
            ],
          ],
        },
      },
    ]);
    expect(login).toEqual({ host: login.host, username: 'shop', databaseName: 'shop', port: 5433 });
  });

  test('opens the port of the database between the two security groups, and nothing else', () => {
    const { stack, database, shop } = oneStack();
    database.allow(shop, DatabaseRole.readWrite('shop'));
    const template = Template.fromStack(stack);
    const shopGroup = { 'Fn::GetAtt': [Match.stringLikeRegexp('^ShopSecurityGroup'), 'GroupId'] };
    const databaseGroup = { 'Fn::GetAtt': ['OrdersSecurityGroup', 'GroupId'] };
    const port = { IpProtocol: 'tcp', FromPort: 5433, ToPort: 5433 };
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      ...port,
      GroupId: databaseGroup,
      SourceSecurityGroupId: shopGroup,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      ...port,
      GroupId: shopGroup,
      DestinationSecurityGroupId: databaseGroup,
    });
    // The other one is that of the function that declares the login.
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
  });

  test('gives a host that is known only once the login is declared', () => {
    const { stack, database, shop } = oneStack();
    const { host } = database.allow(shop, DatabaseRole.readWrite('shop'));
    const reports = database.allow(shop, DatabaseRole.readOnly('reports'));
    expect(stack.resolve(host)).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^OrdersAccessLoginsDeclaration/), expect.stringMatching(/^WriterHost/)],
    });
    expect(stack.resolve(reports.host)).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^OrdersAccessLoginsDeclaration/), expect.stringMatching(/^ReaderHost/)],
    });
  });

  test('is declared once, however many workloads use it and however often', () => {
    const { stack, network, database, shop } = oneStack();
    const role = DatabaseRole.readWrite('shop');
    const other = workload(new Stack(stack, 'Other'), network);
    const logins = [database.allow(shop, role), database.allow(shop, DatabaseRole.readWrite('shop'))];
    logins.push(database.allow(other, role));
    expect(new Set(logins).size).toBe(1);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('Custom::DatabaseLogins', { Logins: [{ Name: 'shop', Privileges: 'readWrite' }] });
    expect(statementsOf(template, 'ShopRole')).toHaveLength(1);
  });
});

describe('a login with a rotated password', () => {
  const rotated = DatabaseRole.readWrite('shop').withRotatedPassword({ rotateEvery: Duration.days(7) });

  test('has a secret that its workload can read, and no leave to connect by IAM', () => {
    const { stack, database, shop } = oneStack();
    const login = database.allow(shop, rotated);
    expect(login.username).toBeUndefined();
    expect(stack.resolve(login.secret?.secretArn)).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^OrdersAccessshopRotationFirst/), 'SecretArn'],
    });
    expect(statementsOf(Template.fromStack(stack), 'ShopRole')).toEqual([
      expect.objectContaining({ Action: 'kms:Decrypt' }),
      expect.objectContaining({ Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'] }),
    ]);
  });

  test('is declared before its first password is made, and the password before anybody reads the secret', () => {
    const { stack, database, shop } = oneStack();
    database.allow(shop, rotated);
    const template = Template.fromStack(stack);
    const [[secret]] = Object.entries(template.findResources('AWS::SecretsManager::Secret')) as [[string, unknown]];
    const [[declaration]] = Object.entries(template.findResources('Custom::DatabaseLogins')) as [[string, unknown]];
    template.hasResourceProperties('Custom::DatabaseLogins', {
      Logins: [{ Name: 'shop', Privileges: 'readWrite', SecretArn: { Ref: secret } }],
    });
    template.hasResource('AWS::SecretsManager::RotationSchedule', {
      Properties: { RotationRules: { AutomaticallyAfterDays: 7 }, RotateImmediatelyOnUpdate: true },
      DependsOn: Match.arrayWith([declaration]),
    });
  });

  test('begins with a value that names only the user whose turn it is not, and never changes', () => {
    const { stack, database, shop } = oneStack();
    database.allow(shop, rotated);
    Template.fromStack(stack).hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: {
        SecretStringTemplate: '{"username":"shop_b"}',
        GenerateStringKey: 'password',
        PasswordLength: 48,
        ExcludePunctuation: true,
      },
      KmsKeyId: { 'Fn::GetAtt': ['OrdersSecretsKeyKey', 'Arn'] },
    });
  });

  test('is rotated by the handler of the engine, which knows who reads from the readers', () => {
    const { stack, database, shop } = oneStack(DatabaseEngine.auroraMysql('8.4'));
    database.allow(shop, rotated);
    database.allow(shop, DatabaseRole.readOnly('reports').withRotatedPassword());
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          POWERTOOLS_SERVICE_NAME: 'rotate-mysql-password',
          DATABASE_HOST: { 'Fn::GetAtt': ['OrdersCluster', 'Endpoint.Address'] },
          DATABASE_READER_HOST: { 'Fn::GetAtt': ['OrdersCluster', 'ReadEndpoint.Address'] },
          DATABASE_PORT: '3307',
          DATABASE_NAME: 'shop',
          READ_ONLY_LOGINS: 'reports',
        }),
      },
    });
    template.resourcePropertiesCountIs(
      'AWS::Lambda::Function',
      { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'rotate-mysql-password' } } },
      1,
    );
  });

  test('tells somebody when a rotation fails', () => {
    const { stack, database, shop } = oneStack();
    new DatabaseAccess(stack, 'Access', { database, alerts: new AlertTopics(stack, 'Alerts') });
    database.allow(shop, rotated);
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ source: ['aws.secretsmanager'] }),
    });
  });
});

describe('the function that declares logins', () => {
  test('runs in the application zone, reaches the database and the egress, and trusts the authorities of RDS', () => {
    const { stack, database } = oneStack();
    new DatabaseAccess(stack, 'Access', { database });
    const template = Template.fromStack(stack);
    const group = { 'Fn::GetAtt': [Match.stringLikeRegexp('^AccessLoginsFunctionSecurityGroup'), 'GroupId'] };
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: {
        SecurityGroupIds: [group],
        SubnetIds: [Match.stringLikeRegexp('^subnet-.*a0$'), Match.stringLikeRegexp('^subnet-.*a1$')],
      },
      Environment: { Variables: Match.objectLike({ NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem' }) },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 5433,
      GroupId: { 'Fn::GetAtt': ['OrdersSecurityGroup', 'GroupId'] },
      SourceSecurityGroupId: group,
    });
  });

  test('may log in as the master user, by password and by token, and nothing else with the database', () => {
    const { stack, database } = oneStack();
    new DatabaseAccess(stack, 'Access', { database });
    const statements = statementsOf(Template.fromStack(stack), 'AccessLoginsFunctionHandlerRole') as {
      Action: string | string[];
      Resource: unknown;
    }[];
    const about = (service: string): unknown[] =>
      statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith(`${service}:`)));
    expect(about('secretsmanager')).toEqual([
      {
        Effect: 'Allow',
        Action: 'secretsmanager:GetSecretValue',
        Resource: { 'Fn::GetAtt': ['OrdersCluster', 'MasterUserSecret.SecretArn'] },
      },
    ]);
    expect(about('rds-db')).toHaveLength(1);
    expect(JSON.stringify(about('rds-db'))).toContain('/clusteradmin"');
    expect(about('rds')).toEqual([]);
  });

  test('runs when there is an instance, again with new code, and holds a deployment five minutes at most', () => {
    const { stack, database } = oneStack();
    new DatabaseAccess(stack, 'Access', { database });
    Template.fromStack(stack).hasResource('Custom::DatabaseLogins', {
      Properties: { ServiceTimeout: '300', Code: Match.stringLikeRegexp('^[0-9a-f]{16}$') },
      DependsOn: Match.arrayWith(['OrdersWriter']),
    });
  });
});

describe('a proxy', () => {
  const withProxy = (): Database & { template: Template } => {
    const made = oneStack();
    new DatabaseAccess(made.stack, 'Access', { database: made.database, proxy: DatabaseProxy.withIam() });
    made.database.allow(made.shop, DatabaseRole.readWrite('shop'));
    return { ...made, template: Template.fromStack(made.stack) };
  };

  test('demands TLS and IAM at both ends, knows no password and logs no statement', () => {
    withProxy().template.hasResourceProperties('AWS::RDS::DBProxy', {
      RequireTLS: true,
      DefaultAuthScheme: 'IAM_AUTH',
      Auth: Match.absent(),
      EngineFamily: 'POSTGRESQL',
      DebugLogging: false,
      IdleClientTimeout: 1800,
    });
  });

  test('logs in to the cluster as the user of each client, and as nobody else', () => {
    const statements = statementsOf(withProxy().template, 'AccessProxyRole');
    expect(statements).toHaveLength(1);
    const text = JSON.stringify(statements);
    expect(text).toContain('"rds-db:connect"');
    expect(text).toContain('OrdersCluster');
    expect(text).toContain('"/shop"');
  });

  test('is what a read-write login by IAM connects to, on the port that proxies have', () => {
    const { stack, database, shop, template } = withProxy();
    const login = database.allow(shop, DatabaseRole.readWrite('shop'));
    expect(stack.resolve(login.host)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^AccessProxy/), 'Endpoint'] });
    expect(login.port).toBe(5432);
    const text = JSON.stringify(statementsOf(template, 'ShopRole'));
    expect(text).toContain('DBProxyArn');
    expect(text).not.toContain('OrdersCluster');
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 5432,
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AccessProxySecurityGroup'), 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ShopSecurityGroup'), 'GroupId'] },
    });
  });

  test.each([
    DatabaseRole.migrations('shop_schema'),
    DatabaseRole.readOnly('reports'),
    DatabaseRole.readWrite('worker').withRotatedPassword(),
  ])('is passed by $loginName', (role) => {
    const { database, shop } = oneStack();
    new DatabaseAccess(Stack.of(database.securityGroup), 'Access', { database, proxy: DatabaseProxy.withIam() });
    expect(database.allow(shop, role).port).toBe(5433);
  });

  test('comes after the logins are declared, with a log group that is encrypted', () => {
    const { template } = withProxy();
    const [[declaration]] = Object.entries(template.findResources('Custom::DatabaseLogins')) as [[string, unknown]];
    template.hasResource('AWS::RDS::DBProxy', { DependsOn: Match.arrayWith([declaration]) });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: Match.stringLikeRegexp('^/aws/rds/proxy/foreign-'),
      KmsKeyId: Match.anyValue(),
    });
    template.hasResource('AWS::RDS::DBProxyTargetGroup', { DependsOn: Match.arrayWith(['OrdersWriter']) });
  });
});

describe('in three stacks', () => {
  test.each([undefined, DatabaseProxy.withIam()])('everything points from the workload to the data', (proxy) => {
    const { data, access, stack, database, shop } = threeStacks(proxy);
    database.allow(shop, DatabaseRole.readWrite('shop'));
    database.allow(shop, DatabaseRole.migrations('shop_schema').withRotatedPassword());
    [data, access, stack].forEach((each) => Template.fromStack(each));
    expect(dependenciesOf(data)).toEqual([]);
    expect(dependenciesOf(access)).toEqual(['Data']);
    expect(dependenciesOf(stack)).toEqual(['Data', 'DatabaseAccess']);
  });

  test('the data stack holds nothing that runs our code', () => {
    const { data, database, shop } = threeStacks();
    database.allow(shop, DatabaseRole.readWrite('shop'));
    const template = Template.fromStack(data);
    template.resourceCountIs('AWS::Lambda::Function', 0);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('the rules that let a workload in stand with the workload', () => {
    const { access, stack, database, shop } = threeStacks();
    database.allow(shop, DatabaseRole.readWrite('shop'));
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    Template.fromStack(access).hasResourceProperties('Custom::DatabaseLogins', {
      Logins: [{ Name: 'shop', Privileges: 'readWrite' }],
    });
  });

  describe('a new generation of the database', () => {
    const templates = (generation: number): Record<'data' | 'access' | 'shop', string> => {
      const { data, access, stack, database, shop } = threeStacks(DatabaseProxy.withIam(), generation);
      const logins = [
        database.allow(shop, DatabaseRole.readWrite('shop')),
        database.allow(shop, DatabaseRole.readOnly('reports')),
        database.allow(shop, DatabaseRole.migrations('shop_schema').withRotatedPassword()),
      ];
      logins.forEach(({ host }, index) => new CfnOutput(stack, `Host${index}`, { value: host }));
      const text = (each: Stack): string => JSON.stringify(Template.fromStack(each).toJSON());
      return { data: text(data), access: text(access), shop: text(stack) };
    };
    const exportsOf = (template: string): Record<string, unknown> => {
      const { Outputs = {} } = JSON.parse(template) as {
        Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
      };
      const exported = Object.values(Outputs).filter((output) => output.Export !== undefined);
      return Object.fromEntries<unknown>(exported.map(({ Value, Export }) => [Export?.Name ?? '', Value]));
    };

    test('neither removes nor changes an export, which CloudFormation would refuse while others import it', () => {
      const [first, second] = [templates(1), templates(2)];
      expect(Object.keys(exportsOf(first.data)).length).toBeGreaterThan(0);
      expect(exportsOf(second.data)).toEqual(exportsOf(first.data));
      expect(exportsOf(second.access)).toEqual(exportsOf(first.access));
    });

    test('changes every address in the text of the stacks that use it, so that none is passed over', () => {
      const addresses = (template: string): string[] => template.match(/PublishOutput\w+/g) ?? [];
      const [first, second] = [templates(1), templates(2)];
      expect(addresses(first.shop).length).toBeGreaterThan(0);
      expect(addresses(second.shop).filter((address) => first.shop.includes(address))).toEqual([]);
      expect(addresses(second.access).filter((address) => first.access.includes(address))).toEqual([]);
    });
  });
});

describe('a mistake', () => {
  test('one login with two sets of privileges is refused', () => {
    const { database, shop } = oneStack();
    database.allow(shop, DatabaseRole.readWrite('shop'));
    const again = (role: DatabaseRole) => () => database.allow(shop, role);
    expect(again(DatabaseRole.readOnly('shop'))).toThrow(refusal(['LoginDeclaredTwice'], 'role is "shop"'));
    expect(again(DatabaseRole.readWrite('shop').withRotatedPassword())).toThrow(
      refusal(['LoginDeclaredTwice'], 'choose another name'),
    );
  });

  test.each(['clusteradmin', 'shop_readwrite', 'shop_readonly', 'shop_migrations', 'reports_a', 'reports_b'])(
    'the login %s is refused, because a user of that name is somebody else',
    (name) => {
      const { database, shop } = oneStack();
      database.allow(shop, DatabaseRole.readOnly('reports').withRotatedPassword());
      expect(() => database.allow(shop, DatabaseRole.readWrite(name))).toThrow(
        refusal(['LoginNameTaken'], `role is "${name}"`),
      );
    },
  );

  test('a second access to one database is refused', () => {
    const { stack, database, shop } = oneStack();
    database.allow(shop, DatabaseRole.readWrite('shop'));
    expect(() => new DatabaseAccess(stack, 'Late', { database })).toThrow(
      refusal(['DatabaseAccessDeclaredTwice'], 'before the first database.allow()'),
    );
  });

  test('a role that takes no permission is not let in silently', () => {
    class Frozen extends ServiceRole {
      public override addToPrincipalPolicy(): AddToPrincipalPolicyResult {
        return { statementAdded: false };
      }
    }
    const { stack, database, shop } = oneStack();
    const grantPrincipal = new Frozen(stack, 'Frozen', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    const theirs: IWorkload = { connections: shop.connections, grantPrincipal };
    expect(() => database.allow(theirs, DatabaseRole.readWrite('shop'))).toThrow('could not be added');
  });
});
