import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, unless } from '../verdict';

export const webAclLogRedaction: ResourceRule = {
  name: 'web-acl-log-redaction',
  severity: 'high',
  statement: 'No password and no session stands in the logs of the firewall.',
  fix: 'Redact the headers authorization and cookie.',
  appliesTo: ['AWS::WAFv2::LoggingConfiguration'],
  judge: (logging) => {
    const fields = logging.at('RedactedFields').items.map((field) => field.at('SingleHeader'));
    const named = (header: string): boolean =>
      some(fields, (field) =>
        [field.at('Name'), field.at('name')].some((name) => name.plain?.toLowerCase() === header),
      );
    return about(['authorization', 'cookie'], (header) =>
      unless(named(header), `the header ${header} is written down`, logging.at('RedactedFields')),
    );
  },
};
