import { createHash } from 'node:crypto';
import type { Finding } from '../assembly-review';

/** Length of a fingerprint: half a digest tells a million findings apart. */
const LENGTH = 32;

/**
 * `findings`, each once and with a fingerprint: of pack, rule, construct and properties. A finding keeps it when its
 * line moves, when the pack words it anew, and when others come and go.
 */
export function fingerprinted<F extends Finding>(findings: readonly F[]): (F & { readonly fingerprint: string })[] {
  const seen = new Map<string, Set<string>>();
  return findings.flatMap((finding) => {
    const { pack, rule, constructPath, resource, description } = finding;
    const identity = JSON.stringify([pack, rule, constructPath, resource?.logicalId, ...(resource?.properties ?? [])]);
    const said = seen.get(identity) ?? new Set();
    seen.set(identity, said);
    if (said.has(description)) {
      // A pack that is registered on an app and on a Stage inside it reports twice.
      return [];
    }
    const ordinal = said.size;
    said.add(description);
    const digest = createHash('sha256').update(ordinal === 0 ? identity : `${identity}${ordinal}`);
    return [{ ...finding, fingerprint: digest.digest('hex').slice(0, LENGTH) }];
  });
}
