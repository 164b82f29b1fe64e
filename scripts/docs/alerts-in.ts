import { type CloudAssembly, type CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';

/** Something that tells somebody: an alarm, an event rule, a budget. */
export interface Alert {
  /** Where it stands: `Foundation/Keys/Logs/TamperAlarm`, without the store. */
  readonly constructPath: string;
  /** What it means, and what to do. */
  readonly text: string;
  /** The topics that it publishes to. */
  readonly topics: readonly TopicId[];
  /** Whether it stands in the template as urgent: only alarms say so themselves. */
  readonly saysUrgent?: boolean;
}

/** A topic, by its stack and its logical id there. */
export interface TopicId {
  readonly stack: string;
  readonly logicalId: string;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
}

/** Everything in the stores of `assembly` that tells somebody. */
export function alertsIn(assembly: CloudAssembly): Alert[] {
  const exported = new Map(assembly.stacks.flatMap((stack) => exportsOf(stack)));
  return assembly.stacks.flatMap((stack) => {
    const paths = pathsOf(stack);
    return Object.entries(templateOf(stack).Resources ?? {}).flatMap(([logicalId, resource]) => {
      const alert = ALERTS[resource.Type]?.(resource.Properties ?? {});
      const topics = (alert?.targets ?? []).map((target) => topicOf(target, stack, exported));
      const known = topics.filter((topic) => topic !== undefined);
      return alert && known.length > 0
        ? [
            {
              constructPath: paths.get(logicalId) ?? logicalId,
              text: alert.text,
              topics: known,
              saysUrgent: alert.saysUrgent,
            },
          ]
        : [];
    });
  });
}

/** The addresses that a topic sends e-mail to. */
export function subscribersOf(assembly: CloudAssembly, { stack, logicalId }: TopicId): string[] {
  const resources = Object.values(templateOf(assembly.getStackArtifact(stack)).Resources ?? {});
  return resources
    .filter(({ Type, Properties }) => Type === 'AWS::SNS::Subscription' && refOf(Properties?.TopicArn) === logicalId)
    .map(({ Properties }) => String(Properties?.Endpoint));
}

interface Told {
  readonly text: string;
  readonly targets: readonly unknown[];
  readonly saysUrgent?: boolean;
}

const ALERTS: Readonly<Record<string, (properties: Readonly<Record<string, unknown>>) => Told>> = {
  'AWS::CloudWatch::Alarm': ({ AlarmDescription = '', AlarmActions = [] }) => {
    const [, urgency, text = ''] = /^\[(\w+)\] (.*)$/s.exec(AlarmDescription as string) ?? [];
    return { text, targets: AlarmActions as unknown[], saysUrgent: urgency === 'urgent' };
  },
  'AWS::Events::Rule': ({ Description = '', Targets = [] }) => ({
    text: `${Description as string}.`,
    targets: (Targets as { Arn: unknown }[]).map(({ Arn }) => Arn),
  }),
  'AWS::Budgets::Budget': ({ NotificationsWithSubscribers = [] }) => ({
    text:
      'A month has cost 80 or 100 per cent of its budget, or AWS forecasts that it will. Look in Cost Explorer at what has ' +
      'risen; then mend it, or raise the budget.',
    targets: (NotificationsWithSubscribers as { Subscribers: { Address: unknown }[] }[]).flatMap(({ Subscribers }) =>
      Subscribers.map(({ Address }) => Address),
    ),
  }),
};

function templateOf(stack: CloudFormationStackArtifact): Template {
  return stack.template as Template;
}

/** Construct paths by logical id, without the store in front and CDK's `Resource` at the end. */
function pathsOf(stack: CloudFormationStackArtifact): Map<string, string> {
  const named = stack.findMetadataByType('aws:cdk:logicalId');
  return new Map(
    named.map(({ data, path }) => [data as string, path.replace(/^\/[^/]+\//, '').replace(/\/Resource$/, '')]),
  );
}

function exportsOf(stack: CloudFormationStackArtifact): [string, TopicId][] {
  return Object.values(templateOf(stack).Outputs ?? {}).flatMap(({ Value, Export }) => {
    const topic = topicAt(stack, refOf(Value) ?? '');
    return topic === undefined || typeof Export?.Name !== 'string' ? [] : [[Export.Name, topic] as [string, TopicId]];
  });
}

/** The topic that a reference leads to; nothing where it leads to something else, such as a function or a state machine. */
function topicOf(
  target: unknown,
  stack: CloudFormationStackArtifact,
  exported: ReadonlyMap<string, TopicId>,
): TopicId | undefined {
  const logicalId = refOf(target);
  const imported = (target as { 'Fn::ImportValue'?: string })['Fn::ImportValue'];
  return logicalId === undefined ? exported.get(imported ?? '') : topicAt(stack, logicalId);
}

function topicAt(stack: CloudFormationStackArtifact, logicalId: string): TopicId | undefined {
  const isTopic = templateOf(stack).Resources?.[logicalId]?.Type === 'AWS::SNS::Topic';
  return isTopic ? { stack: stack.id, logicalId } : undefined;
}

function refOf(value: unknown): string | undefined {
  return (value as { Ref?: string } | undefined)?.Ref;
}
