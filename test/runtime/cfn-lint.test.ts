import { spawnSync } from 'node:child_process';
import { App } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import demo from '../../config/demo';
import medusa from '../../config/medusa';
import { buildStores, type DefinedStore } from '../../lib/app';
import { APPLICATIONS, storeOf } from '../support/stores';
import { TODAY } from '../support/stack';

const STORES = {
  demo,
  medusa,
  mysql: storeOf({ tier: 'starter', application: APPLICATIONS.woocommerce }),
};

/** What cfn-lint says of a right template: by its rule, the end of what it says, and why it is right. */
const EXPLAINED = [
  {
    rule: 'W3005',
    says: /^'.+' dependency already enforced by a '(GetAtt|Ref)' at/,
    why: 'CDK says twice what comes first.',
  },
  {
    rule: 'W6001',
    says: /is an import from another output$/,
    why: 'The output is the address of a job, for who runs it: its subnets stand in it, wherever they were made.',
  },
  {
    rule: 'E3002',
    says: /\('Route53ResolvedIPValidation' was unexpected\)$/,
    why: 'Newer than the schema of cfn-lint.',
  },
  { rule: 'E3030', says: /^'AWS_ROUTE_53_RESOLVED_DOMAIN' is not one of/, why: 'Newer than the schema of cfn-lint.' },
  {
    rule: 'E3051',
    says: /^Document is not valid \('Template could not be parsed: a string or stream input is required'\)$/,
    why: 'A Change Calendar is iCalendar text, and no document of JSON or YAML.',
  },
];

interface Finding {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path?: readonly string[] };
}

/** What cfn-lint says of the templates of a store, each in the Region where it is deployed. */
function lint(store: DefinedStore): Finding[] {
  const app = new App({ context: { ...recommendedFlags, ...TODAY }, analyticsReporting: false });
  buildStores(app, { store });
  const templates = new Map<string, string[]>();
  for (const { environment, templateFullPath } of app.synth().stacks) {
    templates.set(environment.region, [...(templates.get(environment.region) ?? []), templateFullPath]);
  }
  return [...templates].flatMap(([region, files]) => {
    const options = ['--format', 'json', '--regions', region, '--', ...files];
    const { stdout, stderr, error } = spawnSync('cfn-lint', options, { encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (error !== undefined || stderr !== '') {
      throw new Error(`cfn-lint cannot be run: ${error?.message ?? stderr}`);
    }
    return JSON.parse(stdout) as Finding[];
  });
}

const isExplainedBy =
  ({ rule, says }: (typeof EXPLAINED)[number]) =>
  ({ Rule, Message }: Finding): boolean =>
    Rule.Id === rule && says.test(Message);

const said: Finding[] = [];

test.each(Object.entries(STORES))(
  'cfn-lint finds nothing in the templates of the store %s that is not explained',
  (_, store) => {
    const findings = lint(store);
    said.push(...findings);
    const unexplained = findings.filter((finding) => !EXPLAINED.some((each) => isExplainedBy(each)(finding)));
    expect(
      unexplained.map(({ Rule, Message, Location }) => `${Rule.Id} at ${Location.Path?.join('/') ?? ''}: ${Message}`),
    ).toEqual([]);
  },
  120_000,
);

test('every explanation answers to something that cfn-lint says', () => {
  expect(EXPLAINED.filter((each) => !said.some(isExplainedBy(each)))).toEqual([]);
});
