import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** What the agent of Systems Manager does on a host: it reports, takes commands, reads documents, and says what it did. */
export const AGENT_ACTIONS = [
  'ec2messages:AcknowledgeMessage',
  'ec2messages:DeleteMessage',
  'ec2messages:FailMessage',
  'ec2messages:GetEndpoint',
  'ec2messages:GetMessages',
  'ec2messages:SendReply',
  'ssm:DescribeAssociation',
  'ssm:DescribeDocument',
  'ssm:GetDeployablePatchSnapshotForInstance',
  'ssm:GetDocument',
  'ssm:GetManifest',
  'ssm:ListAssociations',
  'ssm:ListInstanceAssociations',
  'ssm:PutComplianceItems',
  'ssm:PutConfigurePackageResult',
  'ssm:PutInventory',
  'ssm:UpdateAssociationStatus',
  'ssm:UpdateInstanceAssociationStatus',
  'ssm:UpdateInstanceInformation',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

/** Why they are about everything. */
export const AGENT_BECAUSE =
  'The agent speaks for the host that it runs on, and AWS knows no resource for most of what it does. It reads no ' +
  'parameters, no secrets and no buckets: that is left out of what AWS proposes.';

/** Lets a host be managed by Systems Manager. */
export function agentStatement(): PolicyStatement {
  return new PolicyStatement({
    actions: AGENT_ACTIONS,
    // AWS knows no resource for most of them.
    resources: ['*'],
  });
}
