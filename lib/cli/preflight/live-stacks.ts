import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../aws/aws';
import { messageOf, nameOf } from '../aws/errors';
import type { StoreStack } from '../store-assembly';

/** The stacks of the store, as they are in the account now. Each is asked for once. */
export class LiveStacks {
  public constructor(private readonly aws: Aws) {}

  /** State of `stack` (`CREATE_COMPLETE`), or undefined when there is none. */
  public async status(stack: StoreStack): Promise<string | undefined> {
    return (await this.describe(stack))?.StackStatus;
  }

  /** What `stack` says of itself, by the logical ids of its outputs. */
  public async outputs(stack: StoreStack): Promise<ReadonlyMap<string, string>> {
    const { Outputs = [] } = (await this.describe(stack)) ?? {};
    return new Map(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  }

  /** Whether the resources of `stack` are still to be made: it is not there, or only as a plan or an empty shell. */
  public async isStillToCome(stack: StoreStack): Promise<boolean> {
    const status = await this.status(stack);
    return status === undefined || EMPTY.has(status);
  }

  /** Those of `stacks` whose resources are still to be made. */
  public async stillToCome(stacks: readonly StoreStack[]): Promise<ReadonlySet<StoreStack>> {
    const toCome = await Promise.all(stacks.map((stack) => this.isStillToCome(stack)));
    return new Set(stacks.filter((_, index) => toCome[index]));
  }

  private describe({ name, region }: StoreStack): Promise<Stack | undefined> {
    return this.aws.once(`stack ${region} ${name}`, async () => {
      try {
        const client = this.aws.client(CloudFormationClient, region);
        const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
        return Stacks[0];
      } catch (error) {
        // The one way in which CloudFormation says so: there is no class of error for it.
        if (nameOf(error) === 'ValidationError' && messageOf(error).endsWith('does not exist')) {
          return undefined;
        }
        throw error;
      }
    });
  }
}

/** A stack in one of these states holds no resource. */
const EMPTY: ReadonlySet<string> = new Set(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'DELETE_COMPLETE']);
