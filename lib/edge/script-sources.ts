import type { ContentSecurityPolicy } from '../application/content-security-policy';
import type { Problems } from '../core/errors';

/** Sources under which somebody who can write into a page can also run a script in it. */
const OPEN = ["'unsafe-inline'", "'unsafe-eval'", '*', 'http:', 'https:', 'data:', 'blob:'];

/** Sources by directive. */
interface Sources {
  readonly [directive: string]: readonly string[];
}

/** Refuses a policy that does not say from which hosts scripts come. */
export function requireNamedScripts(problems: Problems, { directives }: ContentSecurityPolicy): void {
  requireNamed(problems, 'contentSecurityPolicy.directives', Object.keys(directives), directives);
}

/** Refuses sources that, on top of a policy, leave open from which hosts scripts come. */
export function requireNamedAdditions(problems: Problems, policy: ContentSecurityPolicy, added: Sources): void {
  requireNamed(problems, 'contentSources', Object.keys({ ...policy.directives, ...added }), added);
}

/** @param directives all that the policy has: `default-src` speaks of scripts only where no `script-src` does */
function requireNamed(problems: Problems, place: string, directives: readonly string[], sources: Sources): void {
  const own = directives.filter((directive) => directive.startsWith('script-src'));
  for (const directive of own.includes('script-src') ? own : [...own, 'default-src']) {
    const open = (sources[directive] ?? []).filter((source) => OPEN.includes(source));
    problems.require(open.length === 0, {
      code: 'ScriptSourcesOpen',
      property: `${place}['${directive}']`,
      value: open,
      bound: 'name the hosts that scripts come from',
      remedy:
        'Let the shop send a policy of its own, with a nonce, for the pages that need more; CloudFront passes it on. ' +
        'Where it cannot, give withoutNamedScripts a waiver.',
    });
  }
}
