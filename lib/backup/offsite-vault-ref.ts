import { Aws, type Duration } from 'aws-cdk-lib';

/** A vault off site, as far as whoever copies into it has to know it: names alone, so that no stack refers to another. */
export interface IOffsiteVault {
  /** Name of the vault. */
  readonly vaultName: string;

  /** ARN of the vault. */
  readonly vaultArn: string;

  /** Account of the vault. */
  readonly vaultAccount: string;

  /** Region of the vault. */
  readonly vaultRegion: string;

  /** The shortest that it keeps a copy; undefined when it is not known. */
  readonly minRetention?: Duration;

  /** The longest that it keeps a copy; undefined when it is not known. */
  readonly maxRetention?: Duration;
}

/** A vault that somebody else made. */
export interface ExistingOffsiteVault {
  /** Name of the vault. */
  readonly vaultName: string;

  /** Account of the vault: twelve digits. */
  readonly account: string;

  /** Region of the vault. */
  readonly region: string;

  /**
   * The shortest that it keeps a copy.
   *
   * @default - not known: a plan that keeps copies shorter fails when it copies
   */
  readonly minRetention?: Duration;

  /**
   * The longest that it keeps a copy.
   *
   * @default - not known: a plan that keeps copies longer fails when it copies
   */
  readonly maxRetention?: Duration;
}

/** What is known of a vault that somebody else made. */
export function existingOffsiteVault({ vaultName, account, region, ...bounds }: ExistingOffsiteVault): IOffsiteVault {
  const vaultArn = `arn:${Aws.PARTITION}:backup:${region}:${account}:backup-vault:${vaultName}`;
  return { vaultName, vaultArn, vaultAccount: account, vaultRegion: region, ...bounds };
}
