import type { ContentSecurityPolicy } from '../application/content-security-policy';
import type { Problems } from '../core/errors';

/** Sources under which somebody who can write into a page can also run a script in it. */
const OPEN = ["'unsafe-inline'", "'unsafe-eval'", '*', 'http:', 'https:', 'data:', 'blob:'];

/** Refuses a policy that does not say from which hosts scripts come. */
export function requireNamedScripts(problems: Problems, { directives }: ContentSecurityPolicy): void {
  const own = Object.keys(directives).filter((directive) => directive.startsWith('script-src'));
  for (const directive of own.includes('script-src') ? own : [...own, 'default-src']) {
    const open = (directives[directive] ?? []).filter((source) => OPEN.includes(source));
    problems.require(open.length === 0, {
      code: 'ScriptSourcesOpen',
      property: `contentSecurityPolicy.directives['${directive}']`,
      value: open,
      bound: 'name the hosts that scripts come from',
      remedy:
        'Let the shop send a policy of its own, with a nonce, for the pages that need more; CloudFront passes it on. ' +
        'Where it cannot, give withoutNamedScripts a waiver.',
    });
  }
}
