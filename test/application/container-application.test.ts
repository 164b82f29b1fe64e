import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import {
  Application,
  type ApplicationContext,
  ControlPlace,
  ControlStatement,
  EnvironmentValue,
  ProcessKind,
  RequestKind,
  ShopControl,
  StoreSetting,
} from '../../lib';

const image = 'public.ecr.aws/acme/shop@sha256:0123';
const context: ApplicationContext = { hosts: ['shop.acme.example'], region: 'eu-central-1' };

test('a container is one server that runs what its image runs, unprivileged, and says nothing about controls', () => {
  const application = Application.container({ image, port: 8080 });
  expect(application).toMatchObject({
    kind: 'Container',
    processes: [{ id: 'Server', kind: ProcessKind.SERVER }],
    healthPath: '/',
    user: '10001:10001',
    writablePaths: ['/tmp'],
    cachedPaths: [],
    apiPaths: [],
    outbound: [],
    generatedSecrets: [],
  });
  expect(application.database).toBeUndefined();
  expect(application.contentSecurityPolicy.render()).toContain("default-src 'self'");
  const places = application.controls.map(({ control, place }) => [control, place]);
  expect(places).toEqual(Object.values(ShopControl).map((control) => [control, ControlPlace.NOT_AVAILABLE]));
});

test('a control that is stated takes the place of the one that nobody knows', () => {
  const statement = ControlStatement.inShop(ShopControl.STAFF_MFA, 'The identity provider of the company.');
  const { controls } = Application.container({ image, port: 8080, controls: [statement] });
  expect(controls.filter(({ control }) => control === ShopControl.STAFF_MFA)).toEqual([statement]);
  expect(controls).toHaveLength(Object.values(ShopControl).length);
});

test('paths that are cached are requests for assets, and paths of the API requests to it', () => {
  const paths = { cachedPaths: ['/assets/*', '/favicon.ico'], apiPaths: ['/api/*'] };
  const { requestClasses } = Application.container({ image, port: 8080, ...paths });
  const kindsOf = (path: string): RequestKind[] =>
    requestClasses.filter((each) => each.matches({ method: 'GET', path })).map(({ kind }) => kind);
  expect(['/favicon.ico', '/api/cart', '/checkout'].map(kindsOf)).toEqual([
    [RequestKind.ASSETS],
    [RequestKind.API],
    [],
  ]);
});

describe('the environment', () => {
  const environment = {
    DB_HOST: EnvironmentValue.setting(StoreSetting.DATABASE_HOST, ':3306'),
    DB_USER: EnvironmentValue.databaseSecret('username'),
  };

  test('of a process comes before that of the application', () => {
    const server = {
      id: 'Server',
      kind: ProcessKind.SERVER,
      environment: { DB_HOST: EnvironmentValue.text('localhost') },
    };
    const application = Application.container({ image, port: 8080, environment, processes: [server] });
    expect(application.environment(server, context)).toEqual({
      variables: { DB_HOST: 'localhost' },
      secrets: { DB_USER: { source: 'database', field: 'username' } },
    });
  });

  test('may hold what is known only at deployment', () => {
    const application = Application.container({ image, port: 8080, environment });
    const database = { host: '${Token[TOKEN.1]}', port: '3306' };
    const { variables } = application.environment(application.processes[0], { ...context, database });
    expect(variables.DB_HOST).toBe('${Token[TOKEN.1]}:3306');
  });

  test('is refused when it asks for what the store does not have', () => {
    const application = Application.container({ image, port: 8080, environment });
    expect(() => application.environment(application.processes[0], context)).toThrow(
      'Container Server cannot be built:\n  - DB_HOST is "database-host"; it must be something this store has. ' +
        'Give the application a database, cache or media store, the store its mail, or leave the variable out. [SettingUnknown]',
    );
  });
});

describe('refuses', () => {
  const server = { id: 'Server', kind: ProcessKind.SERVER };

  test.each([
    [
      'two processes of one name',
      { processes: [server, { id: 'Server', kind: ProcessKind.WORKER }] },
      'ProcessIdInvalid',
    ],
    ['a process that cannot be a construct', { processes: [{ ...server, id: 'web server' }] }, 'ProcessIdInvalid'],
    ['an application without a server', { processes: [{ id: 'Worker', kind: ProcessKind.WORKER }] }, 'ServerCount'],
    ['two servers', { processes: [server, { ...server, id: 'Second' }] }, 'ServerCount'],
    [
      'a schedule that is missing',
      { processes: [server, { id: 'Export', kind: ProcessKind.SCHEDULED }] },
      'ScheduleMisplaced',
    ],
    [
      'a schedule of a server',
      { processes: [{ ...server, schedule: ScheduleExpression.cron({}) }] },
      'ScheduleMisplaced',
    ],
    ['caching of everything', { cachedPaths: ['/*'] }, 'PathInvalid'],
    ['caching by a pattern', { cachedPaths: ['/*/assets'] }, 'PathInvalid'],
  ])('%s', (_, options, code) => {
    expect(() => Application.container({ image, port: 8080, ...options })).toThrow(`[${code}]`);
  });
});
