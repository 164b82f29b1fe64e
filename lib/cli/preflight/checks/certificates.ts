import { ACMClient, DescribeCertificateCommand, type CertificateDetail } from '@aws-sdk/client-acm';
import { unlessAbsent } from '../../aws/errors';
import { failure, ok, warning, type Answer, type Check } from '../probe';
import { shopHostsOf, type ExternalCertificate } from '../shop-hosts';

const DAY = 86_400_000;

/** A certificate that ends sooner than this wants attention before a shop opens on it, in days. */
const SOON = 30;

/** Whether certificates that were issued beforehand are there, in force, in the right Region and for every host. */
export const certificates: Check = ({ store, aws, now }) => {
  const { hosts, certificates: external } = shopHostsOf(store);
  return external.map((certificate) => ({
    check: 'certificate',
    subject: `of ${certificate.shownBy}`,
    place: certificate.region,
    actions: ['acm:DescribeCertificate'],
    ask: async () => {
      const region = certificate.arn.split(':')[3] ?? '';
      if (region !== certificate.region) {
        return failure(
          `It is in ${region}; ${certificate.shownBy} looks in ${certificate.region}.`,
          request(certificate, hosts),
        );
      }
      const asked = aws
        .client(ACMClient, region)
        .send(new DescribeCertificateCommand({ CertificateArn: certificate.arn }));
      const found = (await unlessAbsent(asked, 'ResourceNotFoundException'))?.Certificate;
      return found === undefined
        ? failure(`There is no certificate ${certificate.arn}.`, request(certificate, hosts))
        : judge(certificate, found, hosts, now);
    },
  }));
};

function judge(
  certificate: ExternalCertificate,
  found: CertificateDetail,
  hosts: readonly string[],
  now: Date,
): Answer {
  const { Status, NotAfter, SubjectAlternativeNames = [] } = found;
  if (Status !== 'ISSUED') {
    return failure(
      `It is ${Status ?? 'in no known state'}.`,
      `aws acm describe-certificate --region ${certificate.region} --certificate-arn ${certificate.arn} ` +
        "--query 'Certificate.DomainValidationOptions'   # and create the records that it names",
    );
  }
  const uncovered = hosts.filter((host) => !SubjectAlternativeNames.some((name) => covers(name.toLowerCase(), host)));
  if (uncovered.length > 0) {
    return failure(`It does not cover ${uncovered.join(', ')}.`, request(certificate, hosts));
  }
  const days = NotAfter === undefined ? Infinity : Math.floor((NotAfter.getTime() - now.getTime()) / DAY);
  return days < SOON
    ? warning(
        `It ends in ${days} days.`,
        `aws acm get-certificate --region ${certificate.region} --certificate-arn ${certificate.arn}   # and renew it`,
      )
    : ok('Issued, and for every host.');
}

/** A star stands for one label, as browsers see it. */
function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1));
}

function request({ region }: ExternalCertificate, [first = '', ...others]: readonly string[]): string {
  const more = others.length > 0 ? ` --subject-alternative-names ${others.join(' ')}` : '';
  return `aws acm request-certificate --region ${region} --domain-name ${first}${more} --validation-method DNS`;
}
