import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { notApplicable, unless } from '../verdict';

export const mailDmarc: ResourceRule = {
  name: 'mail-dmarc',
  severity: 'medium',
  statement: 'Mail that somebody else sends in your name goes to spam, or nowhere.',
  fix: 'Publish a DMARC record with p=quarantine or p=reject.',
  appliesTo: ['AWS::Route53::RecordSet'],
  judge: (record) => {
    if (!record.at('Type').is('TXT') || !/^_dmarc\./.test(record.at('Name').text ?? '')) {
      return notApplicable();
    }
    const values = record.at('ResourceRecords');
    return unless(
      some(values.items, (value) => /;\s*p\s*=\s*(quarantine|reject)/i.test(value.text ?? '')),
      'receivers are told to let it pass',
      values,
    );
  },
};
