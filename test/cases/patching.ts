import { CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, type ICluster } from 'aws-cdk-lib/aws-ecs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  AlertTopics,
  BuildSource,
  CriticalFix,
  DataClass,
  DatabaseHold,
  DataKey,
  FindingsAge,
  Freeze,
  HealthEvents,
  ImageFreshness,
  ImageRepository,
  InspectorScanning,
  LogStore,
  PatchCalendar,
  InspectorUse,
  PatchedImagePipeline,
  VulnerabilityScanning,
  type PatchedImagePipelineProps,
} from '../../lib';
import { freshnessUnlessWaived } from '../../lib/patching/image-freshness';
import { type ConstructCases, type WaiverCases } from '../support/cases';

const evidenceIn = (stack: Stack): LogStore =>
  new LogStore(stack, 'Evidence', { key: new DataKey(stack, 'EvidenceKey', { dataClass: DataClass.LOGS }) });

/** The stack of a shop, with something in it. */
const shopOf = (stack: Stack): Stack => {
  const shop = new Stack(stack.node.root, 'Shop', { env: { account: stack.account, region: stack.region } });
  new CfnWaitConditionHandle(shop, 'Something');
  return shop;
};

/** A pipeline for the shop of another stack. */
export const pipelineIn = (stack: Stack, props: Partial<PatchedImagePipelineProps> = {}): PatchedImagePipeline =>
  new PatchedImagePipeline(stack, 'Images', {
    source: BuildSource.connection({
      connectionArn: 'arn:aws:codeconnections:eu-central-1:111122223333:connection/0123abcd',
      url: 'https://github.com/acme/shop',
    }),
    test: ['node', 'smoke.js'],
    initialDigest: `sha256:${'1'.repeat(64)}`,
    ...props,
    repository: props.repository ?? new ImageRepository(stack, 'Repository').repository,
    shop: props.shop ?? shopOf(stack),
    calendar: props.calendar ?? new PatchCalendar(stack, 'Calendar'),
    evidence: props.evidence ?? evidenceIn(stack),
  });

/** A cluster of somebody else: this is about what runs in it. */
const clusterIn = (stack: Stack): ICluster => {
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-central-1a'] });
  return Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shop', vpc });
};

export const patching: ConstructCases = {
  PatchCalendar: {
    minimal: (stack) => new PatchCalendar(stack, 'Calendar'),
    loaded: (stack) =>
      new PatchCalendar(stack, 'Calendar', {
        timeZone: 'Asia/Manila',
        freezes: [Freeze.between('2026-11-20', '2027-01-06', 'Christmas')],
        criticalFixes: [
          CriticalFix.on('2026-12-03', { because: 'CVE-2026-1234 is exploited', owner: 'platform@acme.example' }),
        ],
      }),
  },
  DatabaseHold: {
    minimal: (stack) =>
      new DatabaseHold(stack, 'Hold', { calendar: new PatchCalendar(stack, 'Calendar'), clusterIdentifier: 'orders' }),
    loaded: (stack) =>
      new DatabaseHold(stack, 'Hold', {
        calendar: new PatchCalendar(stack, 'Calendar'),
        clusterIdentifier: 'orders',
        key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }),
        alerts: new AlertTopics(stack, 'Alerts'),
      }),
  },
  FindingsAge: {
    minimal: (stack) => new FindingsAge(stack, 'Findings', { evidence: evidenceIn(stack) }),
    loaded: (stack) =>
      new FindingsAge(stack, 'Findings', {
        evidence: evidenceIn(stack),
        limits: { criticalDays: 2, highDays: 14 },
        key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }),
        alerts: new AlertTopics(stack, 'Alerts'),
      }),
  },
  ImageFreshness: {
    minimal: (stack) => new ImageFreshness(stack, 'Freshness', { cluster: clusterIn(stack) }),
    loaded: (stack) =>
      new ImageFreshness(stack, 'Freshness', {
        cluster: clusterIn(stack),
        imageDays: 14,
        limits: { criticalDays: 2, highDays: 14 },
        inspected: false,
        key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }),
        alerts: new AlertTopics(stack, 'Alerts'),
      }),
  },
  InspectorScanning: {
    minimal: (stack) => new InspectorScanning(stack, 'Inspector'),
    loaded: (stack) =>
      new InspectorScanning(stack, 'Inspector', {
        key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }),
        alerts: new AlertTopics(stack, 'Alerts'),
      }),
  },
  HealthEvents: {
    minimal: (stack) => new HealthEvents(stack, 'Health', { alerts: new AlertTopics(stack, 'Alerts') }),
    loaded: (stack) =>
      new HealthEvents(stack, 'Health', { alerts: new AlertTopics(stack, 'Alerts'), withGlobal: true }),
  },
  PatchedImagePipeline: {
    minimal: (stack) => pipelineIn(stack),
    loaded: (stack) =>
      pipelineIn(stack, {
        source: BuildSource.archive(Bucket.fromBucketName(stack, 'Sources', 'acme-sources'), 'shop/source.zip'),
        dockerfile: 'docker/Dockerfile',
        bases: [Repository.fromRepositoryName(stack, 'Bases', 'bases/node')],
        limits: { criticalDays: 2, highDays: 14 },
        key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }),
        alerts: new AlertTopics(stack, 'Alerts'),
      }),
  },
  VulnerabilityScanning: {
    minimal: (stack) => new VulnerabilityScanning(stack, 'Vulnerabilities', { evidence: evidenceIn(stack) }),
    loaded: (stack) =>
      new VulnerabilityScanning(stack, 'Vulnerabilities', {
        evidence: evidenceIn(stack),
        inspector: InspectorUse.adopt(),
        key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }),
        alerts: new AlertTopics(stack, 'Alerts'),
      }),
  },
};

export const patchingWaivers: WaiverCases = {
  'image-freshness.report': {
    build: (stack, waiver) => void freshnessUnlessWaived(stack, waiver, { cluster: clusterIn(stack) }),
    protects: (template) =>
      template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(45 5 * * ? *)' }),
  },
  'vulnerability-scanning.inspector': {
    build: (stack, waiver) => {
      const inspector = waiver && InspectorUse.off(waiver);
      new VulnerabilityScanning(stack, 'Vulnerabilities', { evidence: evidenceIn(stack), inspector });
    },
    protects: (template) => {
      template.resourceCountIs('Custom::InspectorScanning', 1);
      template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(15 5 * * ? *)' });
    },
  },
};
