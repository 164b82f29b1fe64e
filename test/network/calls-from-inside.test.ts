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
  readdirSync(HANDLERS).map((name) => [`${FileSystem.fingerprint(path.join(HANDLERS, name))}.zip`, name]),
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
  const hosts = [...bundle.matchAll(/https:\/\/([a-z.-]+)\.\{Region\}/g)].map(([, host]) => host);
  return [...new Set(hosts)].filter((host) => !host.endsWith('-fips') && !FOR_DEVELOPERS.includes(host));
}

test('the functions inside the VPC are known', () => {
  expect(insideVpc).toContain('rotate-cache-password');
  expect(insideVpc).toContain('declare-postgresql-logins');
  expect(insideVpc).not.toContain(undefined);
});

describe.each([...insideVpc].filter((name) => name !== undefined))('%s', (handler) => {
  const names = publicAwsNames(foreignStack());

  test.each(servicesCalledBy(handler))('finds %s by name, and through an endpoint where all are made', (service) => {
    expect(names.filter((name) => name.startsWith(`${service}.`))).toHaveLength(1);
    expect(COMPLETE_ENDPOINTS).toContain(service);
  });
});
