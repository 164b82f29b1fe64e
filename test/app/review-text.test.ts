import { type AssemblyReview } from '../../lib/cli/assembly-review';
import { renderFindings, renderReview } from '../../lib/app/review-text';

const finding = {
  pack: 'AwsSolutions',
  rule: 'AwsSolutions-S1',
  severity: 'error',
  constructPath: 'acme/Data/Media',
  description: 'The bucket has no access logs.',
};
const review: AssemblyReview = {
  stacks: [{ name: 'acme-data', account: '111122223333', region: 'eu-central-1', resources: 12 }],
  packs: ['AwsSolutions', 'PCI.DSS.321'],
  findings: [finding],
  acknowledged: [{ ...finding, reason: 'Logged elsewhere', acknowledgedAt: 'acme/Data' }],
  stale: [{ id: 'PCI.DSS.321::PCI.DSS.321-S3BucketLoggingEnabled', constructPath: 'acme/Data/Logs', isOurs: true }],
  emergencies: [],
  waivers: [
    {
      constructPath: 'acme/Data/Logs',
      protection: 'log-store.lock',
      reason: 'Staging',
      owner: 'ops',
      until: '2027-01-31',
    },
  ],
};
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) =>
      line
        .split('│')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

test('shows each stack and where it goes, each pack and what it says, each waiver', () => {
  expect(rows(renderReview(review))).toEqual([
    ['stack', 'account', 'region', 'resources'],
    ['acme-data', '111122223333', 'eu-central-1', '12'],
    ['total', '', '', '12'],
    ['rule pack', 'findings', 'acknowledged', 'stale acknowledgements'],
    ['AwsSolutions', '1', '1', '0'],
    ['PCI.DSS.321', '0', '0', '1'],
    ['waived', 'construct', 'owner', 'until', 'reason'],
    ['log-store.lock', 'acme/Data/Logs', 'ops', '2027-01-31', 'Staging'],
  ]);
});

test('says so when nothing is waived', () => {
  expect(renderReview({ ...review, waivers: [] })).toContain('No waivers: every protection is in place.');
});

test('names construct, rule and remedy of each finding and of each stale acknowledgement', () => {
  expect(renderFindings(review)).toBe(
    [
      'acme/Data/Media',
      '  AwsSolutions-S1: The bucket has no access logs.',
      '  Remedy: change the construct so that the rule is content, or acknowledge the finding beside it and say why it is safe.',
      '',
      'acme/Data/Logs',
      '  PCI.DSS.321::PCI.DSS.321-S3BucketLoggingEnabled: acknowledged, but nothing answers to it.',
      '  Remedy: remove the acknowledgement.',
    ].join('\n'),
  );
});

test('has no colours: it is read in logs too', () => {
  expect(renderReview(review)).not.toContain('\u001b');
});
