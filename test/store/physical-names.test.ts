import { type App } from 'aws-cdk-lib';
import { Dns } from '../../lib';
import { type DefinedStore } from '../../lib/app';
import { appOf, storeOf } from '../support/stores';
import { copyOf } from '../support/staging';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;
}

/** Properties by which AWS knows a resource, where CloudFormation would otherwise make a name up. */
const NAME = /(Name|Identifier|UserId|UserGroupId|Prefix)$/;

/** For people; of something else, such as a service of AWS or what is restored; or unique inside their parent only. */
const NO_NAMES = [
  'SnapshotIdentifier',
  'DisplayName',
  'ServiceName',
  'MetricName',
  'CACertificateIdentifier',
  'DatabaseName',
  'UserName',
];

/** Names as CloudFormation reads them: type, name, and the account and Region in which it has to be unique. */
function namesIn(app: App): string[] {
  return app.synth().stacks.flatMap((stack) =>
    Object.values((stack.template as Template).Resources)
      .filter(({ Type }) => Type !== 'AWS::Route53::RecordSet')
      .flatMap(({ Type, Properties = {} }) =>
        Object.entries({ ...Properties, ...nestedConfig(Properties) })
          .filter(([key, value]) => NAME.test(key) && !NO_NAMES.includes(key) && typeof value === 'string')
          .map(([key, value]) => `${Type} ${key} ${String(value)} in ${stack.environment.name}`),
      ),
  );
}

/** CloudFront keeps names one level down: `CachePolicyConfig.Name`. */
function nestedConfig(properties: object): object {
  return Object.assign(
    {},
    ...Object.entries(properties)
      .filter(([key]) => key.endsWith('Config'))
      .map(([, config]) => config as object),
  ) as object;
}

/** The tier that has the most to name. */
function regulated(id: string, environment: 'production'): DefinedStore {
  const zone = `${environment}.${id}.example`;
  const dns = Dns.route53({ hosts: [`shop.${zone}`], hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: zone });
  return storeOf({ id, environment, dns, tier: 'regulated' });
}

/** Built as a merchant builds it, with every part that only a rehearsal has. */
function rehearsed(production: DefinedStore): DefinedStore {
  const zone = `rehearsal.${production.id}.example`;
  const dns = Dns.route53({ hosts: [`shop.${zone}`], hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: zone });
  return copyOf(production, { dns, tier: 'regulated' });
}

test('two shops and two environments in one account share no physical name', () => {
  const names = namesIn(
    appOf({
      one: regulated('acme', 'production'),
      two: rehearsed(regulated('acme', 'production')),
      three: regulated('beta', 'production'),
      four: rehearsed(regulated('beta', 'production')),
    }),
  );
  // Were nothing found, nothing would be compared.
  expect(new Set(names).size).toBeGreaterThan(4 * 10);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});
