import { every, some } from '../../template-graph/cannot-tell';
import { type GraphResource } from '../../template-graph/graph-resource';
import { type Value } from '../../template-graph/value';

/** Documents of AWS that install by themselves, and those that do what they are told. */
const INSTALLING = /(^|:document\/)AWS-(PatchAsgInstance|PatchInstanceWithRollback)$/;
const ASKED = /(^|:document\/)AWS-RunPatchBaseline(WithHooks)?$/;

/** Whether a configuration of Quick Setup patches; it selects by itself, in accounts that no template shows. */
export function isPatchPolicy(configuration: GraphResource): boolean {
  return some(configuration.at('ConfigurationDefinitions').items, (definition) =>
    definition.at('Type').is('AWSQuickSetupType-PatchPolicy'),
  );
}

/** Whether `schedule`, a task of a maintenance window or an association, installs patches; to scan is not enough. */
export function installsPatches(schedule: GraphResource): boolean {
  const invocation = schedule.at('TaskInvocationParameters', 'MaintenanceWindowRunCommandParameters');
  return schedule.type === 'AWS::SSM::Association'
    ? installs(schedule.at('Name'), schedule.at('Parameters', 'Operation'))
    : installs(schedule.at('TaskArn'), invocation.at('Parameters', 'Operation'));
}

function installs(document: Value, operation: Value): boolean {
  const own = document.references[0]?.resource;
  if (own !== undefined) {
    return own.type === 'AWS::SSM::Document' && containsInstallation(own.at('Content'));
  }
  const name = document.text ?? '';
  return INSTALLING.test(name) || (ASKED.test(name) && isInstall(operation));
}

/** A document of the app's own, as an object or as text. */
function containsInstallation(content: Value): boolean {
  const steps = content.at('mainSteps').items;
  return steps.length === 0
    ? /AWS-RunPatchBaseline[\s\S]*Install/.test(content.text ?? '')
    : some(steps, (step) => {
        const inputs = step.at('inputs');
        const document = inputs.at('DocumentName');
        return document.isPresent && installs(document, inputs.at('Parameters', 'Operation'));
      });
}

function isInstall(operation: Value): boolean {
  return some(operation.items, (each) => each.is('Install'));
}

/** Whether `schedule` runs on `host`: in its account and Region, by all of its targets. */
export function reaches(schedule: GraphResource, host: GraphResource): boolean {
  const { account, region } = schedule.stack;
  const targets = schedule.at('Targets').items.flatMap(selectedBy);
  return (
    account === host.stack.account &&
    region === host.stack.region &&
    targets.length > 0 &&
    every(targets, (target) => isTarget(target, host))
  );
}

/** What a target of a task selects: a target of its window stands for others. */
function selectedBy(target: Value): readonly Value[] {
  const windows = target.at('Key').is('WindowTargetIds') ? target.at('Values').items : [];
  const named = windows.flatMap(({ reference }) => reference?.resource.at('Targets').items ?? []);
  return named.length === 0 ? [target] : named;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Target.html */
function isTarget(target: Value, host: GraphResource): boolean {
  const key = target.at('Key').text ?? '';
  const values = target.at('Values').items;
  const tags = host.at('Tags').items.filter((tag) => isOnInstances(tag, host));
  if (key === 'InstanceIds') {
    return some(values, (value) => value.reference?.resource === host || value.text === '*');
  }
  if (key === 'tag-key') {
    return some(values, (value) => tags.some((tag) => tag.at('Key').text === value.text));
  }
  const name = key.replace(/^tag:/, '');
  return (
    name !== key &&
    some(tags, (tag) => tag.at('Key').is(name) && some(values, (value) => value.text === tag.at('Value').text))
  );
}

/** A group has tags of its own, and those that it gives its instances. */
function isOnInstances(tag: Value, { type }: GraphResource): boolean {
  return type === 'AWS::EC2::Instance' || tag.at('PropagateAtLaunch').isTrue;
}
