import { rmSync } from 'node:fs';
import medusa from '../../../../config/medusa';
import { Dns } from '../../../../lib';
import { defineStore } from '../../../../lib/app';
import { type NameServers } from '../../../../lib/cli/preflight/name-servers';
import { assemblyOf } from '../../../support/assembly';
import { absent, json, list, xml } from '../../../support/aws-recordings';
import { type Recordings } from '../../../support/aws-server';
import { ask, expectAnswer, type Case } from '../../../support/preflight';

const VIEWER = 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';
const ORIGIN = 'arn:aws:acm:ap-southeast-1:111122223333:certificate/66666666-7777-8888-9999-000000000000';

const route53 = assemblyOf({ acme: defineStore({ ...medusa, packs: [] }) });
const elsewhere = assemblyOf({
  acme: defineStore({
    ...medusa,
    packs: [],
    dns: Dns.external({ hosts: ['shop.acme.example'], viewerCertificateArn: VIEWER, originCertificateArn: ORIGIN }),
  }),
});

afterAll(() => [route53, elsewhere].forEach((directory) => rmSync(directory, { recursive: true })));

const zone = (name: string, isPrivate = false): Recordings => ({
  GetHostedZone: xml(
    `<GetHostedZoneResponse><HostedZone><Id>/hostedzone/Z0123456789ABCDEFGHIJ</Id><Name>${name}</Name>` +
      `<CallerReference>1</CallerReference><Config><PrivateZone>${isPrivate}</PrivateZone></Config></HostedZone>` +
      '<DelegationSet><NameServers><NameServer>ns-1.awsdns-01.org</NameServer></NameServers></DelegationSet>' +
      '</GetHostedZoneResponse>',
  ),
});
const issuers = (at: Readonly<Record<string, readonly string[]>>): Partial<NameServers> => ({
  issuersAt: (host) => Promise.resolve(at[host]),
});
const servers = (...found: readonly string[]): Partial<NameServers> => ({ serversOf: () => Promise.resolve(found) });
const certificate = (detail: object): Recordings => ({
  DescribeCertificate: json({
    Certificate: { Status: 'ISSUED', SubjectAlternativeNames: ['shop.acme.example'], ...detail },
  }),
});
const IN_ROUTE_53: Readonly<Record<string, Case>> = {
  'a zone that is not there': {
    check: 'zone',
    recordings: { GetHostedZone: absent('NoSuchHostedZone') },
    verdict: 'failure',
    seen: 'There is no such zone in this account.',
    repair: 'aws route53 list-hosted-zones-by-name',
  },
  'a private zone': {
    check: 'zone',
    recordings: zone('acme.example.', true),
    verdict: 'failure',
    seen: 'acme.example is a private zone: nobody outside sees it.',
    repair: 'Name the public zone',
  },
  'a zone of another name': {
    check: 'zone',
    recordings: zone('acme-old.example.'),
    verdict: 'failure',
    seen: 'It is the zone acme-old.example: shop.acme.example is not in it.',
    repair: 'Name the zone of the hosts',
  },
  'a zone that nobody delegates': {
    check: 'delegation',
    names: servers(),
    verdict: 'failure',
    seen: 'acme.example is not delegated: no name server answers for it.',
    repair: 'make acme.example NS ns-1.awsdns-01.org ns-2.awsdns-02.co.uk ns-3.awsdns-03.com ns-4.awsdns-04.net',
  },
  'a zone that is delegated elsewhere': {
    check: 'delegation',
    names: servers('ns1.registrar.example'),
    verdict: 'failure',
    seen: 'The world asks ns1.registrar.example for acme.example, not this zone.',
    repair: 'make acme.example NS',
  },
  'a zone that is delegated here and elsewhere': {
    check: 'delegation',
    names: servers('NS-1.awsdns-01.org', 'ns1.registrar.example'),
    verdict: 'warning',
    seen: 'The world asks ns1.registrar.example too, which this zone does not fill.',
    repair: 'make acme.example NS',
  },
  'a CAA record for another authority': {
    check: 'CAA',
    names: issuers({ 'acme.example': ['letsencrypt.org; validationmethods=dns-01'] }),
    verdict: 'failure',
    seen: 'The records of acme.example allow letsencrypt.org: ACM is refused.',
    repair: 'Add the record acme.example CAA 0 issue "amazon.com"',
  },
  'a CAA record for nobody': {
    check: 'CAA',
    names: issuers({ 'acme.example': [';'] }),
    verdict: 'failure',
    seen: 'The records of acme.example allow nobody: ACM is refused.',
    repair: 'Add the record',
  },
  'a CAA record for Amazon, nearer than one against it': {
    check: 'CAA',
    names: issuers({ 'shop.acme.example': ['amazontrust.com'], 'acme.example': ['letsencrypt.org'] }),
    verdict: 'ok',
    seen: 'The records of shop.acme.example name Amazon.',
  },
  'CAA records that only say whom to write': {
    check: 'CAA',
    names: issuers({ 'acme.example': [] }),
    verdict: 'ok',
    seen: 'No record restricts who may issue certificates.',
  },
  'a record of the host': {
    check: 'host',
    subject: 'record shop.acme.example A',
    recordings: {
      ListResourceRecordSets: xml(
        '<ListResourceRecordSetsResponse><ResourceRecordSets><ResourceRecordSet><Name>shop.acme.example.</Name>' +
          '<Type>CNAME</Type><TTL>300</TTL></ResourceRecordSet></ResourceRecordSets><IsTruncated>false</IsTruncated>' +
          '<MaxItems>300</MaxItems></ListResourceRecordSetsResponse>',
      ),
    },
    verdict: 'failure',
    seen: 'There is a record CNAME already.',
    repair: 'aws route53 list-resource-record-sets --hosted-zone-id Z0123456789ABCDEFGHIJ',
  },
  'a distribution that has the host': {
    check: 'host',
    subject: 'alias shop.acme.example',
    recordings: {
      ListDistributions: list('DistributionList', 'DistributionSummary', [
        '<Id>E1OLDSHOP</Id><Aliases><Quantity>1</Quantity><Items><CNAME>shop.acme.example</CNAME></Items></Aliases>',
      ]),
    },
    verdict: 'failure',
    seen: 'The distribution E1OLDSHOP has it as its alias.',
    repair: 'aws cloudfront get-distribution-config --id E1OLDSHOP',
  },
};

const ELSEWHERE: Readonly<Record<string, Case>> = {
  'a certificate that is in force': {
    check: 'certificate',
    verdict: 'ok',
    seen: 'Issued, and for every host.',
  },
  'a certificate that is not there': {
    check: 'certificate',
    recordings: { DescribeCertificate: absent('ResourceNotFoundException', 400) },
    verdict: 'failure',
    seen: 'There is no certificate arn:aws:acm:',
    repair: 'aws acm request-certificate --region us-east-1 --domain-name shop.acme.example --validation-method DNS',
  },
  'a certificate that waits for its record': {
    check: 'certificate',
    recordings: certificate({ Status: 'PENDING_VALIDATION' }),
    verdict: 'failure',
    seen: 'It is PENDING_VALIDATION.',
    repair: `aws acm describe-certificate --region us-east-1 --certificate-arn ${VIEWER}`,
  },
  'a certificate for another host': {
    check: 'certificate',
    recordings: certificate({ SubjectAlternativeNames: ['acme.example', '*.shop.acme.example'] }),
    verdict: 'failure',
    seen: 'It does not cover shop.acme.example.',
    repair: 'aws acm request-certificate',
  },
  'a certificate that ends soon': {
    check: 'certificate',
    recordings: certificate({ NotAfter: Date.parse('2026-12-03T12:00:00Z') / 1000 }),
    verdict: 'warning',
    seen: 'It ends in 10 days.',
    repair: 'aws acm get-certificate',
  },
};

test.each(Object.entries(IN_ROUTE_53))('%s', (_, wanted) => expectAnswer(route53, wanted));

test.each(Object.entries(ELSEWHERE))('%s', (_, wanted) => expectAnswer(elsewhere, wanted));

test('a certificate is looked for where it is shown', async () => {
  const { report } = await ask(elsewhere, { checks: ['certificate'] });
  const places = report.results.map(({ subject, place }) => `${subject} in ${place}`);
  expect(places).toEqual(
    expect.arrayContaining(['of CloudFront in us-east-1', 'of the load balancer in ap-southeast-1']),
  );
});

test('of hosts that are kept elsewhere, no zone and no CAA record is asked for', async () => {
  const { report } = await ask(elsewhere);
  const checks = new Set(report.results.map(({ check }) => check));
  expect(['zone', 'delegation', 'CAA'].filter((check) => checks.has(check))).toEqual([]);
});
