import { CustomResource, Duration, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import type { Problems } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';

export interface OriginFacingPrefixListProps {
  /** Key for the logs of the look-up. */
  readonly key: IKey;
  /** @default - nobody is told of a look-up that failed */
  readonly alerts?: IAlertTopics;
}

/**
 * The addresses from which CloudFront calls origins, as a prefix list that AWS keeps. Its id differs by Region and AWS
 * publishes no table of them, so it is looked up while the stack is deployed.
 */
export class OriginFacingPrefixList extends Construct {
  /** Id of the list in the stack's Region. */
  public readonly prefixListId: string;

  public constructor(scope: Construct, id: string, { key, alerts }: OriginFacingPrefixListProps) {
    super(scope, id);
    const lookUp = new HandlerFunction(this, 'LookUp', {
      handler: 'origin-facing-prefix-list',
      description: 'Looks up the prefix list of the addresses from which CloudFront calls origins',
      key,
      alerts,
    });
    lookUp.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ec2:DescribeManagedPrefixLists'],
        // A list that AWS owns cannot be named: the call takes no resource.
        resources: ['*'],
      }),
    );
    acknowledgeWildcards(lookUp.role, {
      matching: ['*'],
      actions: ['ec2:DescribeManagedPrefixLists'],
      because: 'Prefix lists are public facts, and a list that AWS owns cannot be named as a resource.',
    });
    const found = new CustomResource(this, 'Found', {
      resourceType: 'Custom::OriginFacingPrefixList',
      serviceToken: lookUp.function.functionArn,
      serviceTimeout: Duration.minutes(2),
    });
    this.prefixListId = found.getAttString('PrefixListId');
  }
}

/** Objects to what is no id of a prefix list. */
export function requirePrefixListId(problems: Problems, id: string | undefined): void {
  problems.require(id === undefined || Token.isUnresolved(id) || /^pl-[0-9a-f]+$/.test(id), {
    code: 'PrefixListIdMalformed',
    property: 'originFacingPrefixListId',
    value: id,
    bound: 'be the id of a prefix list, like pl-0123456789abcdef0',
    remedy: 'Leave it out: it is looked up at deployment.',
  });
}
