import * as path from 'node:path';
import { CONTROLS, rulesOf } from '../../compliance/catalogue';
import { COMMERCE_BASELINE } from '../../compliance/commerce-baseline';
import { findingsIn, type PackFinding } from '../../compliance/pack-finding';
import { PCI_DSS_401 } from '../../compliance/pci-dss-401/rule-pack';
import { runRulePack, type RulePack } from '../../compliance/rule-pack';
import { readAssembly } from '../../compliance/template-graph/read-assembly';
import { TemplateGraph } from '../../compliance/template-graph/template-graph';
import { BaselineError } from '../../core/errors';
import type { Finding, LatePack } from '../assembly-review';
import { CannotRun } from '../exit-code';

/** The packs of this package: they judge templates, and need no app. */
export const OWN_PACKS: readonly RulePack[] = [COMMERCE_BASELINE, PCI_DSS_401];

/**
 * The packs that `names` lists, or all; they share one reading of the templates in `directory`.
 *
 * @param names their names with commas between them, as typed
 * @throws CannotRun when there is no such pack
 */
export function ownPacks(directory: string, names: string | true): LatePack[] {
  const wanted = names === true ? OWN_PACKS.map(({ name }) => name) : names.split(',').map((name) => name.trim());
  let graph: TemplateGraph | undefined;
  return wanted.map((name) => {
    const pack = OWN_PACKS.find((each) => each.name === name);
    if (pack === undefined) {
      throw new CannotRun(
        `--packs knows no pack ${JSON.stringify(name)}.`,
        `Name one or more of ${OWN_PACKS.map((each) => each.name).join(',')}, or none for all. The directory comes before it.`,
      );
    }
    const judge = (): Finding[] => {
      graph ??= graphOf(directory);
      return findingsIn(runRulePack(pack, graph)).map((finding) => asFinding(finding, directory));
    };
    return { pack: name, judge };
  });
}

/**
 * The templates in `directory` as one graph.
 *
 * @throws CannotRun when they cannot be read
 */
export function graphOf(directory: string): TemplateGraph {
  try {
    return new TemplateGraph(readAssembly(directory));
  } catch (error) {
    if (error instanceof BaselineError) {
      throw new CannotRun(error.message, 'Remove the directory and run "npx cdk synth --quiet" again.');
    }
    throw error;
  }
}

/** A finding of a pack of ours as `check` knows findings. */
export function asFinding({ templatePath, logicalId, locations, ...finding }: PackFinding, directory: string): Finding {
  const template = path.relative(path.resolve(directory), path.resolve(templatePath)).replaceAll(path.sep, '/');
  const { pack, rule, severity, constructPath, description, fix, answers } = finding;
  const resource = logicalId === undefined ? undefined : { template, logicalId, properties: locations };
  return { pack, rule, severity, constructPath, description, fix, answers, resource };
}

/** The practice of the ten that a rule serves; nothing for rules that the catalogue does not know. */
export function practiceOf(pack: string, rule: string): number | undefined {
  if (!OWN_PACKS.some(({ name }) => name === pack)) {
    return undefined;
  }
  // A rule that cannot tell reports under its name and `[unresolved]`.
  const name = rule.replace(/\[.*\]$/, '');
  return CONTROLS.find((control) => rulesOf(control).includes(name))?.practice;
}
