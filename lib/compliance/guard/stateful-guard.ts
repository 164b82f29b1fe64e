import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolatingResource,
  PolicyViolation,
} from 'aws-cdk-lib';
import { EMERGENCY_CONTEXT } from '../../core/expiry';
import { graphOfContext } from '../template-graph/graph-of-context';
import type { GraphStack } from '../template-graph/graph-stack';
import { compareWithLock } from './compare';
import type { GuardFinding } from './guard-finding';
import { paragraphOf, WAY_ON } from './guard-text';
import { recordOf } from './record';
import { keyOf } from './settle';
import { LOCK_FILE, readLock, type StatefulLock } from './stateful-lock';
import { Unreadable } from './unreadable';

/** Where a guard finds what it guards. */
export interface StatefulGuardProps {
  /**
   * The lock, which `commerce-baseline guard --update` writes.
   *
   * @default - `stateful.lock.json` in the directory in which the app runs
   */
  readonly lockFile?: string;
}

/**
 * Stops a synthesis, and so a deployment from a laptop, that would remove, replace or un-retain something that must not
 * be lost: a database, a key, a bucket, a vault. Compares the templates with `stateful.lock.json`, in any app.
 *
 *     Validations.of(app).addPlugins(new StatefulGuard());
 *
 * A change that is wanted is recorded by `commerce-baseline guard --update --reason "…" --owner …`. In an emergency
 * `-c emergency='<reason>'` goes on without: then the findings stay in the report as warnings.
 */
export class StatefulGuard implements IPolicyValidationPlugin {
  public readonly name: string = 'StatefulGuard';
  readonly #lockFile: string;

  public constructor(props: StatefulGuardProps = {}) {
    this.#lockFile = props.lockFile ?? LOCK_FILE;
  }

  /** Compares the templates that CDK has just written with the lock. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = this.violationsIn(context);
    return { success: violations.every(({ severity }) => severity !== ERROR), violations };
  }

  private violationsIn(context: IPolicyValidationContext): PolicyViolation[] {
    const { stacks } = graphOfContext(context);
    try {
      const { findings, unrecorded } = compareWithLock(this.lock(), recordOf(stacks));
      const emergency = emergencyOf(context);
      const found = findings.map((finding) => violationOf(finding, stacks, emergency));
      return unrecorded.length === 0 ? found : [...found, unrecordedViolation(unrecorded, stacks)];
    } catch (error) {
      if (error instanceof Unreadable) {
        const { problem, remedy } = error;
        return [violation('lock-unreadable', problem, remedy, ERROR, placeIn(stacks))];
      }
      throw error;
    }
  }

  private lock(): StatefulLock {
    const lock = readLock(this.#lockFile);
    if (lock === undefined) {
      throw new Unreadable(`${this.#lockFile} does not exist.`, UPDATE);
    }
    return lock;
  }
}

/** What CDK fails a synthesis for. */
const ERROR = 'error';
const WARNING = 'warning';

const UPDATE = 'Record what there is: npx commerce-baseline guard --update, after a synthesis, and commit the lock.';

function violationOf(finding: GuardFinding, stacks: readonly GraphStack[], emergency?: string): PolicyViolation {
  const going = emergency === undefined ? '' : ` Going on because of an emergency: ${emergency}.`;
  const severity = emergency === undefined ? ERROR : WARNING;
  const fix = `${WAY_ON} To go on now in an emergency, add -c ${EMERGENCY_CONTEXT}='<reason>'.`;
  const description = `${paragraphOf(finding)}${going}`;
  return violation(`stateful-${finding.kind}`, description, fix, severity, placeIn(stacks, finding));
}

function unrecordedViolation(unrecorded: readonly string[], stacks: readonly GraphStack[]): PolicyViolation {
  const description = `The lock does not know ${unrecorded.length} of what is here, as it is now: it does not guard it.`;
  return violation('stateful-unrecorded', description, UPDATE, WARNING, placeIn(stacks));
}

function violation(
  ruleName: string,
  description: string,
  fix: string,
  severity: string,
  place: PolicyViolatingResource,
): PolicyViolation {
  return { ruleName, description, fix, severity, violatingResources: [place] };
}

/** Where a finding shows: at the resource, at its stack where it is gone, or at the first where that is gone as well. */
function placeIn(stacks: readonly GraphStack[], finding?: GuardFinding): PolicyViolatingResource {
  const stack = stacks.find((each) => keyOf(each) === finding?.stack);
  const resource = stack?.resource(finding?.logicalId ?? '');
  const locations = finding?.property === undefined ? [] : [`Properties.${finding.property}`];
  return stack !== undefined && resource !== undefined
    ? { resourceLogicalId: resource.logicalId, templatePath: stack.templatePath, locations }
    : { constructPath: (stack ?? stacks[0])?.constructPath ?? '', locations: [] };
}

function emergencyOf({ appConstruct }: IPolicyValidationContext): string | undefined {
  const reason: unknown = appConstruct.node.tryGetContext(EMERGENCY_CONTEXT);
  return typeof reason === 'string' && reason.trim() !== '' ? reason : undefined;
}
