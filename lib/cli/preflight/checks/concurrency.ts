import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { reservesConcurrency, countByRegion, resourcesOfType } from '../needs';
import { failure, ok, warning, type Check } from '../probe';

/** What AWS keeps for functions that reserve nothing. */
const UNRESERVED = 100;

/** Whether functions may run at once in some number. New accounts have ten for all. */
export const concurrency: Check = ({ store, aws }) =>
  [...countByRegion(store.stacks, resourcesOfType('AWS::Lambda::Function'))]
    .filter(([, functions]) => functions > 0)
    .map(([region]) => ({
      check: 'quota',
      subject: 'Lambda concurrent executions',
      place: region,
      actions: ['lambda:GetAccountSettings'],
      ask: async () => {
        const { AccountLimit } = await aws.client(LambdaClient, region).send(new GetAccountSettingsCommand({}));
        const allowed = AccountLimit?.ConcurrentExecutions ?? 0;
        const seen = `${allowed} at once, for all functions of the Region.`;
        const repair =
          `aws service-quotas request-service-quota-increase --region ${region} --service-code lambda ` +
          '--quota-code L-B99A9384 --desired-value 1000';
        if (allowed > UNRESERVED) {
          return ok(seen);
        }
        return reservesConcurrency(store)
          ? failure(`${seen} The store reserves some, and AWS leaves ${UNRESERVED} unreserved.`, repair)
          : warning(`${seen} Rotations and rollouts may be throttled.`, repair);
      },
    }));
