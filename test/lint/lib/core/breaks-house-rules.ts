// Breaks every house rule once. Linted by test/lint/house-rules.test.ts, compiled and run by nobody.
import { Aspects, type CfnResource } from 'aws-cdk-lib/core';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import * as z from 'zod';
import { DataKey } from '../encryption/data-key';

export function breakRules(scope: Construct, resource: CfnResource): unknown {
  console.log(process.env.HOME, Date.now(), new Date());
  scope.node.setContext('key', 'value');
  Aspects.of(scope).add({ visit: () => undefined });
  const literal = 'arn:aws:s3:::bucket';
  const template = `arn:aws:s3:::${literal}`;
  const anything: any = resource instanceof CfnBucket;
  const statement = { actions: ['s3:GetObject'], resources: ['*'] };
  return [statement, z, DataKey, literal, template, anything];
}
