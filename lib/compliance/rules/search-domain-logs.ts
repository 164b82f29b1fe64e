import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';

const LOGS = ['AUDIT_LOGS', 'ES_APPLICATION_LOGS'];

export const searchDomainLogs: ResourceRule = {
  name: 'search-domain-logs',
  severity: 'medium',
  statement: 'A search domain writes down who did what, and what failed.',
  fix: 'Publish AUDIT_LOGS and ES_APPLICATION_LOGS to CloudWatch.',
  appliesTo: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  judge: (domain) =>
    about(LOGS, (log) => {
      const value = domain.at('LogPublishingOptions', log, 'CloudWatchLogsLogGroupArn');
      return unless(value.isPresent, `it publishes no ${log}`, value);
    }),
};
