import { AnyPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Whose callers may call whose resources through an endpoint. */
export interface Perimeter {
  readonly account: string;
  /** Widens it to every account of the organisation. */
  readonly organizationId?: string;
}

/**
 * The policy of an endpoint: own callers may call own resources, whatever IAM lets them do; nothing else passes. It
 * grants nothing by itself.
 */
export function perimeterPolicy({ account, organizationId }: Perimeter): PolicyDocument {
  const own =
    organizationId === undefined
      ? { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account }
      : { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceOrgID': organizationId };
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'OwnCallersToOwnResources',
        principals: [new AnyPrincipal()],
        actions: ['*'],
        // Whatever IAM lets own callers do with own resources; the condition says whose they are.
        resources: ['*'],
        conditions: { StringEquals: own },
      }),
    ],
  });
}
