import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { unlessAbsent } from '../../aws/errors';
import { failure, ok, type Check } from '../probe';

/** Whether each Region of the store is bootstrapped, and new enough. */
export const bootstrap: Check = ({ store, aws }) => {
  const wanted = new Map(
    store.stacks.flatMap(({ account, region, bootstrap: needs }) =>
      needs === undefined ? [] : [[`${region} ${needs.parameter}`, { account, region, ...needs }] as const],
    ),
  );
  return [...wanted.values()].map(({ account, region, parameter, version }) => ({
    check: 'bootstrap',
    subject: parameter,
    place: region,
    actions: ['ssm:GetParameter'],
    ask: async () => {
      const asked = aws.client(SSMClient, region).send(new GetParameterCommand({ Name: parameter }));
      const found = (await unlessAbsent(asked, 'ParameterNotFound'))?.Parameter?.Value;
      const repair = `npx cdk bootstrap --app ${store.directory} aws://${account}/${region}`;
      if (found === undefined) {
        return failure('This Region is not bootstrapped.', repair);
      }
      return Number(found) >= version
        ? ok(`Version ${found}.`)
        : failure(`Version ${found}; version ${version} or later is needed.`, repair);
    },
  }));
};
