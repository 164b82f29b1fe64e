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
const Properties = z.object({ ResourceTypes: z.array(ScanType).check(z.minLength(1)) });
type Properties = z.infer<typeof Properties>;

/** How the account status calls what `Enable` calls otherwise. */
const STATES = { EC2: 'ec2', ECR: 'ecr', LAMBDA: 'lambda', LAMBDA_CODE: 'lambdaCode' } as const;

/** Inspector refused to scan something. */
export class InspectorNotEnabled extends Error {
  public override readonly name = 'InspectorNotEnabled';
}

/**
 * Turns scanning on where it is off. The identity of the resource says what was off before, so that its deletion turns
 * off exactly that, and never what somebody else had turned on.
 */
export function inspectorScanning(inspector: Pick<Inspector2Client, 'send'>): ResourceHandler<Properties> {
  const enable = async ({ ResourceTypes }: Properties): Promise<readonly ResourceScanType[]> => {
    const { accounts = [] } = await inspector.send(new BatchGetAccountStatusCommand({}));
    const state = accounts[0]?.resourceState;
    const missing = ResourceTypes.filter((type) => !isOn(state?.[STATES[type]]?.status));
    if (missing.length > 0) {
      const { failedAccounts = [] } = await inspector.send(new EnableCommand({ resourceTypes: missing }));
      if (failedAccounts.length > 0) {
        const reasons = failedAccounts.map(({ errorCode, errorMessage }) => `${errorCode}: ${errorMessage}`);
        throw new InspectorNotEnabled(reasons.join('; '));
      }
    }
    return missing;
  };
  return {
    properties: Properties,
    async create(properties): Promise<ResourceResult> {
      return { physicalId: [IDENTITY, ...(await enable(properties))].join(':') };
    },
    /** The identity stays: with another, CloudFormation would delete this one, and turn off what it had turned on. */
    async update(properties, event): Promise<ResourceResult> {
      await enable(properties);
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

/** On, or on its way: `ENABLING` is what a first attempt left behind that was cut off. */
function isOn(status: string | undefined): boolean {
  return status === 'ENABLED' || status === 'ENABLING';
}
