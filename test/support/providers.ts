import { App, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import * as library from '../../lib';
import { COMMERCE_BASELINE } from '../../lib/compliance/commerce-baseline';
import { runRulePack } from '../../lib/compliance/rule-pack';
import { readAssembly } from '../../lib/compliance/template-graph/read-assembly';
import { TemplateGraph } from '../../lib/compliance/template-graph/template-graph';
import { CONSTRUCTS } from '../cases';
import { TODAY } from './stack';

/** Which exported constructs make resources that satisfy a rule: by the rule's name, read from every case. */
export function providersOfRules(): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const { loaded } of Object.values(CONSTRUCTS)) {
    const app = new App({ context: TODAY, analyticsReporting: false });
    loaded(new Stack(app, 'Foreign'));
    const graph = new TemplateGraph(readAssembly(app.synth().directory));
    const owners = ownersIn(app);
    for (const { outcome, rule, resource } of runRulePack(COMMERCE_BASELINE, graph)) {
      const owner = owners.get(resource?.constructPath ?? '');
      if (outcome === 'compliant' && owner !== undefined) {
        found.set(rule.name, (found.get(rule.name) ?? new Set()).add(owner));
      }
    }
  }
  return new Map([...found].map(([rule, names]) => [rule, [...names].sort()]));
}

/** The exported construct around each construct of the app, the outermost, by path. */
function ownersIn(app: App): Map<string, string> {
  const exported = new Map(Object.entries(library).map(([name, value]) => [value as unknown, name]));
  const nameOf = (construct: IConstruct): string | undefined => exported.get(construct.constructor);
  return new Map(
    app.node.findAll().flatMap(({ node }) => {
      const name = node.scopes.map(nameOf).find((each) => each !== undefined);
      return name === undefined ? [] : [[node.path, name] as const];
    }),
  );
}
