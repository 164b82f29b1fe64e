import { ServicePrincipal, type Role } from 'aws-cdk-lib/aws-iam';
import { CfnServiceSetting } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { ServiceRole } from '../core/service-role';
import { AGENT_ACTIONS, AGENT_BECAUSE, agentStatement } from './host-agent-rights';

/** The setting that says as what an instance reports that may not do so by its own role. */
const SETTING = '/ssm/managed-instance/default-ec2-instance-management-role';

/**
 * Every EC2 instance of this account and Region is managed by Systems Manager (Default Host Management Configuration), also
 * one that nobody thought of: its agent reports as a role made for that, where its own role does not let it. Needs IMDSv2
 * and an agent of version 3.2.582.0 or later.
 *
 * An account has one such setting in a Region. Place this once, in a stack of the account; where the organisation or Quick
 * Setup has set it already, leave it out. Removed from its stack, the setting is what AWS has it be by default: none.
 * Costs nothing.
 */
export class HostManagement extends Construct {
  /** What instances report as. Everything on an instance may take it, so it may do no more than that. */
  public readonly role: Role;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.role = new ServiceRole(this, 'Role', {
      // The trust that AWS documents for it, which has no condition.
      assumedBy: new ServicePrincipal('ssm.amazonaws.com'),
      description: 'What instances report to Systems Manager as',
    });
    this.role.addToPrincipalPolicy(agentStatement());
    acknowledgeWildcards(this.role, { matching: ['*'], actions: AGENT_ACTIONS, because: AGENT_BECAUSE });
    const setting = new CfnServiceSetting(this, 'Setting', { settingId: SETTING, settingValue: this.role.roleName });
    setting.node.addDependency(this.role);
  }
}
