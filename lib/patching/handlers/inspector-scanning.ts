import {
  BatchGetAccountStatusCommand,
  DisableCommand,
  EnableCommand,
  type Inspector2Client,
  type ResourceScanType,
} from '@aws-sdk/client-inspector2';
import * as z from 'zod/mini';
import { type ResourceHandler, type ResourceResult } from '../../core/handlers/custom-resource';

const ScanType = z.enum(['EC2', 'ECR', 'LAMBDA', 'LAMBDA_CODE']);
const Properties = z.object({
  ResourceTypes: z.array(ScanType).check(z.minLength(1)),
  /** Whether it turns on nothing. */
  Only: z.optional(z.literal('look')),
});
type Properties = z.infer<typeof Properties>;

/** How the account status calls what `Enable` calls otherwise. */
const STATES = { EC2: 'ec2', ECR: 'ecr', LAMBDA: 'lambda', LAMBDA_CODE: 'lambdaCode' } as const;

/** Inspector refused to scan something. */
export class InspectorNotEnabled extends Error {
  public override readonly name = 'InspectorNotEnabled';
}

/**
 * Two resources in one: the first looks what is off, and the second turns it on. The identity of the first says what was
 * off before, so that its deletion turns off exactly that, and never what somebody else had turned on. CloudFormation has
 * that identity before anything is turned on: whatever ends the second, also half way, the first is deleted after it.
 */
export function inspectorScanning(inspector: Pick<Inspector2Client, 'send'>): ResourceHandler<Properties> {
  const whatIsOff = async ({ ResourceTypes }: Properties): Promise<ResourceScanType[]> => {
    const { accounts = [] } = await inspector.send(new BatchGetAccountStatusCommand({}));
    const state = accounts[0]?.resourceState;
    return ResourceTypes.filter((type) => !isOn(state?.[STATES[type]]?.status));
  };
  const enable = async (properties: Properties): Promise<void> => {
    const resourceTypes = await whatIsOff(properties);
    if (resourceTypes.length === 0) {
      return;
    }
    const { failedAccounts = [] } = await inspector.send(new EnableCommand({ resourceTypes }));
    if (failedAccounts.length > 0) {
      const reasons = failedAccounts.map(({ errorCode, errorMessage }) => `${errorCode}: ${errorMessage}`);
      throw new InspectorNotEnabled(reasons.join('; '));
    }
  };
  return {
    properties: Properties,
    async create(properties): Promise<ResourceResult> {
      if (properties.Only === 'look') {
        return { physicalId: [IDENTITY, ...(await whatIsOff(properties))].join(':') };
      }
      await enable(properties);
      return { physicalId: IDENTITY };
    },
    /** The identity stays: with another, CloudFormation would delete this one, and turn off what it had turned on. */
    async update(properties, event): Promise<ResourceResult> {
      if (properties.Only !== 'look') {
        await enable(properties);
      }
      return { physicalId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : IDENTITY };
    },
    async delete(physicalId): Promise<void> {
      const resourceTypes = physicalId
        .split(':')
        .slice(1)
        .filter((type) => z.safeParse(ScanType, type).success) as ResourceScanType[];
      if (resourceTypes.length > 0) {
        await inspector.send(new DisableCommand({ resourceTypes }));
      }
    },
  };
}

const IDENTITY = 'inspector';

/** On, or on its way: somebody else turned it on a moment ago, or a first attempt that was cut off did. */
function isOn(status: string | undefined): boolean {
  return status === 'ENABLED' || status === 'ENABLING';
}
