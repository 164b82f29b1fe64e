import {
  ManagedPolicy,
  Role,
  type AddToPrincipalPolicyResult,
  type PolicyStatement,
  type RoleProps,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * A role whose permissions all stand in one managed policy of its own, later grants included.
 *
 * CDK's `Role` writes grants into an inline policy, which rule packs object to and reviewers cannot find by name; a role
 * frozen with `withoutPolicyUpdates` swallows them. This one does neither: every `grantX(role)` reports success and is
 * in the template.
 */
export class ServiceRole extends Role {
  private ownPolicy?: ManagedPolicy;

  public constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id, props);
  }

  /** Adds `statement` to the role's own managed policy, which is made with the first statement. */
  public override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.ownPolicy ??= new ManagedPolicy(this, 'Permissions', { roles: [this] });
    this.ownPolicy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.ownPolicy };
  }
}
