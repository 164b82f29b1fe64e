import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge';

/**
 * Rules that would make the system worse, each declined once, here, after review. The reasoning stands in
 * docs/decisions/0007-declined-rules.md; a rule that merely is inconvenient does not belong in this table.
 */
const DECLINED_RULES = {
  'AwsSolutions-ECS2':
    'Declined (decision 0007): settings belong in the task definition, where changing one is a deployment that can be rolled back. Secrets do not: a name or value that looks like one is refused.',
  LambdaConcurrency:
    'Declined (decision 0007): reserving concurrency takes it from every other function, and fails to deploy in an account whose limit is still the initial 10.',
  LambdaInsideVPC:
    'Declined (decision 0007): this function calls AWS APIs alone; a VPC would add a network path to the data and need an endpoint or NAT to work.',
  S3BucketReplicationEnabled:
    'Declined (decision 0007): replication carries a deletion or an overwrite to the copy within minutes. Versions and locks guard against those, and copies off site are made by backups.',
} as const satisfies Record<string, string>;

/** A rule of the table. */
export type DeclinedRule = keyof typeof DECLINED_RULES;

/** Acknowledges findings of `rules` on `construct` with the reviewed reason for which each is declined. */
export function decline(construct: IConstruct, ...rules: readonly DeclinedRule[]): void {
  for (const rule of rules) {
    acknowledge(construct, { rules: [rule], because: DECLINED_RULES[rule] });
  }
}

/** The table, for the test that holds it against the decision record. */
export function declinedRules(): Readonly<Record<string, string>> {
  return DECLINED_RULES;
}
