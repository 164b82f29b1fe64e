import { Duration, Size, TimeZone, type Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AlertTopics,
  DataClass,
  DataKey,
  ImageRepository,
  type INetwork,
  JobLedger,
  LogStore,
  PullThroughCache,
  ShopImage,
  StorefrontCluster,
  StorefrontJob,
  StorefrontService,
  type StorefrontServiceProps,
  StorefrontWorker,
  TaskSecret,
  TaskTls,
  UpstreamRegistry,
} from '../../lib';
import { type ConstructCases, type WaiverCases } from '../support/cases';
import { existingNetwork } from '../support/network';

export const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** The shop of these cases. */
export const image = ShopImage.byDigest(`public.ecr.aws/acme/shop@${DIGEST}`);

/** A certificate that somebody else requested. */
export function certificateOf(stack: Stack): ICertificate {
  return Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:111122223333:certificate/1');
}

/** A secret that somebody else made. */
export function secretOf(stack: Stack, name = 'Database'): ISecret {
  const arn = `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}-AbCdEf`;
  return Secret.fromSecretCompleteArn(stack, name, arn);
}

interface Loaded {
  readonly network: INetwork;
  readonly cluster: StorefrontCluster;
  readonly logsKey: DataKey;
  readonly alerts: AlertTopics;
}

function shared(stack: Stack): Loaded {
  const network = existingNetwork(stack, 3);
  const cluster = new StorefrontCluster(stack, 'Cluster', { network });
  const logsKey = new DataKey(stack, 'LogsKey', { dataClass: DataClass.LOGS });
  return { network, cluster, logsKey, alerts: new AlertTopics(stack, 'Alerts') };
}

const hardened = {
  command: ['node', 'server.js'],
  environment: { NODE_ENV: 'production' },
  writablePaths: ['/tmp', '/app/.cache'],
  user: '1000:1000',
  cpu: 1024,
  memory: Size.gibibytes(2),
  architecture: CpuArchitecture.X86_64,
  stopTimeout: Duration.seconds(60),
};

export const compute: ConstructCases = {
  StorefrontService: {
    minimal: (stack) =>
      new StorefrontService(stack, 'Shop', {
        network: existingNetwork(stack),
        certificate: certificateOf(stack),
        image,
        port: 9000,
      }),
    loaded: (stack) => {
      const common = { ...shared(stack), ...hardened };
      const cache = new PullThroughCache(stack, 'Cache');
      const repository = new ImageRepository(stack, 'Images');
      const migrations = new StorefrontJob(stack, 'Migrations', { ...common, image });
      const search = new StorefrontJob(stack, 'Search', { ...common, image });
      const shop = new StorefrontService(stack, 'Shop', {
        ...common,
        certificate: certificateOf(stack),
        image: ShopImage.fromRepository(repository.repository, DIGEST),
        helperImage: ShopImage.nginx(cache),
        port: 80,
        secrets: { DATABASE_URL: TaskSecret.field(secretOf(stack), 'url') },
        tls: TaskTls.sidecar(),
        health: { path: '/health', healthyHttpCodes: '200', gracePeriod: Duration.minutes(3) },
        scaling: { min: 3, max: 12, cpuPercent: 50, requestsPerTask: 2000 },
        before: [migrations, search],
        accessLogs: new LogStore(stack, 'AccessLogs'),
        originFacingPrefixListId: 'pl-1',
      });
      shop.addEnvironment('DATABASE_HOST', 'db.acme.example');
      shop.addSecret('CACHE_URL', TaskSecret.field(secretOf(stack, 'Sessions'), 'url'));
      shop.mount('/app/uploads', { fileSystemId: 'fs-1', accessPointId: 'fsap-1' });
      shop.redeployWhenRotated(secretOf(stack, 'Gateway'));
    },
  },
  StorefrontWorker: {
    minimal: (stack) => new StorefrontWorker(stack, 'Worker', { network: existingNetwork(stack), image }),
    loaded: (stack) => {
      const common = { ...shared(stack), ...hardened };
      const secrets = { DATABASE_URL: TaskSecret.whole(secretOf(stack)) };
      const before = [new StorefrontJob(stack, 'Migrations', { ...common, image })];
      new StorefrontWorker(stack, 'Worker', { ...common, image, secrets, before, scaling: { min: 2, max: 4 } });
    },
  },
  StorefrontJob: {
    minimal: (stack) => new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image }),
    loaded: (stack) => {
      const schedule = ScheduleExpression.cron({ minute: '15', hour: '3', timeZone: TimeZone.ASIA_MANILA });
      const secrets = { DATABASE_URL: TaskSecret.field(secretOf(stack), 'url') };
      new StorefrontJob(stack, 'Job', { ...shared(stack), ...hardened, image, secrets, schedule });
    },
  },
  StorefrontCluster: {
    minimal: (stack) => new StorefrontCluster(stack, 'Cluster', { network: existingNetwork(stack) }),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
      new StorefrontCluster(stack, 'Cluster', { network: existingNetwork(stack), key });
    },
  },
  JobLedger: {
    minimal: (stack) => {
      const network = existingNetwork(stack);
      const runnable = { Worker: new StorefrontWorker(stack, 'Worker', { network, image }) };
      new JobLedger(stack, 'Jobs', { network, runnable });
    },
    loaded: (stack) => {
      const common = { ...shared(stack), ...hardened };
      const worker = new StorefrontWorker(stack, 'Worker', { ...common, image });
      const migrations = new StorefrontJob(stack, 'Migrations', { ...common, image });
      const jobs = new JobLedger(stack, 'Jobs', { ...common, runnable: { Worker: worker, Migrations: migrations } });
      jobs.grantRun(new Role(stack, 'Support', { assumedBy: new AccountRootPrincipal() }));
    },
  },
  ImageRepository: {
    minimal: (stack) => new ImageRepository(stack, 'Images'),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
      new ImageRepository(stack, 'Images', { key });
    },
  },
  PullThroughCache: {
    minimal: (stack) => new PullThroughCache(stack, 'Cache'),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
      const credentials = secretOf(stack, 'ecr-pullthroughcache/hub');
      const cache = new PullThroughCache(stack, 'Cache', { upstream: UpstreamRegistry.dockerHub(credentials), key });
      const cached = ShopImage.pulledThrough(cache, 'acme/shop', DIGEST);
      new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image: cached });
    },
  },
};

const serviceOf = (stack: Stack): StorefrontServiceProps => ({
  network: existingNetwork(stack),
  certificate: certificateOf(stack),
  image,
  port: 9000,
});

export const computeWaivers: WaiverCases = {
  'load-balancer.deletion-protection': {
    build: (stack, withoutDeletionProtection) =>
      new StorefrontService(stack, 'Shop', { ...serviceOf(stack), withoutDeletionProtection }),
    protects: (template) =>
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
        LoadBalancerAttributes: Match.arrayWith([{ Key: 'deletion_protection.enabled', Value: 'true' }]),
      }),
  },
  'shop-image.digest': {
    build: (stack, waiver) => {
      const tagged = waiver && ShopImage.byTag('public.ecr.aws/acme/shop:latest', waiver);
      new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image: tagged ?? image });
    },
    protects: (template) => shopContainer(template, { Image: Match.stringLikeRegexp('@sha256:[0-9a-f]{64}$') }),
  },
  'storefront-service.second-zone': {
    build: (stack, withoutSecondZone) =>
      new StorefrontService(stack, 'Shop', { ...serviceOf(stack), withoutSecondZone }),
    protects: (template) =>
      template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2 }),
  },
  'workload.read-only-root': {
    build: (stack, withoutReadOnlyRoot) =>
      new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image, withoutReadOnlyRoot }),
    protects: (template) => shopContainer(template, { ReadonlyRootFilesystem: true }),
  },
  'workload.unprivileged-user': {
    build: (stack, withoutUnprivilegedUser) =>
      new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image, withoutUnprivilegedUser }),
    protects: (template) =>
      shopContainer(template, {
        User: '10001:10001',
        LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
      }),
  },
};

function shopContainer(template: Template, properties: object): void {
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([Match.objectLike({ Name: 'shop', ...properties })]),
  });
}
