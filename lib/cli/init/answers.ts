import type * as z from 'zod';
import { account, email, environment, isPrincipal, region, storeId, storeName, tier } from '../../app/plain-shapes';
import { oneOf, problemsOf, text } from '../../app/schema';
import type { Problem } from '../../core/errors';

/** The shops that there are profiles for. */
export const APPLICATIONS = ['medusa', 'woocommerce', 'container'] as const;

const host = text(
  (input) => input.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(input),
  {
    code: 'HostMalformed',
    bound: 'be a host name in lower case, like shop.acme.example',
    remedy: 'Write it without "https://" and without a path.',
  },
);

/** What each question is answered with. */
const SHAPES = {
  id: storeId,
  environment,
  name: storeName,
  tier,
  account,
  region,
  offsiteRegion: region,
  host,
  zoneId: text((input) => /^Z[A-Z0-9]{1,31}$/.test(input), {
    code: 'HostedZoneIdInvalid',
    bound: 'be the id of a hosted zone: Z and up to 31 capital letters and digits',
    remedy: 'Copy it from the zone\'s details in Route 53, without "/hostedzone/".',
  }),
  zoneName: host,
  application: oneOf(APPLICATIONS, { code: 'ApplicationMissing', remedy: 'Choose container for anything else.' }),
  image: text((input) => /^[\w.\-/:@]+$/.test(input), {
    code: 'ImageMalformed',
    bound: 'name an image, best by its digest',
    remedy: 'Write <repository>@sha256:…, or sha256:… alone for an image in the repository that the store creates.',
  }),
  administrator: text(isPrincipal, {
    code: 'AdministratorMissing',
    bound: 'be the ARN of an IAM role or user',
    remedy: 'Name whoever may disable or delete the keys: arn:aws:iam::111122223333:role/platform.',
  }),
  securityContact: email,
} as const satisfies Readonly<Record<string, z.ZodType<string>>>;

/** What is asked. */
export type AnswerName = keyof typeof SHAPES;

/** What is known of a store before anything is written. */
export type Answers = Readonly<Record<AnswerName, string>>;

/** The question behind each answer, in the order in which they are asked. */
export const QUESTIONS: Readonly<Record<AnswerName, string>> = {
  id: 'Short name of the shop (it can never be changed)',
  environment: 'What the store is for',
  name: 'Name that people know the shop by',
  tier: 'What it costs and proves',
  account: 'AWS account, twelve digits',
  region: 'Region in which it runs',
  offsiteRegion: 'Another Region, for what is needed after the loss of the first',
  host: 'Host of the shop',
  zoneName: 'Hosted zone in Route 53 that the host is in',
  zoneId: 'Id of that zone',
  application: 'The shop',
  image: 'Its image, best by digest',
  administrator: 'ARN of the IAM role or user that may disable or delete keys',
  securityContact: 'Address for security findings',
};

/** What there is to choose from. */
export const CHOICES: Readonly<Partial<Record<AnswerName, readonly string[]>>> = {
  environment: ['production', 'staging'],
  tier: ['starter', 'standard', 'regulated'],
  application: APPLICATIONS,
};

/** What most people answer, after `given`. Nothing where nobody can guess. */
export function suggestion(name: AnswerName, given: Partial<Answers>): string | undefined {
  switch (name) {
    case 'environment':
      return 'production';
    case 'tier':
      return 'standard';
    case 'application':
      return 'medusa';
    case 'zoneName':
      // The zone of shop.acme.example is acme.example; that of acme.example is itself.
      return given.host?.replace(/^[^.]+\.(?=[^.]+\.)/, '');
    default:
      return undefined;
  }
}

/** What is wrong with one answer, in the words of the configuration. */
export function problemOf(name: AnswerName, answer: string): Problem | undefined {
  const [problem] = problemsOf(SHAPES[name], answer);
  return problem && { ...problem, property: flagOf(name) };
}

/** Everything that is wrong: a missing answer, a wrong one, and those that do not fit together. */
export function problemsIn(given: Partial<Answers>): Problem[] {
  const names = Object.keys(SHAPES) as AnswerName[];
  const alone = names.flatMap((name) =>
    problemsOf(SHAPES[name], given[name]).map((problem) => ({ ...problem, property: flagOf(name) })),
  );
  return [...alone, ...together(given)];
}

function together({ region: home, offsiteRegion, host: shop, zoneName }: Partial<Answers>): Problem[] {
  const regions = {
    code: 'OffsiteInHomeRegion',
    property: flagOf('offsiteRegion'),
    value: offsiteRegion,
    bound: `be another Region than ${String(home)}`,
    remedy: 'Choose one that is not lost with the first.',
  };
  const zone = {
    code: 'HostOutsideZone',
    property: flagOf('host'),
    value: shop,
    bound: `be ${String(zoneName)} or end with .${String(zoneName)}`,
    remedy: 'Name the zone this host is in.',
  };
  const isInZone = shop === undefined || zoneName === undefined || shop === zoneName || shop.endsWith(`.${zoneName}`);
  return [...(home !== undefined && home === offsiteRegion ? [regions] : []), ...(isInZone ? [] : [zone])];
}

/** `--offsite-region` for `offsiteRegion`. */
export function flagOf(name: AnswerName): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
