import { Match, Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib';
import {
  Application,
  CommerceAccount,
  CommerceStore,
  Dns,
  Egress,
  EnvironmentValue,
  InterfaceEndpoints,
  Mail,
  MailDns,
  MailTls,
  StoreEnvironment,
  StoreSetting,
  type EgressDestination,
  type ExternalMailOptions,
  type IEgress,
} from '../../lib';
import { buildStores } from '../../lib/app';
import { storeDestinations } from '../../lib/app/store-choices';
import { concrete } from '../support/policy-evaluator';
import { refusal } from '../support/refusal';
import { BARE, DIGEST, expectRefusal, storeOf } from '../support/stores';
import { TODAY } from '../support/stack';

const PROVIDER: ExternalMailOptions = {
  from: 'orders@shop.acme.example',
  host: 'smtp.provider.example',
  port: 2525,
  loginSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:mail-AbCdEf',
};

const application = Application.container({
  image: `public.ecr.aws/acme/shop@${DIGEST}`,
  port: 8080,
  environment: {
    ...Object.fromEntries(
      Object.entries(StoreSetting)
        .filter(([name]) => name.startsWith('MAIL_'))
        .map(([name, setting]) => [name, EnvironmentValue.setting(setting).ifKnown()]),
    ),
    MAIL_USER: EnvironmentValue.mailSecret('username').ifKnown(),
    MAIL_PASSWORD: EnvironmentValue.mailSecret('password').ifKnown(),
  },
});

function built(mail?: Mail): CommerceStore {
  const app = new App({ context: { ...TODAY }, analyticsReporting: false });
  return buildStores(app, { acme: storeOf({ mail, application }) }).acme;
}

interface Container {
  readonly Name: string;
  readonly Environment?: { readonly Name: string; readonly Value: unknown }[];
  readonly Secrets?: { readonly Name: string; readonly ValueFrom: unknown }[];
}

/** What the shop's container is told about mail. */
function mailOf(template: Template): Record<string, unknown> {
  const [task] = Object.values(template.findResources('AWS::ECS::TaskDefinition')) as {
    readonly Properties: { readonly ContainerDefinitions: Container[] };
  }[];
  const shop = task.Properties.ContainerDefinitions.find(({ Name }) => Name === 'shop');
  const known = [
    ...(shop?.Environment ?? []).map(({ Name, Value }) => [Name, concrete(Value)]),
    ...(shop?.Secrets ?? []).map(({ Name, ValueFrom }) => [Name, concrete(ValueFrom)]),
  ] as [string, unknown][];
  return Object.fromEntries(known.filter(([name]) => name.startsWith('MAIL_')));
}

describe('a store that sends through SES', () => {
  const store = built(Mail.ses({ from: 'orders@shop.acme.example' }));
  const mail = Template.fromStack(store.mail!);
  const shop = Template.fromStack(store.application);

  test('is proven to be the sender by a stack of its own, which comes before the shop', () => {
    expect(store.mail?.stackName).toBe('acme-production-mail');
    expect(store.mail?.terminationProtection).toBe(true);
    expect(store.application.dependencies).toContain(store.mail);
    mail.hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: 'shop.acme.example' });
  });

  test('keeps its records in the zone of the shop, and sends reports to its contact', () => {
    mail.hasResourceProperties('AWS::Route53::RecordSet', {
      HostedZoneId: 'Z0123456789ABCDEFGHIJ',
      Name: '_dmarc.shop.acme.example.',
      ResourceRecords: ['"v=DMARC1; p=quarantine; rua=mailto:security@acme.example"'],
    });
  });

  test('tells the topics of the store', () => {
    mail.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Reputation.BounceRate',
      AlarmActions: [{ 'Fn::ImportValue': Match.stringLikeRegexp('acme-production-foundation:.*Alerts') }],
    });
  });

  test('lets the role of the shop send, from its address alone', () => {
    shop.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['ses:SendEmail', 'ses:SendRawEmail'],
            Condition: { StringEquals: { 'ses:FromAddress': ['orders@shop.acme.example'] } },
            Resource: {
              'Fn::Join': ['', Match.arrayWith([':ses:eu-central-1:111122223333:identity/shop.acme.example'])],
            },
          }),
        ]),
      },
    });
  });

  test('does not hold on to its domain by an export, which could then never change', () => {
    const exported = Object.values(mail.findOutputs('*')) as { readonly Value: unknown }[];
    expect(JSON.stringify(exported)).not.toContain('Identity');
  });

  test('tells the shop from whom and through what', () => {
    expect(mailOf(shop)).toEqual({
      MAIL_TRANSPORT: 'ses',
      MAIL_FROM: 'orders@shop.acme.example',
      MAIL_HOST: 'email.eu-central-1.amazonaws.com',
      MAIL_PORT: '443',
      MAIL_TLS: 'tls',
    });
  });
});

describe('a store that sends through a provider', () => {
  const store = built(Mail.external(PROVIDER));
  const shop = Template.fromStack(store.application);

  test('has no identity of its own', () => {
    expect(store.mail).toBeUndefined();
  });

  test('reaches it by name and port', () => {
    const destinations = storeDestinations({
      application,
      mail: Mail.external({ ...PROVIDER, purpose: 'newsletters' }),
    });
    expect(destinations).toContainEqual({ domain: 'smtp.provider.example', purpose: 'newsletters' });
    Template.fromStack(store.foundation).hasResourceProperties('AWS::Route53Resolver::FirewallDomainList', {
      Domains: Match.arrayWith(['smtp.provider.example']),
    });
    shop.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: Match.arrayWith([
        { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 2525, ToPort: 2525, Description: 'The mail server' },
      ]),
    });
  });

  test('tells the shop from whom and through what, and the login as secrets', () => {
    expect(mailOf(shop)).toEqual({
      MAIL_TRANSPORT: 'smtp',
      MAIL_FROM: 'orders@shop.acme.example',
      MAIL_HOST: 'smtp.provider.example',
      MAIL_PORT: '2525',
      MAIL_TLS: 'starttls',
      MAIL_USER: `${PROVIDER.loginSecretArn}:username::`,
      MAIL_PASSWORD: `${PROVIDER.loginSecretArn}:password::`,
    });
  });
});

test('a store without mail has neither stack nor settings for it', () => {
  const store = built();
  expect(store.mail).toBeUndefined();
  expect(mailOf(Template.fromStack(store.application))).toEqual({});
});

describe('is refused', () => {
  const dns = Dns.external({
    hosts: ['shop.acme.example'],
    viewerCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    originCertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/66666666-7777-8888-9999-000000000000',
  });
  const firewall = (all: EgressDestination[]): IEgress => Egress.networkFirewall(all);

  test('what is no way to send mail', () => {
    expectRefusal(
      { mail: 'ses' },
      'mail is "ses"; it must be a value of Mail. Write Mail.ses({ from: … }) or Mail.external({ … }). [MailMissing]',
    );
  });

  test('everything wrong with a provider, at once', () => {
    expectRefusal(
      { mail: Mail.external({ from: 'Orders', host: 'smtp://p', port: 587, loginSecretArn: 'mail' }) },
      'mail.from is "Orders"; it must be an address in lower case, known at synthesis, without a name in front. Write it as in orders@shop.acme.example. [MailAddressInvalid]',
      'mail.host is "smtp://p"; it must be the full name of a host in lower case. Write it as in smtp.provider.example: no scheme, no port. [EgressDomainMalformed]',
      'mail.port is 587; it must be 1024 to 65535: the network lets out nothing to 25, 465 and 587, whatever a security group says. Use the port that the provider offers beside those, mostly 2525; or call its API over HTTPS, with egress. [MailPortRefused]',
      'mail.loginSecretArn is "mail"; it must be the complete ARN of a secret, with the six characters that Secrets Manager adds. Keep username and password in a secret of Secrets Manager and copy its ARN. [MailSecretArnInvalid]',
    );
  });

  test('a sender outside the zone of the shop, unless its records are kept elsewhere', () => {
    const from = 'orders@other.example';
    expectRefusal(
      { mail: Mail.ses({ from }) },
      'mail.from is "other.example"; it must be an address at acme.example or at a name below it, as far as the zone reaches. Send from the domain of the shop, or name the zone of this one with dns: MailDns.route53({ … }). [MailDomainOutsideZone]',
    );
    expectRefusalOfNothing({ mail: Mail.ses({ from, dns: MailDns.external() }) });
    expectRefusalOfNothing({ mail: Mail.ses({ from }), dns });
  });

  test('a greeting in the clear, where a network firewall drops it', () => {
    expectRefusal(
      { mail: Mail.external(PROVIDER), egressFilter: firewall },
      'mail.tls is "starttls"; it must begin with the first byte: a network firewall drops what greets in the clear. Use the provider\'s port for that, such as 2465, with tls: MailTls.FROM_THE_START. [MailTlsTooLate]',
    );
    const mail = Mail.external({ ...PROVIDER, port: 2465, tls: MailTls.FROM_THE_START });
    expectRefusalOfNothing({ mail, egressFilter: firewall });
  });

  test('a provider that the way out does not lead to', () => {
    expectRefusal(
      {
        mail: Mail.external(PROVIDER),
        egressFilter: (all: EgressDestination[]) =>
          Egress.dnsAllowList(all.filter(({ domain }) => domain !== PROVIDER.host)),
      },
      'mail.host is "smtp.provider.example"; it must be a host that the way out leads to. Hand on the destinations that the function is given, or add this one. [MailNotReachable]',
    );
  });

  test('SES in a network without a way out', () => {
    const network = { interfaceEndpoints: InterfaceEndpoints.complete() };
    const none = { application, network, egressFilter: () => Egress.none() };
    expectRefusal(
      { ...none, mail: Mail.ses({ from: 'orders@shop.acme.example' }) },
      'mail is "orders@shop.acme.example"; it must find a way to SES, which the network does not have. Choose a way out that leads to named destinations. [MailNotReachable]',
    );
    expectRefusalOfNothing(none);
  });

  test('also by a store that no configuration was judged for', () => {
    const app = new App({ context: { ...TODAY }, analyticsReporting: false });
    const { account, region } = BARE.workload;
    const store = (): CommerceStore =>
      new CommerceStore(app, 'Store', {
        identity: { id: 'acme', environment: StoreEnvironment.PRODUCTION },
        displayName: 'Acme Supplies',
        location: { account, region, offsiteRegion: 'eu-west-1' },
        account: new CommerceAccount(app, 'Account', { account }),
        dns: BARE.dns,
        application,
        administrators: [...BARE.administrators],
        contacts: BARE.contacts,
        mail: Mail.external({ ...PROVIDER, port: 25 }),
      });
    expect(store).toThrow(refusal(['MailPortRefused'], 'mail.port is 25'));
  });

  function expectRefusalOfNothing(changes: Parameters<typeof storeOf>[0]): void {
    expect(() => storeOf(changes)).not.toThrow();
  }
});
