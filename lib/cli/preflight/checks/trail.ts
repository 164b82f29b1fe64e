import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type AdvancedEventSelector,
  type EventSelector,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import type { Aws } from '../../aws/aws';
import { ok, warning, type Check } from '../probe';

/** Whether anybody records what is done in the account: alarms on keys and rotations hear it from CloudTrail. */
export const trail: Check = ({ store, aws }) => [
  {
    check: 'trail',
    subject: 'management events',
    place: store.region,
    actions: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
    ask: async () => {
      const asked = aws.client(CloudTrailClient, store.region).send(new DescribeTrailsCommand({}));
      const { trailList = [] } = await asked;
      const judged = await Promise.allSettled(trailList.map((each) => recordsManagement(aws, each)));
      const found = trailList.filter((_, index) => judged[index]?.status === 'fulfilled' && judged[index].value);
      if (found.length > 0) {
        return ok(`Recorded by ${found.map(({ Name = '' }) => Name).join(', ')}.`);
      }
      // A trail that may not be looked into may be the one.
      judged.forEach((each) => {
        if (each.status === 'rejected') {
          throw each.reason;
        }
      });
      return warning(
        'No trail records management events: nobody hears of tampering with a key or of a failed rotation.',
        `aws cloudtrail create-trail --region ${store.region} --name management --is-multi-region-trail ` +
          '--enable-log-file-validation --s3-bucket-name <bucket>   # then start-logging',
      );
    },
  },
];

async function recordsManagement(aws: Aws, { TrailARN, HomeRegion = '' }: Trail): Promise<boolean> {
  const client = aws.client(CloudTrailClient, HomeRegion);
  const [status, selectors] = await Promise.all([
    client.send(new GetTrailStatusCommand({ Name: TrailARN })),
    client.send(new GetEventSelectorsCommand({ TrailName: TrailARN })),
  ]);
  const { EventSelectors = [], AdvancedEventSelectors = [] } = selectors;
  return status.IsLogging === true && (EventSelectors.some(isBasic) || AdvancedEventSelectors.some(isAdvanced));
}

function isBasic({ IncludeManagementEvents, ReadWriteType }: EventSelector): boolean {
  return IncludeManagementEvents === true && ReadWriteType !== 'ReadOnly';
}

function isAdvanced({ FieldSelectors = [] }: AdvancedEventSelector): boolean {
  const readOnly = FieldSelectors.some(({ Field, Equals }) => Field === 'readOnly' && Equals?.includes('true'));
  const management = FieldSelectors.some(
    ({ Field, Equals }) => Field === 'eventCategory' && Equals?.includes('Management'),
  );
  return management && !readOnly;
}
