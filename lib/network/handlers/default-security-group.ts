import * as z from 'zod/mini';
import type { ResourceHandler, ResourceResult } from '../../core/handlers/custom-resource';

/** The rules of a security group. What a rule is does not matter here: it goes back as it came. */
export interface GroupRules<Rule> {
  readonly ingress: readonly Rule[];
  readonly egress: readonly Rule[];
}

/** The part of EC2 that is needed to close a group, and how time passes between questions. */
export interface SecurityGroups<Rule> {
  rulesOf(groupId: string): Promise<GroupRules<Rule>>;
  /** Must succeed when a rule is gone already. */
  revokeIngress(groupId: string, rules: readonly Rule[]): Promise<void>;
  /** Must succeed when a rule is gone already. */
  revokeEgress(groupId: string, rules: readonly Rule[]): Promise<void>;
  wait(milliseconds: number): Promise<void>;
}

/** A group that has rules although all were revoked: somebody is adding them. */
export class StillOpen extends Error {
  public override readonly name = 'StillOpen';
}

/** EC2 may show a rule for some seconds after it was revoked. */
const ATTEMPTS = 6;
const WAIT_MILLISECONDS = 5_000;

const Properties = z.object({ DefaultSecurityGroupId: z.string().check(z.minLength(1)) });

/**
 * Takes every rule out of a VPC's default security group, at creation and at each update, until EC2 shows none. The
 * group stays closed when the resource goes: whoever deletes the VPC deletes it.
 */
export function closedGroup<Rule>(groups: SecurityGroups<Rule>): ResourceHandler<z.infer<typeof Properties>> {
  const close = async ({ DefaultSecurityGroupId: id }: z.infer<typeof Properties>): Promise<ResourceResult> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { ingress, egress } = await groups.rulesOf(id);
      if (ingress.length + egress.length === 0) {
        return { physicalId: id };
      }
      await revokeAll(groups, id, { ingress, egress });
      await groups.wait(WAIT_MILLISECONDS);
    }
    throw new StillOpen(`${id} keeps having rules: find out in CloudTrail who adds them`);
  };
  return { properties: Properties, create: close, update: close, delete: () => Promise.resolve() };
}

async function revokeAll<Rule>(
  groups: SecurityGroups<Rule>,
  id: string,
  { ingress, egress }: GroupRules<Rule>,
): Promise<void> {
  if (ingress.length > 0) {
    await groups.revokeIngress(id, ingress);
  }
  if (egress.length > 0) {
    await groups.revokeEgress(id, egress);
  }
}
