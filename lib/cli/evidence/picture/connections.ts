import type { GraphResource } from '../../../compliance/template-graph/graph-resource';
import type { TemplateGraph } from '../../../compliance/template-graph/template-graph';
import type { Value } from '../../../compliance/template-graph/value';
import { told } from '../model/told';
import { groupsOf, subnetsOf, targets, waysOutOf, WITH_INTERFACES } from './network';
import { drawnType } from './zones';

/** One end of a connection: a resource, or somebody outside. */
export type End = GraphResource | 'visitors' | 'internet';

/** Something that one thing says to another. */
export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly how: string;
  /** By what a template shows it. */
  readonly shownBy: string;
}

/** What the templates of `graph` say is connected. A connection that they do not show is not guessed. */
export function connectionsIn(graph: TemplateGraph): Connection[] {
  return [
    ...atTheEdge(graph),
    ...toTargets(graph),
    ...throughGroups(graph),
    ...outOfTheNetwork(graph),
    ...byReference(graph),
  ].filter(({ from, to }) => [from, to].every((end) => typeof end === 'string' || drawnType(end) !== undefined));
}

function atTheEdge(graph: TemplateGraph): Connection[] {
  return graph.resources('AWS::CloudFront::Distribution').flatMap((distribution) => {
    const settings = distribution.at('DistributionConfig');
    const firewalls = targets(settings.at('WebACLId'));
    const origins = targets(settings.at('Origins')).flatMap((target) =>
      target.type === 'AWS::CloudFront::VpcOrigin' ? targets(target.at('VpcOriginEndpointConfig')) : [target],
    );
    const policy = settings.at('ViewerCertificate', 'MinimumProtocolVersion').describe();
    return [
      { from: 'visitors', to: distribution, how: `HTTPS, ${policy}`, shownBy: 'viewer certificate' } as const,
      ...firewalls.map((to) => ({ from: distribution, to, how: 'asks for each request', shownBy: 'web ACL' })),
      ...[...new Set(origins)].map((to) => ({ from: distribution, to, how: 'fetches', shownBy: 'origin' })),
    ];
  });
}

/** What stands behind a load balancer: its listeners name target groups, and services register in these. */
function toTargets(graph: TemplateGraph): Connection[] {
  const balancers = new Map<GraphResource, GraphResource[]>();
  const listeners = graph.resources('AWS::ElasticLoadBalancingV2::Listener');
  const rules = graph.resources('AWS::ElasticLoadBalancingV2::ListenerRule');
  const note = (group: GraphResource, found: readonly GraphResource[]): void => {
    balancers.set(group, [...(balancers.get(group) ?? []), ...found]);
  };
  for (const listener of listeners) {
    targets(listener.at('DefaultActions')).forEach((group) => note(group, targets(listener.at('LoadBalancerArn'))));
  }
  for (const rule of rules) {
    const found = targets(rule.at('ListenerArn')).flatMap((listener) => targets(listener.at('LoadBalancerArn')));
    targets(rule.at('Actions')).forEach((group) => note(group, found));
  }
  return graph.resources('AWS::ECS::Service').flatMap((service) =>
    targets(service.at('LoadBalancers')).flatMap((group) =>
      (balancers.get(group) ?? []).map((balancer) => ({
        from: balancer,
        to: service,
        how: `${group.at('Protocol').describe()} ${group.at('Port').describe()}`,
        shownBy: 'target group',
      })),
    ),
  );
}

/** A rule of a security group lets members of one group in to members of another. */
function throughGroups(graph: TemplateGraph): Connection[] {
  const members = new Map<GraphResource, GraphResource[]>();
  for (const resource of graph.resources(...WITH_INTERFACES)) {
    groupsOf(resource).forEach((group) => members.set(group, [...(members.get(group) ?? []), resource]));
  }
  const between = (from: readonly GraphResource[], to: readonly GraphResource[], rule: Value): Connection[] =>
    from
      .flatMap((source) => members.get(source) ?? [])
      .flatMap((source) =>
        to
          .flatMap((target) => members.get(target) ?? [])
          .filter((target) => target !== source)
          .map((target) => ({ from: source, to: target, how: portsOf(rule), shownBy: 'security group' })),
      );
  const alone = graph.resources('AWS::EC2::SecurityGroupIngress').flatMap((ingress) => {
    const rule = ingress.at();
    return between(targets(rule.at('SourceSecurityGroupId')), targets(rule.at('GroupId')), rule);
  });
  const inside = graph
    .resources('AWS::EC2::SecurityGroup')
    .flatMap((group) =>
      (told(() => group.at('SecurityGroupIngress').items) ?? []).flatMap((rule) =>
        between(targets(rule.at('SourceSecurityGroupId')), [group], rule),
      ),
    );
  return [...alone, ...inside];
}

function portsOf(rule: Value): string {
  const [protocol, from, to] = ['IpProtocol', 'FromPort', 'ToPort'].map((name) => rule.at(name).describe());
  return protocol === '-1'
    ? 'all traffic'
    : `${protocol} ${from === to ? from : `${from}–${to}`}`.replace(/\$\{.*\}/, '');
}

/** From what has a way out, by the routes of its subnets. */
function outOfTheNetwork(graph: TemplateGraph): Connection[] {
  const nats = graph.resources('AWS::EC2::NatGateway');
  const workloads = graph.resources(
    'AWS::ECS::Service',
    'AWS::Lambda::Function',
    'AWS::EC2::Instance',
    'AWS::NetworkFirewall::Firewall',
  );
  const route = { how: 'what leaves the network', shownBy: 'route table' };
  return [
    ...workloads.flatMap((from) =>
      [...new Set(subnetsOf(from).flatMap(waysOutOf))].map((way) => ({
        from,
        to: way.type === 'AWS::EC2::InternetGateway' ? ('internet' as const) : way,
        ...route,
      })),
    ),
    ...nats.map((nat) => ({ from: nat, to: 'internet' as const, ...route })),
  ];
}

/** What one resource names as the other side. */
function byReference(graph: TemplateGraph): Connection[] {
  const joined = (
    type: string,
    from: readonly string[],
    to: readonly string[],
    words: Pick<Connection, 'how' | 'shownBy'>,
  ): Connection[] =>
    graph
      .resources(type)
      .flatMap((link) =>
        targets(link.at(...from)).flatMap((source) =>
          targets(link.at(...to)).map((target) => ({ from: source, to: target, ...words })),
        ),
      );
  const names = (type: string, path: readonly string[], words: Pick<Connection, 'how' | 'shownBy'>): Connection[] =>
    graph.resources(type).flatMap((from) => targets(from.at(...path)).map((to) => ({ from, to, ...words })));
  return [
    ...joined('AWS::RDS::DBProxyTargetGroup', ['DBProxyName'], ['DBClusterIdentifiers'], {
      how: 'database sessions',
      shownBy: 'proxy target group',
    }),
    ...joined('AWS::Lambda::EventSourceMapping', ['EventSourceArn'], ['FunctionName'], {
      how: 'messages',
      shownBy: 'event source',
    }),
    ...joined('AWS::SNS::Subscription', ['TopicArn'], ['Endpoint'], { how: 'notices', shownBy: 'subscription' }),
    ...names('AWS::StepFunctions::StateMachine', ['DefinitionString'], { how: 'runs', shownBy: 'definition' }),
    ...names('AWS::Backup::BackupPlan', ['BackupPlan'], { how: 'recovery points', shownBy: 'backup plan' }),
  ];
}
