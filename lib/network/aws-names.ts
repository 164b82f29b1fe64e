import { Aws, Fn, type Stack } from 'aws-cdk-lib';

/**
 * The services of AWS whose names the DNS allow-list holds, `<name>.<region>.amazonaws.com`: those that a shop's own
 * code, or code of this library inside the VPC, calls. `*` stands for what the account chose.
 */
const PUBLIC_HOSTS = [
  // Images, and what a task writes and reads while it starts.
  'api.ecr',
  '*.dkr.ecr',
  'logs',
  'secretsmanager',
  'kms',
  // What a shop's code calls.
  'sts',
  'ssm',
  'monitoring',
  'xray',
  'sqs',
  'sns',
  'events',
  // What the functions call that rotate passwords, besides Secrets Manager.
  'elasticache',
  'email',
  'cognito-idp',
  's3',
  '*.s3',
  'dynamodb',
];

/** Endpoints for what passes secrets, keys, logs and images: the ones worth their price first. */
export const STANDARD_ENDPOINTS = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'kms'];

/** Endpoints for every service of `PUBLIC_HOSTS` but mail and user pools, which AWS does not offer in every Region. */
export const COMPLETE_ENDPOINTS = [
  ...STANDARD_ENDPOINTS,
  'sts',
  'ssm',
  'monitoring',
  'xray',
  'sqs',
  'sns',
  'events',
  'elasticache',
];

/** Names of AWS that answer with public addresses: what passes the address translation. */
export function publicAwsNames({ region }: Stack): string[] {
  return PUBLIC_HOSTS.map((host) => `${host}.${region}.${Aws.URL_SUFFIX}`);
}

/**
 * Names of AWS that answer with addresses inside the VPC: databases, file systems, caches, the network's own interfaces.
 * And the bucket to which a function in the VPC answers CloudFormation, in the two older forms in which it is named.
 */
export function innerAwsNames({ region }: Stack): string[] {
  const answers = customResourceBucket(region);
  return [
    `*.${region}.rds.${Aws.URL_SUFFIX}`,
    `*.efs.${region}.${Aws.URL_SUFFIX}`,
    `*.cache.${Aws.URL_SUFFIX}`,
    '*.compute.internal',
    '*.ec2.internal',
    `${answers}.s3-${region}.${Aws.URL_SUFFIX}`,
    `${answers}.s3.${Aws.URL_SUFFIX}`,
  ];
}

/** The bucket of AWS's to which custom resources answer: its name holds the Region without hyphens. */
export function customResourceBucket(region: string): string {
  return `cloudformation-custom-resource-response-${Fn.join('', Fn.split('-', region))}`;
}
