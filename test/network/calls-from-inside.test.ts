import { Template } from 'aws-cdk-lib/assertions';
import { COMPLETE_ENDPOINTS, publicAwsNames } from '../../lib/network/aws-names';
import { CONSTRUCTS } from '../cases';
import { codeOf } from '../support/built-handlers';
import { foreignStack } from '../support/stack';

/** Clients of these services look for credentials on a developer's machine; in Lambda none of them is called. */
const FOR_DEVELOPERS = ['oidc', 'portal.sso', 'signin'];

interface VpcFunction {
  readonly Properties: { readonly Handler: string; readonly VpcConfig?: object };
}

/** Handlers that some construct places inside the VPC. */
const insideVpc = new Set(
  Object.values(CONSTRUCTS).flatMap(({ loaded }) => {
    const stack = foreignStack();
    loaded(stack);
    const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')) as VpcFunction[];
    return functions
      .filter(({ Properties }) => Properties.VpcConfig !== undefined)
      .map(({ Properties }) => Properties.Handler.replace(/\.handler$/, ''));
  }),
);

/** The services whose clients a bundle holds, by the host names of their endpoint rules. */
function servicesCalledBy(handler: string): string[] {
  const hosts = [...codeOf(handler).matchAll(/https:\/\/([a-z0-9.-]+)\.\{Region\}/g)].map(([, host]) => host);
  const services = hosts.map((host) => (/^s3\b/.test(host) ? 's3' : host));
  return [...new Set(services)].filter((host) => !host.endsWith('-fips') && !FOR_DEVELOPERS.includes(host));
}

/** Reached through a gateway endpoint, which every network has. */
const THROUGH_GATEWAY = ['s3', 'dynamodb'];

test('the functions inside the VPC are known', () => {
  expect(insideVpc).toContain('rotate-cache-password');
  expect(insideVpc).toContain('declare-postgresql-logins');
});

const calls = [...insideVpc].flatMap((handler) =>
  servicesCalledBy(handler).map((service) => [handler, service] as const),
);

test.each(calls)('%s finds %s by name, and through an endpoint where all are made', (_, service) => {
  const names = publicAwsNames(foreignStack()).filter((name) => name.startsWith(`${service}.`));
  expect(names).toHaveLength(1);
  expect([...COMPLETE_ENDPOINTS, ...THROUGH_GATEWAY]).toContain(service);
});
