import type { Problems } from '../core/errors';
import { StoreEnvironment } from '../core/identity';
import type { Waiver } from '../core/waiver';
import type { DatabaseSource } from '../data/database-source';
import type { MaskingPolicy } from '../data/masking-policy';

/** What only a store in staging can choose. */
export interface StagingChoices {
  /**
   * Why the whole store may go when its stacks go: data with its backups, keys, logs, images. Nothing of it is then
   * protected against deletion.
   *
   * @default - as in production, what holds data stays
   */
  readonly disposable?: Waiver;

  /**
   * What is masked in data that comes from elsewhere, before the shop is deployed on it. A database of which the source
   * is a snapshot or a moment of another one is refused without.
   *
   * @default - nothing comes from elsewhere
   */
  readonly masking?: MaskingPolicy;

  /**
   * Raise it by one to have another password for the login of visitors.
   *
   * @default 1
   */
  readonly loginGeneration?: number;

  /**
   * Gives up the login of visitors: whoever knows the host sees the shop.
   *
   * @default - visitors log in
   */
  readonly withoutLogin?: Waiver;
}

const REMEDIES: Readonly<Record<keyof StagingChoices, string>> = {
  disposable: 'Remove it: what production holds outlives its stacks.',
  masking: 'Remove it: masking would destroy what production knows of its customers.',
  loginGeneration: 'Remove it: the shop of production is open to everybody.',
  withoutLogin: 'Remove it: the shop of production is open to everybody.',
};

/** Refuses in another environment than staging what only staging can choose. */
export function requireStaging(problems: Problems, environment: string, given: object): void {
  if (environment === String(StoreEnvironment.STAGING)) {
    return;
  }
  for (const [property, remedy] of Object.entries(REMEDIES)) {
    problems.require((given as Record<string, unknown>)[property] === undefined, {
      code: 'StagingOnly',
      property,
      value: environment,
      bound: 'be left out of every environment but staging',
      remedy,
    });
  }
}

/** Refuses what cannot be chosen in staging, first of all data that nobody masks. */
export function requireStagingChoices(
  problems: Problems,
  choices: StagingChoices,
  source: DatabaseSource | undefined,
): void {
  const { masking, loginGeneration = 1 } = choices;
  problems.require(masking !== undefined || source === undefined || !source._isCopy, {
    code: 'MaskingMissing',
    property: 'masking',
    value: masking,
    bound: 'say what is masked, where the data of staging is a copy of another database',
    remedy: 'Write masking: MaskingPolicy.medusa() or .woocommerce(), or start with DatabaseSource.empty().',
  });
  problems.require(Number.isInteger(loginGeneration) && loginGeneration >= 1, {
    code: 'GenerationInvalid',
    property: 'loginGeneration',
    value: loginGeneration,
    bound: 'be a whole number from 1',
    remedy: 'Raise it by one for another password; it never goes back.',
  });
}
