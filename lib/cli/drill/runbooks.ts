import { CannotRun } from '../exit-code';
import type { StoreAssembly } from '../store-assembly';
import { accountLost, regionLost } from './elsewhere';
import { factsOf, type DrillFacts } from './facts';
import { clusterLost, keyLost, tableLost } from './in-place';
import { LOSSES, type Loss, type Runbook } from './runbook';

/** Why there is no runbook. */
interface Unable {
  readonly problem: string;
  readonly remedy: string;
}

/**
 * What to do when `loss` has happened to `store`.
 *
 * @throws CannotRun when the store has nothing that could be lost so, or nothing to restore from
 */
export function runbookFor(store: StoreAssembly, loss: Loss): Runbook {
  const found = runbook(factsOf(store), loss);
  if ('problem' in found) {
    throw new CannotRun(found.problem, found.remedy);
  }
  return found;
}

/** The runbooks that `store` can have. */
export function runbooksFor(store: StoreAssembly): Runbook[] {
  const facts = factsOf(store);
  return LOSSES.map((loss) => runbook(facts, loss)).flatMap((found) => ('problem' in found ? [] : [found]));
}

function runbook(facts: DrillFacts, loss: Loss): Runbook | Unable {
  const { database, offsite, store } = facts;
  if (facts.isDisposable) {
    return {
      problem: `${store.name} may be destroyed with all that it holds, and has no backups.`,
      remedy: 'Make it anew: npx cdk deploy --all.',
    };
  }
  switch (loss) {
    case 'key':
      return keyLost(facts);
    case 'table':
    case 'cluster':
      return database === undefined
        ? {
            problem: `${store.name} has no database of its own.`,
            remedy: 'Ask about another loss: key, region, account.',
          }
        : (loss === 'table' ? tableLost : clusterLost)(facts, database);
    case 'region':
    case 'account':
      return offsite === undefined
        ? {
            problem: `${store.name} has no copy off site: what is lost with its ${loss} is lost.`,
            remedy: 'Take backup.withoutOffsiteCopy out of its configuration, and wait for a night.',
          }
        : (loss === 'region' ? regionLost : accountLost)(facts, offsite);
  }
}
