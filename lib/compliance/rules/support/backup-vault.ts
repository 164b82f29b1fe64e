import { CannotTell, some, those } from '../../template-graph/cannot-tell';
import { type GraphResource } from '../../template-graph/graph-resource';
import { type Value } from '../../template-graph/value';

const AIR_GAPPED = 'AWS::Backup::LogicallyAirGappedBackupVault';

export const VAULTS: readonly string[] = ['AWS::Backup::BackupVault', AIR_GAPPED];

/** A vault, and where it is: account and Region as far as they are known before deployment. */
export interface PlacedVault {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  /** The vault itself, where a stack of the app makes it. */
  readonly resource?: GraphResource;
}

export function isAirGapped(vault: GraphResource | undefined): boolean {
  return vault?.type === AIR_GAPPED;
}

/** Whether nobody deletes what is in `vault` for any time at all. */
export function isLocked(vault: GraphResource): boolean {
  return isAirGapped(vault) || (vault.at('LockConfiguration', 'MinRetentionDays').number ?? 0) > 0;
}

/** The vault that `named`, of a plan, is about: by its ARN, or by a name in account and Region of the plan. */
export function vaultOf(named: Value, { stack }: GraphResource): PlacedVault {
  const referred = named.references.find(({ resource }) => VAULTS.includes(resource.type));
  if (referred !== undefined) {
    return placed(referred.resource);
  }
  const text = knownText(named);
  const [prefix, , , region, account, , name = text] = text.split(':');
  const place =
    prefix === 'arn'
      ? { account: account || stack.account, region: region || stack.region }
      : { account: stack.account, region: stack.region };
  const [resource] = those(
    stack.graph.resources(...VAULTS).filter((vault) => isAt(vault.stack, place)),
    (vault) => vault.at('BackupVaultName').text === name,
  );
  return resource === undefined ? { name, ...place } : placed(resource);
}

/** Whether `named`, an ARN, is that of a vault out of reach of whoever has the account and Region of `plan`. */
export function isElsewhere(named: Value, plan: GraphResource): boolean {
  const { region, account, resource } = vaultOf(named, plan);
  const { stack: here } = plan;
  return (
    isAirGapped(resource) ||
    some(
      [
        [region, here.region],
        [account, here.account],
      ],
      ([there, own]) => {
        if (there !== undefined && own === undefined) {
          throw new CannotTell(named.location, 'where the plan will be is chosen at deployment');
        }
        return there !== undefined && there !== own;
      },
    )
  );
}

/** The text of a name or an ARN without what a stack says of itself: an empty part is the stack's own. */
export function knownText(value: Value): string {
  const text = (value.text ?? '').replace(/\$\{AWS::\w+\}/g, '');
  if (text.includes('{')) {
    throw new CannotTell(value.location, `its value, ${text}, is known at deployment`);
  }
  return text;
}

type Place = Pick<PlacedVault, 'account' | 'region'>;

export function isAt(one: Place, other: Place): boolean {
  return one.account === other.account && one.region === other.region;
}

function placed(resource: GraphResource): PlacedVault {
  const { resolved } = resource.at('BackupVaultName');
  const { account, region } = resource.stack;
  return { name: resolved.kind === 'plain' ? String(resolved.value) : resource.name, account, region, resource };
}
