import { type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AlertTopics, DmarcPolicy, MailDns, OrderMail, Waiver, type OrderMailProps } from '../../lib';
import { ServiceRole } from '../../lib/core/service-role';
import { ACCOUNT, concrete, isAllowed, REGION, type Statement } from '../support/policy-evaluator';
import { refusal } from '../support/refusal';
import { foreignStack, templateOf } from '../support/stack';

const PROPS = {
  from: 'orders@shop.acme.example',
  dns: MailDns.route53({ hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'acme.example' }),
  reportsTo: 'security@acme.example',
};

function orderMail(stack: Stack, props: Partial<OrderMailProps> = {}): OrderMail {
  return new OrderMail(stack, 'OrderMail', { ...PROPS, ...props });
}

const template = templateOf((stack) => {
  orderMail(stack, { alerts: new AlertTopics(stack, 'Alerts') });
});

const [IDENTITY = ''] = Object.keys(template.findResources('AWS::SES::EmailIdentity'));

interface Resource<Properties> {
  readonly Properties: Properties;
}

/** All records in Route 53: type and name, value. */
function recordsOf(of: Template): [string, string][] {
  const records = Object.values(of.findResources('AWS::Route53::RecordSet')) as Resource<{
    readonly Name: unknown;
    readonly Type: string;
    readonly ResourceRecords: unknown[];
  }>[];
  return records.map(({ Properties: { Name, Type, ResourceRecords } }) => [
    `${Type} ${concrete<string>(Name)}`,
    concrete<string[]>(ResourceRecords).join(),
  ]);
}

function outputsOf(of: Template): string[] {
  const outputs = Object.values(of.findOutputs('*')) as { readonly Value: unknown }[];
  return outputs.map(({ Value }) => concrete<string>(Value));
}

function statementsOf(of: Template): Statement[] {
  const policies = Object.values(of.findResources('AWS::IAM::ManagedPolicy')) as Resource<{
    readonly PolicyDocument: { readonly Statement: unknown };
  }>[];
  return policies.flatMap(({ Properties }) => concrete<Statement[]>(Properties.PolicyDocument.Statement));
}

describe('the identity', () => {
  test('is the domain of the sender, signed with a key of 2048 bits', () => {
    template.hasResourceProperties('AWS::SES::EmailIdentity', {
      EmailIdentity: 'shop.acme.example',
      DkimAttributes: { SigningEnabled: true },
      DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
    });
  });

  test('sends with an envelope of the same domain, and not at all while that envelope is not proven', () => {
    template.hasResourceProperties('AWS::SES::EmailIdentity', {
      MailFromAttributes: { MailFromDomain: 'bounces.shop.acme.example', BehaviorOnMxFailure: 'REJECT_MESSAGE' },
    });
  });

  test('uses the configuration set for whoever names none', () => {
    template.hasResourceProperties('AWS::SES::EmailIdentity', {
      ConfigurationSetAttributes: { ConfigurationSetName: { Ref: Match.stringLikeRegexp('ConfigurationSet') } },
    });
  });

  test('sends no copy of a bounce to a mailbox', () => {
    template.hasResourceProperties('AWS::SES::EmailIdentity', {
      FeedbackAttributes: { EmailForwardingEnabled: false },
    });
  });
});

describe('the configuration set', () => {
  test('demands TLS', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
  });

  test('never writes again to who bounced or complained', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSet', {
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });

  test('publishes events about what did not arrive, and none about what somebody opened', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: {
        Enabled: true,
        EventBridgeDestination: { EventBusArn: Match.anyValue() },
        MatchingEventTypes: ['reject', 'bounce', 'complaint', 'renderingFailure', 'deliveryDelay'],
      },
    });
  });
});

describe('the records', () => {
  test('are those of DKIM, of the envelope and of DMARC', () => {
    expect(recordsOf(template)).toEqual([
      ...[1, 2, 3].map((number) => [
        `CNAME ${IDENTITY}.DkimDNSTokenName${number}.`,
        `${IDENTITY}.DkimDNSTokenValue${number}`,
      ]),
      ['MX bounces.shop.acme.example.', `10 feedback-smtp.${REGION}.amazonses.com.`],
      ['TXT bounces.shop.acme.example.', '"v=spf1 include:amazonses.com ~all"'],
      ['TXT _dmarc.shop.acme.example.', '"v=DMARC1; p=quarantine; rua=mailto:security@acme.example"'],
    ]);
  });

  test('are outputs where DNS is elsewhere', () => {
    const elsewhere = templateOf((stack) => {
      orderMail(stack, { dns: MailDns.external() });
    });
    elsewhere.resourceCountIs('AWS::Route53::RecordSet', 0);
    expect(outputsOf(elsewhere)).toEqual([
      ...[1, 2, 3].map(
        (number) => `${IDENTITY}.DkimDNSTokenName${number}. CNAME ${IDENTITY}.DkimDNSTokenValue${number}.`,
      ),
      `bounces.shop.acme.example. MX 10 feedback-smtp.${REGION}.amazonses.com.`,
      'bounces.shop.acme.example. TXT "v=spf1 include:amazonses.com ~all"',
      '_dmarc.shop.acme.example. TXT "v=DMARC1; p=quarantine; rua=mailto:security@acme.example"',
    ]);
  });

  test('leave DMARC to whoever keeps it already', () => {
    const dmarc = DmarcPolicy.keptElsewhere(
      Waiver.because('The record asks for p=reject', { owner: 'it@acme.example' }),
    );
    const kept = templateOf((stack) => {
      orderMail(stack, { dmarc });
    });
    expect(recordsOf(kept).filter(([name]) => name.includes('_dmarc'))).toEqual([]);
    expect(recordsOf(kept)).toHaveLength(5);
  });

  test('say how a mailbox at another domain agrees to receive reports', () => {
    const reported = templateOf((stack) => {
      orderMail(stack, { reportsTo: 'dmarc@reports.example' });
    });
    expect(outputsOf(reported)).toEqual(['shop.acme.example._report._dmarc.reports.example. TXT "v=DMARC1"']);
    expect(outputsOf(template)).toEqual([]);
  });
});

describe('a workload that is allowed to send', () => {
  const stack = foreignStack();
  const shop = new ServiceRole(stack, 'Shop', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  orderMail(stack, { senders: ['invoices@shop.acme.example'] }).allow(shop);
  const allowed = Template.fromStack(stack);
  const [set = ''] = Object.keys(allowed.findResources('AWS::SES::ConfigurationSet'));

  test.each(['ses:SendEmail', 'ses:SendRawEmail'])('may do so with %s', (action) => {
    expect(maySend({ action })).toBe(true);
  });

  test('may use each of the addresses of the shop', () => {
    expect(maySend({ from: 'invoices@shop.acme.example' })).toBe(true);
  });

  test.each(['security@shop.acme.example', 'orders@acme.example', 'orders@bank.example'])(
    'may not write as %s',
    (from) => {
      expect(maySend({ from })).toBe(false);
    },
  );

  test('may not send from another identity under an address of the shop', () => {
    expect(maySend({ identity: 'acme.example' })).toBe(false);
  });

  test('may not replace the configuration set, which demands TLS, by another', () => {
    expect(maySend({ configurationSet: 'another' })).toBe(false);
  });

  test('has no right that is for something else', () => {
    const actions = statementsOf(allowed).flatMap(({ Action }) => Action);
    expect(new Set(actions)).toEqual(new Set(['ses:SendEmail', 'ses:SendRawEmail']));
  });

  /** As SES decides: whoever sends needs the right to the identity and to the configuration set, named or not. */
  function maySend({
    action = 'ses:SendEmail',
    from = PROPS.from,
    identity = 'shop.acme.example',
    configurationSet = `ref:${set}`,
  }: Partial<Record<'action' | 'from' | 'identity' | 'configurationSet', string>>): boolean {
    const call = {
      principal: `arn:aws:iam::${ACCOUNT}:role/shop`,
      action,
      context: { 'ses:FromAddress': from },
      identity: statementsOf(allowed),
    };
    const account: Statement = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: '*' };
    return [`identity/${identity}`, `configuration-set/${configurationSet}`].every((resource) =>
      isAllowed({ ...call, resource: `arn:aws:ses:${REGION}:${ACCOUNT}:${resource}` }, [account]),
    );
  }
});

describe('somebody is told', () => {
  test.each([
    ['Reputation.BounceRate', 0.02, 'Notice', true],
    ['Reputation.ComplaintRate', 0.0005, 'Notice', true],
    ['Reputation.BounceRate', 0.05, 'Urgent', false],
    ['Reputation.ComplaintRate', 0.001, 'Urgent', false],
  ])('when %s reaches %d: %s', (MetricName, Threshold, topic, ofShop) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/SES',
      MetricName,
      Threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: [{ Ref: Match.stringLikeRegexp(`^Alerts${topic}`) }],
      Dimensions: ofShop
        ? [{ Name: 'ses:configuration-set', Value: { Ref: Match.stringLikeRegexp('ConfigurationSet') } }]
        : Match.absent(),
    });
  });

  test('when SES stops sending', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['aws.ses'], 'detail-type': ['Sending Status Disabled'] },
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^AlertsUrgent') } })],
    });
  });

  test('when SES found malware in a message, in a sentence without the address of a customer', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ 'detail-type': ['Email Rejected'] }),
      Targets: [Match.objectLike({ Input: Match.stringLikeRegexp('^"SES refused'), InputTransformer: Match.absent() })],
    });
  });

  test('and nobody where nobody is named', () => {
    const alone = templateOf((stack) => {
      orderMail(stack);
    });
    alone.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    alone.resourceCountIs('AWS::Events::Rule', 0);
  });
});

test('a rule of somebody else hears what did not arrive, of this shop alone, and what they demand besides', () => {
  const ruled = templateOf((stack) => {
    const eventPattern = { detail: { bounce: { bounceType: ['Permanent'] } } };
    orderMail(stack).onUndelivered('Undelivered', { description: 'Marks the order', eventPattern });
  });
  ruled.hasResourceProperties('AWS::Events::Rule', {
    Description: 'Marks the order',
    EventPattern: {
      source: ['aws.ses'],
      'detail-type': Match.arrayWith(['Email Bounced', 'Email Complaint Received']),
      detail: {
        bounce: { bounceType: ['Permanent'] },
        mail: { tags: { 'ses:configuration-set': [{ Ref: Match.stringLikeRegexp('ConfigurationSet') }] } },
      },
    },
  });
});

describe('is refused', () => {
  test.each([
    'Orders@shop.acme.example',
    'Acme <orders@shop.acme.example>',
    'shop.acme.example',
    'orders@shop',
    'a@b@c.d',
  ])('with the sender %s', (from) => {
    expect(() => orderMail(foreignStack(), { from })).toThrow(
      expect.objectContaining({ codes: expect.arrayContaining(['MailAddressInvalid']) as string[] }) as Error,
    );
  });

  test('with a sender outside the zone', () => {
    expect(() => orderMail(foreignStack(), { from: 'orders@other.example' })).toThrow(
      refusal(['MailDomainOutsideZone'], 'be an address at acme.example or at a name below it'),
    );
  });

  test('with a further sender at another domain', () => {
    expect(() => orderMail(foreignStack(), { senders: ['invoices@acme.example'] })).toThrow(
      refusal(
        ['MailSenderElsewhere'],
        'senders[0] is "invoices@acme.example"; it must be an address at shop.acme.example',
      ),
    );
  });
});
