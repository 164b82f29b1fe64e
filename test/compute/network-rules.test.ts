import { CfnResource } from 'aws-cdk-lib';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Template } from 'aws-cdk-lib/assertions';
import { rulesOf } from '../../lib/compute/network-rules';
import { existingNetwork } from '../support/network';
import { foreignStack } from '../support/stack';

test('waits for rules that name the security group, whichever side they stand on and whenever they are made', () => {
  const stack = foreignStack();
  const { vpc } = existingNetwork(stack);
  const group = (id: string): SecurityGroup => new SecurityGroup(stack, id, { vpc, allowAllOutbound: false });
  const [tasks, database, other] = [group('Tasks'), group('Database'), group('Other')];
  const waiting = new CfnResource(stack, 'Waiting', { type: 'Custom::Task' });
  waiting.node.addDependency(rulesOf(tasks));
  database.connections.allowFrom(tasks, Port.tcp(5432));
  other.connections.allowFrom(database, Port.tcp(80));
  const { DependsOn } = Template.fromStack(stack).findResources('Custom::Task').Waiting as { DependsOn: string[] };
  expect(DependsOn).toEqual([
    expect.stringMatching(/^DatabasefromForeignTasks.*5432/),
    expect.stringMatching(/^TaskstoForeignDatabase.*5432/),
  ]);
});
