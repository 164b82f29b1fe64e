import type { CfnPatchBaseline } from 'aws-cdk-lib/aws-ssm';
import type { Problems } from '../core/errors';

/** Longest that an important patch may wait. With a week until the next window it is half of what PCI DSS 6.3.3 allows. */
const LONGEST_WAIT = 7;

/** Days for what is less than important. PCI DSS 6.3.3 asks for an appropriate time, and names three months. */
const A_MONTH = 30;

/** Days after its release at which a patch is approved, by what AWS says is at stake. */
export interface Approvals {
  readonly critical: number;
  readonly important: number;
  readonly others: number;
}

/** Critical patches do not wait: a window is once a week, and 7 days is their limit. */
export function approvalsWith(importantAfterDays = LONGEST_WAIT): Approvals {
  return { critical: 0, important: importantAfterDays, others: A_MONTH };
}

/** Refuses a wait that is too long. */
export function requireApprovals(problems: Problems, importantAfterDays: number | undefined): void {
  const { important } = approvalsWith(importantAfterDays);
  problems.require(Number.isInteger(important) && important >= 0 && important <= LONGEST_WAIT, {
    code: 'ApprovalOutOfRange',
    property: 'importantAfterDays',
    value: important,
    bound: `be a whole number of days from 0 to ${LONGEST_WAIT}`,
    remedy: 'Leave it out for 7 days, or write 0 for patches that are installed in the next window.',
  });
}

/** The rules of a baseline for Amazon Linux 2023: patches of security alone, and all of them in the end. */
export function approvalRules({ critical, important, others }: Approvals): CfnPatchBaseline.RuleGroupProperty {
  const rule = (severities: string[], days: number, complianceLevel: string): CfnPatchBaseline.RuleProperty => ({
    approveAfterDays: days,
    complianceLevel,
    enableNonSecurity: false,
    patchFilterGroup: {
      patchFilters: [
        { key: 'PRODUCT', values: ['AmazonLinux2023'] },
        { key: 'CLASSIFICATION', values: ['Security'] },
        { key: 'SEVERITY', values: severities },
      ],
    },
  });
  return {
    patchRules: [
      rule(['Critical'], critical, 'CRITICAL'),
      rule(['Important'], important, 'HIGH'),
      rule(['Medium', 'Low'], others, 'MEDIUM'),
    ],
  };
}
