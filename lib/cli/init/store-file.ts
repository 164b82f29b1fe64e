import type { Answers } from './answers';

/** The configuration of a store, as a merchant would write it. */
export function storeFile(answers: Answers): string {
  const { id, environment, name, tier, account, region, offsiteRegion, host, zoneId, zoneName } = answers;
  const { application, image, administrator, securityContact } = answers;
  const { names, lines } = application === 'container' ? CONTAINER : { names: [], lines: [] };
  return [
    `import { ${['Application', 'Dns', ...names].join(', ')} } from 'cdk-commerce-baseline';`,
    "import { defineStore } from 'cdk-commerce-baseline/app';",
    '',
    'export default defineStore({',
    `  id: ${literal(id)},`,
    `  environment: ${literal(environment)},`,
    `  name: ${literal(name)},`,
    `  tier: ${literal(tier)},`,
    '  dns: Dns.route53({',
    `    hosts: [${literal(host)}],`,
    `    hostedZoneId: ${literal(zoneId)},`,
    `    zoneName: ${literal(zoneName)},`,
    '  }),',
    `  workload: { account: ${literal(account)}, region: ${literal(region)} },`,
    `  offsite: { region: ${literal(offsiteRegion)} },`,
    `  application: Application.${application}({`,
    `    image: ${literal(image)},`,
    ...lines,
    '  }),',
    `  administrators: [${literal(administrator)}],`,
    `  contacts: { security: ${literal(securityContact)} },`,
    '});',
    '',
  ].join('\n');
}

/** What only the image knows. Most listen there, and know no login by IAM. */
const CONTAINER = {
  names: ['LoginMethod', 'SqlDialect'],
  lines: [
    '    port: 8080,',
    '    database: { dialect: SqlDialect.POSTGRESQL, login: LoginMethod.PASSWORD },',
    '    cache: { login: LoginMethod.PASSWORD },',
  ],
};

/** `text` as a literal, whatever is in it. */
function literal(text: string): string {
  return /^[^'\\\p{C}]*$/u.test(text) ? `'${text}'` : JSON.stringify(text);
}
