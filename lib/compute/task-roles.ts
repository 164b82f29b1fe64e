import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { ServiceRole } from '../core/service-role';

/** The role of the code in a task. It may do nothing until somebody grants it something. */
export function createTaskRole(task: Construct, description: string): ServiceRole {
  return createRole(task, 'TaskRole', `What the code may do: ${description}`);
}

/** The role with which ECS starts a task: exactly its image, its secrets and its log group are granted to it. */
export function createExecutionRole(task: Construct, description: string): ServiceRole {
  const role = createRole(task, 'ExecutionRole', `Fetches image and secrets, writes logs: ${description}`);
  acknowledgeWildcards(role, {
    matching: ['*'],
    actions: ['ecr:GetAuthorizationToken'],
    because: 'ecr:GetAuthorizationToken logs in to the registry and takes no resource; what may be pulled is named.',
  });
  return role;
}

/** Assumed for tasks of this account and Region alone, or another account's task could borrow it. */
function createRole(task: Construct, id: string, description: string): ServiceRole {
  const stack = Stack.of(task);
  const tasks = stack.formatArn({ service: 'ecs', resource: '*' });
  const assumedBy = new ServicePrincipal('ecs-tasks.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': tasks } },
  });
  return new ServiceRole(task, id, { assumedBy, description });
}
