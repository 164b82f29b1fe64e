import type { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { IConstruct } from 'constructs';
import { Problems } from '../core/errors';
import { identityOf } from '../core/identity';
import { ENVIRONMENT_TAG, STORE_TAG } from '../core/tag-names';

/** Credits and refunds would hide what is used up. */
const CREDITS: CfnBudget.ExpressionProperty = {
  not: { dimensions: { key: 'RECORD_TYPE', values: ['Credit', 'Refund'] } },
};

type Tags = Readonly<Record<string, string>>;

/** Which part of an account's bill a budget counts. */
export class SpendScope {
  /** The whole account. Needs nothing to be activated, so it counts from the first day. */
  public static account(): SpendScope {
    return new SpendScope(() => undefined);
  }

  /**
   * What carries the tags of the store that the construct belongs to. Traffic between zones and other costs without a
   * resource carry none.
   *
   * **Until the tags are activated the budget counts nothing and stays silent.** Somebody with access to billing of the
   * management account (or of the account itself, outside an organisation) activates `commerce-baseline:store` and
   * `commerce-baseline:environment` as cost allocation tags; AWS offers them a day after the first deployment, counts
   * from a day after that, and nothing before. `aws ce list-cost-allocation-tags --status Active` shows them.
   */
  public static store(): SpendScope {
    return new SpendScope(storeTags);
  }

  /**
   * What carries all of these tags. As with `store()`: nothing, until they are activated as cost allocation tags.
   *
   * @param tags values by key
   */
  public static tagged(tags: { [key: string]: string }): SpendScope {
    return new SpendScope(() => tags);
  }

  private constructor(private readonly tagsOf: (scope: IConstruct, problems: Problems) => Tags | undefined) {}

  /**
   * The filter of a budget that stands at `scope`; nothing for the whole account.
   *
   * @internal
   */
  public _filter(scope: IConstruct): CfnBudget.ExpressionProperty | undefined {
    const problems = new Problems(`SpendGuard ${scope.node.path}`);
    const tags = this.tagsOf(scope, problems);
    problems.require(tags === undefined || Object.keys(tags).length > 0, {
      code: 'SpendTagsMissing',
      property: 'scope',
      value: tags,
      bound: 'name at least one tag',
      remedy: "Write SpendScope.tagged({ project: 'shop' }), for example, or SpendScope.account().",
    });
    problems.throwIfAny();
    const named = Object.entries(tags ?? {}).map(([key, value]) => ({
      tags: { key, values: [value], matchOptions: ['EQUALS'] },
    }));
    return tags && { and: [...named, CREDITS] };
  }
}

function storeTags(scope: IConstruct, problems: Problems): Tags | undefined {
  const identity = identityOf(scope);
  problems.require(identity !== undefined, {
    code: 'SpendStoreUnknown',
    property: 'scope',
    value: 'SpendScope.store()',
    bound: 'be given inside a stack of a CommerceStore',
    remedy: 'Write SpendScope.tagged({ … }) with the tags of your own resources, or SpendScope.account().',
  });
  return identity && { [STORE_TAG]: identity.id, [ENVIRONMENT_TAG]: identity.environment };
}
