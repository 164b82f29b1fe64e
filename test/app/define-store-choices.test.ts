import { Duration, Size } from 'aws-cdk-lib';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import {
  Application,
  ContentSecurityPolicy,
  FirewallMode,
  GeographicRule,
  LoginForm,
  MinimumTls,
  RateLimit,
  RequestMatcher,
  RuleAction,
  StrictTransportSecurity,
  TaskTls,
  Waiver,
} from '../../lib';
import { type StoreConfig } from '../../lib/app';
import { BARE, DECIDED, DIGEST, expectRefusal, refusalOf } from '../support/stores';

const waiver = Waiver.because('The theme writes scripts into its pages', { owner: 'shop@acme.example' });
const image = `public.ecr.aws/acme/shop@${DIGEST}`;
const loginForm = LoginForm.json(RequestMatcher.path('/login'), { username: '/email', password: '/password' });

test('whatever can be chosen, chosen rightly, is right', () => {
  const chosen: Partial<StoreConfig> = {
    service: {
      cpu: 1024,
      memory: Size.gibibytes(2),
      scaling: { min: 2, max: 4, cpuPercent: 50, requestsPerTask: 500 },
      architecture: CpuArchitecture.X86_64,
      tls: TaskTls.inImage(),
      originFacingPrefixListId: 'pl-0123456789abcdef0',
    },
    worker: { cpu: 256, memory: Size.mebibytes(512), scaling: { min: 1, max: 1 } },
    firewall: {
      mode: FirewallMode.observe(Waiver.because('The shop moves in this week', { owner: 'shop', until: '2026-12-01' })),
      commonRules: RuleAction.count(waiver, 'SizeRestrictions_BODY'),
      rateLimits: { login: RateLimit.byAddress(50) },
      geography: GeographicRule.only('PH'),
      antiDdos: {},
      accountTakeover: { loginForm },
      accountCreationFraud: { signUpForm: loginForm, pagePath: '/register' },
      botControl: {},
      tokenDomains: ['shop.acme.example'],
      refusedRequestsAlarm: 100,
    },
    distribution: {
      contentSources: { 'script-src': ['https://js.stripe.com'] },
      strictTransportSecurity: StrictTransportSecurity.hostOnly(),
      minimumTls: MinimumTls.TLS_1_3,
      responseTimeout: Duration.seconds(120),
      defaultRootObject: 'index.html',
    },
  };
  expect(refusalOf({ ...BARE, ...chosen })).toEqual([]);
});

test('choices of every section are judged at once, and named as they were written', () => {
  expectRefusal(
    {
      service: { cpu: 300, scaling: { min: 5, max: 1 } },
      worker: { cpu: 7, colour: 'green' },
      firewall: { mode: 'x', geography: GeographicRule.only('Philippines') },
      distribution: { responseTimeout: Duration.seconds(500), minimumTls: 'SSLv3' },
    },
    'worker.colour is "green"; it must not be there: nothing reads it. Correct the name or remove it. [UnknownKey]',
    'firewall.mode is "x"; it must be a value of FirewallMode. Write FirewallMode.blocking(), or FirewallMode.observe(Waiver.because(…)) for a cut-over. [FirewallModeMissing]',
    "distribution.minimumTls is \"SSLv3\"; it must be one of 'TLSv1.2_2025', 'TLSv1.3_2025'. Write MinimumTls.TLS_1_2 or .TLS_1_3. [MinimumTlsUnknown]",
    'service.cpu is 300; it must be one of 256, 512, 1024, 2048, 4096, 8192, 16384. Fargate has no other sizes; 1024 units are one processor. [FargateCpuUnavailable]',
    'service.scaling.max is 1; it must be at least scaling.min, which is 5. Raise max or lower min. [ScalingLimitsReversed]',
    'worker.cpu is 7; it must be one of 256, 512, 1024, 2048, 4096, 8192, 16384. Fargate has no other sizes; 1024 units are one processor. [FargateCpuUnavailable]',
    'firewall.geography is ["Philippines"]; it must name countries by their two-letter codes of ISO 3166-1 in capitals. Write PH for the Philippines, GB for the United Kingdom. [CountryUnknown]',
    'distribution.responseTimeout is "500 seconds"; it must be 1 to 120 seconds. Let what takes longer run in a worker, and let the page ask for the result. [ResponseTimeoutInvalid]',
  );
});

test('choices are judged together with what the tier chooses beside them', () => {
  expectRefusal(
    { service: { cpu: 2048 }, worker: { memory: Size.mebibytes(512) } },
    'service.memory is "1024 MiB"; it must be one of 4096, 5120, 6144, 7168, 8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360, 16384 MiB, with 2048 CPU units. Choose a size that Fargate has, or change cpu. [FargateMemoryUnavailable]',
    'worker.memory is "512 MiB"; it must be one of 1024, 2048, 3072, 4096 MiB, with 512 CPU units. Choose a size that Fargate has, or change cpu. [FargateMemoryUnavailable]',
  );
  expect(refusalOf({ ...BARE, tier: 'regulated', backup: DECIDED, service: { memory: Size.gibibytes(1) } })[1]).toMatch(
    'service.memory is "1024 MiB"; it must be one of 2048,',
  );
});

describe('what only a factory makes is not written as text', () => {
  test.each([
    ['network.interfaceEndpoints', 'InterfaceEndpoints'],
    ['network.withoutFlowLogs', 'Waiver'],
    ['database.engine', 'DatabaseEngine'],
    ['database.source', 'DatabaseSource'],
    ['service.memory', 'Size'],
    ['service.architecture', 'CpuArchitecture'],
    ['service.tls', 'TaskTls'],
    ['worker.memory', 'Size'],
    ['firewall.mode', 'FirewallMode'],
    ['firewall.anonymousIpList', 'RuleAction'],
    ['firewall.rateLimits.login', 'RateLimit'],
    ['firewall.geography', 'GeographicRule'],
    ['firewall.antiDdos.action', 'RuleAction'],
    ['distribution.strictTransportSecurity', 'StrictTransportSecurity'],
    ['distribution.responseTimeout', 'Duration'],
    ['distribution.withoutNamedScripts', 'Waiver'],
  ])('%s', (property, type) => {
    const changes = property.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), 'x') as object;
    const [, problem, ...others] = refusalOf({ ...BARE, ...changes });
    expect(problem).toMatch(
      new RegExp(`^${property} is "x"; it must be a value of ${type}\\. Write .+\\. \\[\\w+\\]$`),
    );
    expect(others).toEqual([]);
  });

  test('nor left out where it is needed', () => {
    expectRefusal(
      { firewall: { accountTakeover: {}, botControl: { level: 'HIGH' } } },
      'firewall.accountTakeover.loginForm is missing; it must be a value of LoginForm. Write LoginForm.json(…) or LoginForm.form(…). [LoginFormMissing]',
      "firewall.botControl.level is \"HIGH\"; it must be one of 'COMMON', 'TARGETED'. Write BotControlLevel.COMMON or .TARGETED. [BotControlLevelUnknown]",
    );
  });
});

test('a number is a number, and not its text', () => {
  expectRefusal(
    { service: { scaling: { min: '2' } } },
    'service.scaling.min is "2"; it must be of type number. Look it up in StoreConfig, which documents what each property holds. [WrongType]',
  );
});

describe('tasks', () => {
  test('are two at least that answer shoppers, and whole', () => {
    expectRefusal(
      { service: { scaling: { min: 1, max: 2.5, requestsPerTask: 0 }, originFacingPrefixListId: 'cloudfront' } },
      'service.scaling.max is 2.5; it must be a whole number of tasks. Round it; change cpu and memory for tasks of another size. [TasksNotWhole]',
      'service.scaling.min is 1; it must be 2 or more. Run more tasks. One task is one zone; a service takes withoutSecondZone to accept that. [TooFewTasks]',
      'service.scaling.requestsPerTask is 0; it must be 1 or more. Write how many requests one task answers in a minute without hurry. [ScalingTargetUseless]',
      'service.originFacingPrefixListId is "cloudfront"; it must be the id of a prefix list, like pl-0123456789abcdef0. Leave it out: it is looked up at deployment. [PrefixListIdMalformed]',
    );
  });

  test('behind the shop have no requests to be counted by', () => {
    expectRefusal(
      { worker: { scaling: { requestsPerTask: 100 } } },
      'worker.scaling.requestsPerTask is 100; it must be left out for a worker, which nobody calls. Scale by cpuPercent, or scale the exposed service by the length of a queue. [ScalingByRequests]',
    );
  });
});

describe('a firewall', () => {
  test('has limits, rules and pages that there are', () => {
    expectRefusal(
      {
        firewall: {
          rateLimits: { login: RateLimit.byAddress(5) },
          rateLimiting: RuleAction.count(waiver, 'LimitAdmin'),
          accountCreationFraud: { signUpForm: loginForm, pagePath: 'https://shop.acme.example/register' },
          refusedRequestsAlarm: -1,
        },
      },
      'firewall.rateLimits.login is 5; it must be a whole number of at least 10 requests. Raise it, or count over a longer window. [RateLimitTooLow]',
      'firewall.rateLimiting is ["LimitAdmin"]; it must name rules among LimitTotal, LimitSensitive, LimitLogin, LimitSignUp, LimitCheckout. Take the name from the terminating rule in the firewall log; AWS ignores names that do not exist. [FirewallRuleUnknown]',
      'firewall.accountCreationFraud.pagePath is "https://shop.acme.example/register"; it must be segments of letters, digits and ._~- or {name}, each after a slash, with /* at most at the end. Write the path without host, query string and encoding: /store/carts/{id}/complete or /admin/*. [PathPatternInvalid]',
      'firewall.refusedRequestsAlarm is -1; it must be a number of requests in five minutes. Leave it out: 5000 is far more than a quiet shop refuses. [AlarmThresholdNegative]',
    );
  });

  test('observes until a day; which days are too late is known when the app runs', () => {
    expectRefusal(
      { firewall: { mode: FirewallMode.observe(waiver) } },
      'firewall.mode.until is missing; it must be a day at most 21 days from today. Give the waiver an until: the day by which the log has been read and the firewall blocks. [ObservationTooLong]',
    );
  });
});

describe('what pages may load', () => {
  test('is named by directives and sources that browsers know', () => {
    expectRefusal(
      {
        distribution: {
          contentSources: {
            'scirpt-src': ['https://js.stripe.com'],
            'frame-src': ['https://a.example https://b.example'],
          },
        },
      },
      'distribution.contentSources[\'scirpt-src\'] is "scirpt-src"; it must be a directive that takes sources: default-src, child-src, connect-src, font-src, frame-src, img-src, manifest-src, media-src, object-src, script-src, script-src-attr, script-src-elem, style-src, style-src-attr, style-src-elem, worker-src, base-uri, form-action, frame-ancestors. Correct the name; browsers ignore a directive that they do not know. [ContentDirectiveUnknown]',
      `distribution.contentSources['frame-src'] is "https://a.example https://b.example"; it must be one source without blanks, commas and semicolons; a keyword stands in single quotation marks. Write each source by itself, as in "https://js.stripe.com" or "'unsafe-inline'". [ContentSourceInvalid]`,
    );
  });

  test('is no script from anywhere, unless somebody answers for it', () => {
    const contentSources = { 'script-src': ["'unsafe-inline'"] };
    expectRefusal(
      { distribution: { contentSources } },
      `distribution.contentSources['script-src'] is ["'unsafe-inline'"]; it must name the hosts that scripts come from. Let the shop send a policy of its own, with a nonce, for the pages that need more; CloudFront passes it on. Where it cannot, give withoutNamedScripts a waiver. [ScriptSourcesOpen]`,
    );
    expect(refusalOf({ ...BARE, distribution: { contentSources, withoutNamedScripts: waiver } })).toEqual([]);
  });

  test('is judged in the profile as well, where the profile is what somebody wrote', () => {
    const contentSecurityPolicy = ContentSecurityPolicy.ownHostOnly().allow('script-src', 'https:');
    const application = Application.container({ image, port: 8080, contentSecurityPolicy });
    const [, problem] = refusalOf({ ...BARE, application });
    expect(problem).toMatch(`application.contentSecurityPolicy.directives['script-src'] is ["https:"]; it must name`);
    expect(refusalOf({ ...BARE, application, distribution: { withoutNamedScripts: waiver } })).toEqual([]);
  });

  test('begins with no slash where it takes the place of the home page', () => {
    expectRefusal(
      { distribution: { defaultRootObject: '/index.html' } },
      'distribution.defaultRootObject is "/index.html"; it must be 1 to 255 characters, without a slash in front. Write the path as it follows the host and its slash: index.html. [DefaultRootObjectInvalid]',
    );
  });
});

test('an application says nothing that no task could be', () => {
  const application = Application.container({
    image,
    port: 0,
    user: 'root',
    writablePaths: ['tmp'],
    cachedPaths: ['/files/*'],
    apiPaths: ['/files/*'],
    outbound: [{ domain: 'https://api.stripe.com', purpose: 'payments' }],
  });
  const [, ...problems] = refusalOf({ ...BARE, application });
  expect(problems.map((problem) => `${problem.split(' is ')[0]} ${/\[\w+\]$/.exec(problem)?.[0] ?? ''}`)).toEqual([
    'application.port [PortOutOfRange]',
    'application.user [UserNotUnprivileged]',
    'application.writablePaths[0] [PathMalformed]',
    'application.cachedPaths [PathTwice]',
    'application.outbound[0].domain [EgressDomainMalformed]',
  ]);
});

test('nothing at all is refused like anything else', () => {
  expect(refusalOf(undefined)).toEqual([
    'The store "without an id" cannot be built:',
    'the configuration is missing; it must be an object, { … }. Look it up in StoreConfig, which documents what each property holds. [WrongType]',
  ]);
  expect(refusalOf({ ...BARE, service: null, firewall: 5 }).slice(1)).toEqual([
    'service is null; it must be an object, { … }. Look it up in StoreConfig, which documents what each property holds. [WrongType]',
    'firewall is 5; it must be an object, { … }. Look it up in StoreConfig, which documents what each property holds. [WrongType]',
  ]);
});
