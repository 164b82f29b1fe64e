import { type Template } from 'aws-cdk-lib/assertions';

interface Policy {
  readonly Roles?: readonly { readonly Ref: string }[];
  readonly PolicyDocument: { readonly Statement: readonly { readonly Action: string | readonly string[] }[] };
}

/** Every action that the one role whose logical id matches `role` is allowed, in order and each once. */
export function rightsOf(template: Template, role: RegExp): string[] {
  const roles = Object.keys(template.findResources('AWS::IAM::Role')).filter((id) => role.test(id));
  expect(roles).toHaveLength(1);
  const policies = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'].flatMap((type) =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties as Policy),
  );
  const actions = policies
    .filter(({ Roles = [] }) => Roles.some(({ Ref }) => Ref === roles[0]))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action));
  return [...new Set(actions)].sort();
}

/** What Step Functions itself does for an integration that is more than one call. */
const INTEGRATIONS: Readonly<Record<string, readonly string[]>> = {
  // It hears by a rule of its own that a build has ended, looks, and ends the build when the run is stopped.
  'codebuild:startBuild.sync': [
    ...['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'],
    ...['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
  ],
  'lambda:invoke': ['lambda:InvokeFunction'],
};

/** What the SDK calls a service whose actions IAM calls otherwise. */
const SERVICES: Readonly<Record<string, string>> = { sfn: 'states' };

/** Every action that the steps of the one state machine whose logical id matches are made of, in order and each once. */
export function rightsThatStepsTake(template: Template, stateMachine = /^/): string[] {
  const machines = Object.entries(template.findResources('AWS::StepFunctions::StateMachine')).filter(([id]) =>
    stateMachine.test(id),
  );
  expect(machines).toHaveLength(1);
  const integrations = JSON.stringify(machines).matchAll(/:states:::((?:aws-sdk:)?[\w-]+:[\w.]+)/g);
  const actions = [...integrations].flatMap(([, integration]) => INTEGRATIONS[integration] ?? [actionOf(integration)]);
  return [...new Set(actions)].sort();
}

/** `aws-sdk:ecr:describeImages` is allowed by `ecr:DescribeImages`. */
function actionOf(integration: string): string {
  const [, service, action] = /^aws-sdk:(\w+):(\w+)$/.exec(integration) ?? [];
  if (service === undefined) throw new Error(`Say in INTEGRATIONS what ${integration} takes.`);
  return `${SERVICES[service] ?? service}:${action[0].toUpperCase()}${action.slice(1)}`;
}
