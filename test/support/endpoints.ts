import { type Template } from 'aws-cdk-lib/assertions';

/** What an endpoint lets through that keeps callers and resources inside one account. */
export const WITHIN_THE_ACCOUNT = within({
  'aws:PrincipalAccount': '111122223333',
  'aws:ResourceAccount': '111122223333',
});

/** What an endpoint lets through that keeps callers and resources inside the organisation `id`. */
export function withinTheOrganisation(id: string): object {
  return within({ 'aws:PrincipalOrgID': id, 'aws:ResourceOrgID': id });
}

/** The statements of every endpoint's policy, by service: `s3`, `ecr.api`. */
export function endpointPolicies(template: Template): Record<string, unknown[]> {
  const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint')).map(
    ({ Properties }) => Properties as { ServiceName: string; PolicyDocument: { Statement: unknown[] } },
  );
  return Object.fromEntries(
    endpoints.map(({ ServiceName, PolicyDocument }) => [
      ServiceName.split('.').slice(3).join('.'),
      PolicyDocument.Statement,
    ]),
  );
}

function within(condition: object): object {
  return {
    Sid: 'OwnCallersToOwnResources',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: '*',
    Resource: '*',
    Condition: { StringEquals: condition },
  };
}
