import { App, Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { AlertTopics, Dns, StorefrontDistribution } from '../../lib';
import { type BaselineError } from '../../lib/core/errors';
import { foreignStack, templateOf } from '../support/stack';
import { existingShop } from '../support/storefront';

const hosts = ['shop.acme.example', 'www.acme.example'];
const zone = { hosts, hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'acme.example' };
const issued = {
  hosts,
  viewerCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d',
  originCertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/4e5f6a7b',
};

function stackIn(region: string): Stack {
  return new Stack(new App(), 'Foreign', { env: { account: '111122223333', region } });
}

function distributionIn(stack: Stack): IDistribution {
  return new StorefrontDistribution(stack, 'Distribution', { ...existingShop(stack), hosts }).distribution;
}

/** Problems are kept until somebody uses the value, so that a configuration reports them all. */
function used(dns: Dns): unknown {
  return dns.originCertificate(foreignStack(), 'Certificate');
}

function problemsOf(build: () => unknown): BaselineError {
  try {
    build();
  } catch (error) {
    return error as BaselineError;
  }
  throw new Error('nothing was refused');
}

describe('in Route 53', () => {
  test('each host leads to the distribution, by IPv4 and IPv6', () => {
    const template = templateOf((stack) => Dns.route53(zone).leadTo(stack, 'Records', distributionIn(stack)));
    const [distribution = ''] = Object.keys(template.findResources('AWS::CloudFront::Distribution'));
    for (const host of hosts) {
      for (const Type of ['A', 'AAAA']) {
        template.hasResourceProperties('AWS::Route53::RecordSet', {
          HostedZoneId: 'Z0123456789ABCDEFGHIJ',
          Name: `${host}.`,
          Type,
          AliasTarget: { DNSName: { 'Fn::GetAtt': [distribution, 'DomainName'] } },
        });
      }
    }
    template.resourceCountIs('AWS::Route53::RecordSet', 4);
  });

  test('a record keeps its logical id when another host becomes the canonical one', () => {
    const namesFor = (order: string[]): Record<string, string> => {
      const template = templateOf((stack) =>
        Dns.route53({ ...zone, hosts: order }).leadTo(stack, 'Records', distributionIn(stack)),
      );
      const records = Object.entries(template.findResources('AWS::Route53::RecordSet'));
      return Object.fromEntries(records.map(([id, { Properties }]) => [id, (Properties as { Name: string }).Name]));
    };
    expect(namesFor([...hosts].reverse())).toEqual(namesFor(hosts));
  });

  test('both certificates are issued for all hosts, in the stack they are asked for', () => {
    const template = templateOf((stack) => {
      const dns = Dns.route53(zone);
      dns.viewerCertificate(stack, 'Viewer');
      dns.originCertificate(stack, 'Origin');
    });
    const certificate = { DomainName: 'shop.acme.example', SubjectAlternativeNames: ['www.acme.example'] };
    template.allResourcesProperties('AWS::CertificateManager::Certificate', certificate);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 2);
  });

  test.each<[string, Partial<typeof zone>, string]>([
    [
      'a host of another zone',
      { hosts: ['shop.other.example'] },
      'hosts[0] is "shop.other.example"; it must be acme.example or end with .acme.example. Name the zone this host is in, or give this host a distribution of its own. [HostOutsideZone]',
    ],
    [
      'a host that only ends alike',
      { hosts: ['badacme.example'] },
      'hosts[0] is "badacme.example"; it must be acme.example or end with .acme.example. Name the zone this host is in, or give this host a distribution of its own. [HostOutsideZone]',
    ],
    [
      'a path in place of an id',
      { hostedZoneId: '/hostedzone/Z1' },
      'hostedZoneId is "/hostedzone/Z1"; it must be the id of a hosted zone: Z and up to 31 capital letters and digits. Copy it from the zone\'s details in Route 53, without "/hostedzone/". [HostedZoneIdInvalid]',
    ],
  ])('refuses %s', (_, options, message) => {
    expect(problemsOf(() => used(Dns.route53({ ...zone, ...options }))).message).toBe(
      `The origin certificate Foreign/Certificate cannot be built:\n  - ${message}`,
    );
  });

  test('takes the zone itself as a host, and what is known only at deployment', () => {
    expect(Dns.route53({ ...zone, hosts: ['acme.example'] }).hosts).toEqual(['acme.example']);
    expect(() => used(Dns.route53({ ...zone, hostedZoneId: Aws.STACK_ID }))).not.toThrow();
  });
});

describe('anywhere else', () => {
  test('the records to create are printed with the outputs', () => {
    const template = templateOf((stack) => Dns.external(issued).leadTo(stack, 'Records', distributionIn(stack)));
    const [distribution = ''] = Object.keys(template.findResources('AWS::CloudFront::Distribution'));
    for (const host of hosts) {
      template.hasOutput('*', {
        Value: { 'Fn::Join': ['', [`${host}. CNAME `, { 'Fn::GetAtt': [distribution, 'DomainName'] }, '.']] },
        Description: `Create this record where ${host} is kept; at the apex of a zone an ALIAS or ANAME in its place`,
      });
    }
  });

  test('issued certificates are used as they are, and somebody hears when they end', () => {
    const stack = foreignStack();
    const dns = Dns.external(issued);
    const alerts = new AlertTopics(stack, 'Alerts');
    expect(dns.viewerCertificate(stack, 'Viewer', alerts).certificateArn).toBe(issued.viewerCertificateArn);
    expect(dns.originCertificate(stack, 'Origin', alerts).certificateArn).toBe(issued.originCertificateArn);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    for (const Value of [issued.viewerCertificateArn, issued.originCertificateArn]) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName: 'DaysToExpiry',
        Dimensions: [{ Name: 'CertificateArn', Value }],
      });
    }
  });

  test.each([
    [
      'a viewer certificate of another Region',
      { viewerCertificateArn: issued.originCertificateArn },
      'be the ARN of an ACM certificate in us-east-1, where CloudFront looks for it.',
    ],
    [
      'an origin certificate that is none',
      { originCertificateArn: 'arn:aws:iam::111122223333:server-certificate/x' },
      'be the ARN of an ACM certificate in the Region of the shop.',
    ],
  ])('refuses %s', (_, options, bound) => {
    const { codes, message } = problemsOf(() => used(Dns.external({ ...issued, ...options })));
    expect(codes).toEqual(['CertificateArnInvalid']);
    expect(message).toContain(`it must ${bound} Issue or import the certificate in that Region, and copy its ARN.`);
  });

  test('refuses an origin certificate of another Region than the shop', () => {
    const { message } = problemsOf(() => Dns.external(issued).originCertificate(stackIn('ap-southeast-1'), 'Origin'));
    expect(message).toContain('it must be the ARN of an ACM certificate in ap-southeast-1.');
  });
});

test('the viewer certificate is refused outside us-east-1', () => {
  const { message } = problemsOf(() => Dns.route53(zone).viewerCertificate(stackIn('ap-southeast-1'), 'Viewer'));
  expect(message).toBe(
    'The viewer certificate Foreign/Viewer cannot be built:\n' +
      '  - region is "ap-southeast-1"; it must be us-east-1: CloudFront looks for this nowhere else. ' +
      "Place it in a stack of its own with env: { region: 'us-east-1' }, whatever the Region of the shop. [NotInUsEast1]",
  );
});
