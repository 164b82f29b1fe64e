import { Match } from 'aws-cdk-lib/assertions';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Stack } from 'aws-cdk-lib';
import {
  AlertTopics,
  DataClass,
  DataKey,
  DmarcPolicy,
  MailDns,
  OrderMail,
  type OrderMailProps,
  type Waiver,
} from '../../lib';
import { ServiceRole } from '../../lib/core/service-role';
import { type ConstructCases, type WaiverCases } from '../support/cases';

const zone = { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'acme.example' };

/** Mail of a shop, with its records in Route 53. */
function orderMail(stack: Stack, props: Partial<OrderMailProps> = {}): OrderMail {
  return new OrderMail(stack, 'OrderMail', {
    from: 'orders@shop.acme.example',
    dns: MailDns.route53(zone),
    reportsTo: 'security@acme.example',
    ...props,
  });
}

export const messaging: ConstructCases = {
  AlertTopics: {
    minimal: (stack) => new AlertTopics(stack, 'Alerts'),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.MESSAGING });
      const urgentEmails = ['oncall@acme.example'];
      new AlertTopics(stack, 'Alerts', { urgentEmails, noticeEmails: ['platform@acme.example'], key });
    },
  },
  OrderMail: {
    minimal: (stack) => orderMail(stack, { dns: MailDns.external() }),
    loaded: (stack) => {
      const alerts = new AlertTopics(stack, 'Alerts');
      const mail = orderMail(stack, {
        senders: ['invoices@shop.acme.example'],
        dmarc: DmarcPolicy.reject(),
        reportsTo: 'dmarc@reports.example',
        alerts,
      });
      mail.allow(new ServiceRole(stack, 'Shop', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }));
      const deadLetterQueue = alerts.undeliveredQueue;
      mail.onUndelivered('Undelivered', { target: new SqsQueue(alerts.undeliveredQueue, { deadLetterQueue }) });
    },
  },
};

const quarantine = Match.objectLike({
  Type: 'TXT',
  ResourceRecords: [Match.stringLikeRegexp('p=(quarantine|reject)')],
});

export const messagingWaivers = {
  'order-mail.tls': {
    build: (stack, withoutRequiredTls?: Waiver) => orderMail(stack, { withoutRequiredTls }),
    protects: (template) =>
      template.hasResourceProperties('AWS::SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } }),
  },
  'order-mail.dmarc': {
    build: (stack, waiver?: Waiver) => orderMail(stack, { dmarc: waiver && DmarcPolicy.observe(waiver) }),
    protects: (template) => template.hasResourceProperties('AWS::Route53::RecordSet', quarantine),
  },
} satisfies WaiverCases;
