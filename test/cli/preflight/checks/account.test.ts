import { rmSync } from 'node:fs';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import medusa from '../../../../config/medusa';
import { defineStore } from '../../../../lib/app';
import { assemblyOf } from '../../../support/assembly';
import { absent, json, regions, stacks } from '../../../support/aws-recordings';
import { type Recordings } from '../../../support/aws-server';
import { expectAnswer, type Case } from '../../../support/preflight';

const store = defineStore({ ...medusa, packs: [] });
const sending = assemblyOf({ acme: store }, ({ acme }) => {
  new CfnEmailIdentity(acme.application, 'Mail', { emailIdentity: 'acme.example' });
});
const reserving = assemblyOf({ acme: store }, ({ acme }) => {
  const functions = acme.access.node.findAll().filter((child) => child instanceof CfnFunction);
  functions[0].reservedConcurrentExecutions = 5;
});

afterAll(() => [sending, reserving].forEach((directory) => rmSync(directory, { recursive: true })));

const quota = (value: number, adjustable = true): Recordings => ({
  GetServiceQuota: json({ Quota: { Value: value, Adjustable: adjustable } }),
});
const trail = (status: object, selectors: object): Recordings => ({
  GetTrailStatus: json(status),
  GetEventSelectors: json(selectors),
});
const nobodyRecords =
  'No trail records management events: nobody hears of tampering with a key or of a failed rotation.';

const CASES: Readonly<Record<string, Case>> = {
  'a Region that is switched off': {
    check: 'region',
    subject: 'ap-southeast-1',
    recordings: { DescribeRegions: regions('not-opted-in') },
    verdict: 'failure',
    seen: 'Not switched on.',
    repair: 'aws account enable-region --region-name ap-southeast-1',
  },
  'a Region that was switched on': {
    check: 'region',
    subject: 'ap-southeast-1',
    recordings: { DescribeRegions: regions('opted-in') },
    verdict: 'ok',
    seen: 'Switched on.',
  },
  'a Region that is not bootstrapped': {
    check: 'bootstrap',
    recordings: { GetParameter: absent('ParameterNotFound', 400) },
    verdict: 'failure',
    seen: 'This Region is not bootstrapped.',
    repair: 'npx cdk bootstrap --app ',
  },
  'a bootstrap that is too old': {
    check: 'bootstrap',
    recordings: { GetParameter: json({ Parameter: { Value: '5' } }) },
    verdict: 'failure',
    seen: 'Version 5; version 6 or later is needed.',
    repair: 'npx cdk bootstrap --app ',
  },
  'a stack that is there': {
    check: 'stack',
    subject: 'commerce-account',
    recordings: { DescribeStacks: stacks({ 'commerce-account': 'CREATE_COMPLETE' }) },
    verdict: 'ok',
    seen: 'CREATE_COMPLETE: shared with other stores of the account.',
  },
  'a stack whose roll-back failed': {
    check: 'stack',
    subject: 'acme-production-data',
    recordings: { DescribeStacks: stacks({ 'acme-production-data': 'ROLLBACK_FAILED' }) },
    verdict: 'failure',
    seen: 'ROLLBACK_FAILED: it has to go before it can be made anew.',
    repair: 'aws cloudformation describe-stack-events --region ap-southeast-1 --stack-name acme-production-data',
  },
  'a stack whose update could not be rolled back': {
    check: 'stack',
    subject: 'acme-production-data',
    recordings: { DescribeStacks: stacks({ 'acme-production-data': 'UPDATE_ROLLBACK_FAILED' }) },
    verdict: 'failure',
    seen: 'UPDATE_ROLLBACK_FAILED: no deployment starts from it.',
    repair: 'npx cdk rollback acme-production/Data',
  },
  'a stack that somebody deploys': {
    check: 'stack',
    subject: 'acme-production-data',
    recordings: { DescribeStacks: stacks({ 'acme-production-data': 'UPDATE_IN_PROGRESS' }) },
    verdict: 'warning',
    seen: 'UPDATE_IN_PROGRESS: somebody is at work on it.',
    repair: 'aws cloudformation describe-stack-events',
  },
  'a quota that is used up': {
    check: 'quota',
    subject: 'VPCs',
    recordings: quota(1),
    verdict: 'failure',
    seen: '1 needed, 1 in use, 1 allowed.',
    repair: '--region ap-southeast-1 --service-code vpc --quota-code L-F678F1CE --desired-value 2',
  },
  'a quota that AWS does not raise': {
    check: 'quota',
    subject: 'CloudFront cache policies',
    recordings: quota(1, false),
    verdict: 'failure',
    seen: '2 needed, 0 in use, 1 allowed.',
    repair: 'AWS does not raise it: delete some of the CloudFront cache policies that nobody uses.',
  },
  'a quota that nobody ever asked to raise': {
    check: 'quota',
    subject: 'VPCs',
    recordings: { GetServiceQuota: absent('NoSuchResourceException', 400) },
    verdict: 'ok',
    seen: '1 needed, 1 in use, 5 allowed.',
  },
  'addresses of a regional NAT gateway': {
    check: 'quota',
    subject: 'Elastic IP addresses',
    recordings: quota(2),
    verdict: 'warning',
    seen: '3 needed, 0 in use, 2 allowed.',
    repair: '--service-code ec2 --quota-code L-0263D0A3 --desired-value 3',
  },
  'too few processors for a rollout': {
    check: 'quota',
    subject: 'Fargate processors',
    recordings: quota(6),
    verdict: 'failure',
    seen: '8 needed, not counting what else runs, 6 allowed.',
    repair: '--service-code fargate --quota-code L-3032A538 --desired-value 8',
  },
  'ten resource policies of CloudWatch Logs': {
    check: 'quota',
    subject: 'CloudWatch Logs resource policies',
    recordings: {
      DescribeResourcePolicies: json({
        resourcePolicies: Array.from({ length: 10 }, (_, index) => ({ policyName: `policy-${index}` })),
      }),
    },
    verdict: 'failure',
    seen: '1 needed, 10 in use, 10 allowed.',
    repair: 'AWS does not raise it',
  },
  'what is there already': {
    check: 'quota',
    subject: 'VPCs',
    recordings: { ...quota(1), DescribeStacks: stacks({ 'acme-production-foundation': 'UPDATE_COMPLETE' }) },
    verdict: 'ok',
    seen: 'All that the store takes is there.',
  },
  'a new account, in which ten functions run at once': {
    check: 'quota',
    subject: 'Lambda concurrent executions',
    recordings: { GetAccountSettings: json({ AccountLimit: { ConcurrentExecutions: 10 } }) },
    verdict: 'warning',
    seen: '10 at once, for all functions of the Region. Rotations and rollouts may be throttled.',
    repair: '--service-code lambda --quota-code L-B99A9384 --desired-value 1000',
  },
  'a service-linked role that is not there': {
    check: 'service-linked role',
    subject: 'AWSServiceRoleForECS',
    recordings: { GetRole: absent('NoSuchEntity') },
    verdict: 'warning',
    seen: 'Not there yet. The service makes it, and a first deployment may be faster than that.',
    repair: 'aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
  },
  'a kind of resource that AWS Backup leaves out': {
    check: 'backup',
    subject: 'Aurora',
    recordings: { DescribeRegionSettings: json({ ResourceTypeOptInPreference: { Aurora: false, S3: true } }) },
    verdict: 'warning',
    seen: 'Switched off: a plan backs up and copies nothing of this kind, and says nothing.',
    repair: 'aws backup update-region-settings --region ap-',
  },
  'the sandbox of SES': {
    check: 'mail',
    recordings: { GetAccount: json({ ProductionAccessEnabled: false, EnforcementStatus: 'HEALTHY' }) },
    verdict: 'warning',
    seen: 'In the sandbox: no customer gets an order confirmation.',
    repair: 'aws sesv2 put-account-details --region ap-southeast-1 --production-access-enabled',
  },
  'an account that SES holds': {
    check: 'mail',
    recordings: { GetAccount: json({ ProductionAccessEnabled: true, EnforcementStatus: 'PROBATION' }) },
    verdict: 'warning',
    seen: 'SES holds the account under PROBATION: mail may be stopped.',
    repair: 'aws sesv2 get-account',
  },
  'no trail': {
    check: 'trail',
    recordings: { DescribeTrails: json({ trailList: [] }) },
    verdict: 'warning',
    seen: nobodyRecords,
    repair: 'aws cloudtrail create-trail --region ap-southeast-1',
  },
  'a trail that was stopped': {
    check: 'trail',
    recordings: trail(
      { IsLogging: false },
      { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] },
    ),
    verdict: 'warning',
    seen: nobodyRecords,
    repair: 'aws cloudtrail create-trail',
  },
  'a trail of reading alone': {
    check: 'trail',
    recordings: trail(
      { IsLogging: true },
      { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] },
    ),
    verdict: 'warning',
    seen: nobodyRecords,
    repair: 'aws cloudtrail create-trail',
  },
  'a trail with advanced selectors': {
    check: 'trail',
    recordings: trail(
      { IsLogging: true },
      { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }] },
    ),
    verdict: 'ok',
    seen: 'Recorded by management.',
  },
};

test.each(Object.entries(CASES))('%s', (_, wanted) => expectAnswer(sending, wanted));

test('a new account, and a function that reserves concurrency', () =>
  expectAnswer(reserving, {
    check: 'quota',
    subject: 'Lambda concurrent executions',
    recordings: { GetAccountSettings: json({ AccountLimit: { ConcurrentExecutions: 10 } }) },
    verdict: 'failure',
    seen: '10 at once, for all functions of the Region. The store reserves some, and AWS leaves 100 unreserved.',
    repair: '--service-code lambda',
  }));
