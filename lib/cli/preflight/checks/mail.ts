import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { resourcesOf } from '../../store-assembly';
import { ok, warning, type Check } from '../probe';

/** Whether a store that sends mail through SES may write to strangers. */
export const mail: Check = ({ store, aws }) => {
  const senders = resourcesOf(store).filter(({ type }) => type === 'AWS::SES::EmailIdentity');
  const regions = [...new Set(senders.map(({ stack }) => stack.region))];
  return regions.map((region) => ({
    check: 'mail',
    subject: 'SES sandbox',
    place: region,
    actions: ['ses:GetAccount'],
    ask: async () => {
      const account = await aws.client(SESv2Client, region).send(new GetAccountCommand({}));
      if (account.EnforcementStatus !== undefined && account.EnforcementStatus !== 'HEALTHY') {
        return warning(
          `SES holds the account under ${account.EnforcementStatus}: mail may be stopped.`,
          `aws sesv2 get-account --region ${region}   # and answer the case that it names`,
        );
      }
      return account.ProductionAccessEnabled === true
        ? ok('Out of the sandbox.')
        : warning(
            'In the sandbox: no customer gets an order confirmation.',
            `aws sesv2 put-account-details --region ${region} --production-access-enabled --mail-type TRANSACTIONAL ` +
              `--website-url https://<host> --use-case-description '<what you send, and how you handle bounces>'`,
          );
    },
  }));
};
