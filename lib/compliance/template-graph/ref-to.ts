import { type GraphStack } from './graph-stack';
import { nameOf, own } from './plain-object';
import { resolve } from './resolve';
import { ABSENT, plain, unknown, type Resolved } from './resolved';

/**
 * What `Ref` (without `attribute`) or `Fn::GetAtt` gives for `id` in `scope`: a pseudo parameter, a parameter, or a
 * resource.
 */
export function refTo(id: string, attribute: string | undefined, scope: GraphStack, depth: number): Resolved {
  if (id.startsWith('AWS::')) {
    return pseudoParameter(id, scope, depth);
  }
  const resource = scope.resource(id);
  if (resource !== undefined) {
    const output = /^Outputs\.(.+)$/.exec(attribute ?? '')?.[1];
    const nested = output === undefined ? undefined : scope.graph.nestedStackOf(resource);
    if (output !== undefined && nested !== undefined) {
      return resolve(own(own(nested.outputs, output), 'Value'), nested, depth);
    }
    return { kind: 'reference', resource, attribute: attribute === undefined || attribute === '' ? 'Ref' : attribute };
  }
  const parameter = own(scope.parameters, id);
  return parameter === undefined
    ? unknown(`${id} is not in the template`)
    : parameterValue(id, parameter, scope, depth);
}

function parameterValue(id: string, parameter: unknown, scope: GraphStack, depth: number): Resolved {
  const given = scope.parent === undefined ? ABSENT : scope.parent.at('Parameters', id).resolved;
  if (given.kind !== 'absent') {
    return given;
  }
  const fallback = own(parameter, 'Default');
  if (nameOf(own(parameter, 'Type')).startsWith('AWS::SSM::')) {
    return unknown(`parameter ${id} is read from SSM at deployment`);
  }
  if (fallback === undefined) {
    return unknown(`parameter ${id} is given at deployment`);
  }
  return /^(CommaDelimitedList|List<)/.test(nameOf(own(parameter, 'Type')))
    ? { kind: 'list', items: typeof fallback === 'string' ? fallback.split(',') : [fallback], scope }
    : resolve(fallback, scope, depth);
}

const PARTITIONS: readonly (readonly [prefix: string, partition: string, suffix: string])[] = [
  ['cn-', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
  ['', 'aws', 'amazonaws.com'],
];

function pseudoParameter(name: string, scope: GraphStack, depth: number): Resolved {
  const { account, region } = scope;
  const [, partition, suffix] = PARTITIONS.find(([prefix]) => region?.startsWith(prefix)) ?? [];
  switch (name) {
    case 'AWS::NoValue':
      return ABSENT;
    case 'AWS::AccountId':
      return account === undefined ? { kind: 'pseudo', name } : plain(account);
    case 'AWS::Region':
      return region === undefined ? { kind: 'pseudo', name } : plain(region);
    case 'AWS::Partition':
      return partition === undefined ? { kind: 'pseudo', name } : plain(partition);
    case 'AWS::URLSuffix':
      return suffix === undefined ? { kind: 'pseudo', name } : plain(suffix);
    case 'AWS::StackName':
      return scope.parent === undefined ? plain(scope.name) : { kind: 'pseudo', name };
    case 'AWS::StackId':
    case 'AWS::NotificationARNs':
      return { kind: 'pseudo', name };
    default:
      return depth < 0 ? ABSENT : unknown(`${name} is no pseudo parameter`);
  }
}
