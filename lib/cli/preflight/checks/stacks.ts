import { failure, ok, warning, type Answer, type Check } from '../probe';
import type { StoreStack } from '../../store-assembly';

/** Whether each stack is in a state from which a deployment goes on. */
export const stacks: Check = ({ store, live }) =>
  store.stacks.map((stack) => ({
    check: 'stack',
    subject: stack.name,
    place: stack.region,
    actions: ['cloudformation:DescribeStacks'],
    ask: async () => judge(stack, await live.status(stack)),
  }));

function judge(stack: StoreStack, status: string | undefined): Answer {
  const { name, region, path } = stack;
  if (status === undefined) {
    return ok('Not there yet.');
  }
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    return failure(`${status}: no deployment starts from it.`, `npx cdk rollback ${path}`);
  }
  if (status === 'ROLLBACK_FAILED' || status === 'DELETE_FAILED') {
    const why = `aws cloudformation describe-stack-events --region ${region} --stack-name ${name}`;
    return failure(
      `${status}: it has to go before it can be made anew.`,
      `${why}   # then lift what is named there, and delete-stack`,
    );
  }
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS') {
    return warning(
      `${status}: somebody is at work on it.`,
      `aws cloudformation describe-stack-events --region ${region} --stack-name ${name}   # and wait until it has ended`,
    );
  }
  return ok(stack.part === undefined ? `${status}: shared with other stores of the account.` : `${status}.`);
}
