import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { FileSystem } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { COMPLETE_ENDPOINTS, publicAwsNames } from '../../lib/network/aws-names';
import { CONSTRUCTS } from '../cases';
import { foreignStack } from '../support/stack';

const HANDLERS = path.join(__dirname, '../../assets/handlers');

/** Clients of these services look for credentials on a developer's machine; in Lambda none of them is called. */
const FOR_DEVELOPERS = ['oidc', 'portal.sso', 'signin'];

/** Names of handlers by the digest under which CDK uploads them. */
const handlerOf = new Map(
  readdirSync(HANDLERS).map((name) => [`${FileSystem.fingerprint(path.join(HANDLERS, name, 'index.zip'))}.zip`, name]),
);

interface VpcFunction {
  readonly Properties: { readonly Code: { readonly S3Key: string }; readonly VpcConfig?: object };
}

/** Handlers that some construct places inside the VPC. */
const insideVpc = new Set(
  Object.values(CONSTRUCTS).flatMap(({ loaded }) => {
    const stack = foreignStack();
    loaded(stack);
    const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')) as VpcFunction[];
    return functions
      .filter(({ Properties }) => Properties.VpcConfig !== undefined)
      .map(({ Properties }) => handlerOf.get(Properties.Code.S3Key));
  }),
);

/** The services whose clients a bundle holds, by the host names of their endpoint rules. */
function servicesCalledBy(handler: string): string[] {
  const bundle = readFileSync(path.join(HANDLERS, handler, 'index.mjs'), 'utf8');
  const hosts = [...bundle.matchAll(/https:\/\/([a-z0-9.-]+)\.\{Region\}/g)].map(([, host]) => host);
  const services = hosts.map((host) => (/^s3\b/.test(host) ? 's3' : host));
  return [...new Set(services)].filter((host) => !host.endsWith('-fips') && !FOR_DEVELOPERS.includes(host));
}

/** Reached through a gateway endpoint, which every network has. */
const THROUGH_GATEWAY = ['s3', 'dynamodb'];

test('the functions inside the VPC are known', () => {
  expect(insideVpc).toContain('rotate-cache-password');
  expect(insideVpc).toContain('declare-postgresql-logins');
  expect(insideVpc).not.toContain(undefined);
});

const calls = [...insideVpc]
  .filter((name) => name !== undefined)
  .flatMap((handler) => servicesCalledBy(handler).map((service) => [handler, service] as const));

test.each(calls)('%s finds %s by name, and through an endpoint where all are made', (_, service) => {
  const names = publicAwsNames(foreignStack()).filter((name) => name.startsWith(`${service}.`));
  expect(names).toHaveLength(1);
  expect([...COMPLETE_ENDPOINTS, ...THROUGH_GATEWAY]).toContain(service);
});
