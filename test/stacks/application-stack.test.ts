import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import medusa from '../../config/medusa';
import woocommerce from '../../config/woocommerce';
import { OrdersMetric, type ApplicationStack } from '../../lib';
import { buildStores, defineStore } from '../../lib/app';
import { TODAY } from '../support/stack';

/** The application stack of a shop. */
function applicationOf(config: typeof medusa, orders?: OrdersMetric): ApplicationStack {
  const app = new App({ context: TODAY, analyticsReporting: false });
  return buildStores(app, { shop: defineStore({ ...config, packs: [], orders }) }).shop.application;
}

const [acme, outfitters] = [applicationOf(medusa), applicationOf(woocommerce)];
acme.jobLedger.grantRun(Role.fromRoleName(acme, 'Support', 'support'));
const [medusaTemplate, wooTemplate] = [acme, outfitters].map((stack) => Template.fromStack(stack));

test('orders of WooCommerce are counted by the line that its plugin logs, those of Medusa when somebody says how', () => {
  wooTemplate.hasResourceProperties('AWS::Logs::MetricFilter', {
    FilterPattern: '{ $.event = "order.placed" }',
    LogGroupName: { Ref: Match.stringLikeRegexp('^ServerTaskLogs') },
  });
  medusaTemplate.resourceCountIs('AWS::Logs::MetricFilter', 0);
});

test('what the configuration says about orders goes before', () => {
  const template = Template.fromStack(applicationOf(woocommerce, OrdersMetric.logLine('SOLD')));
  template.resourceCountIs('AWS::Logs::MetricFilter', 1);
  template.hasResourceProperties('AWS::Logs::MetricFilter', { FilterPattern: 'SOLD' });
});

test('a command can be run in every process of the shop, by whoever is let', () => {
  medusaTemplate.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: ['support'],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'ecs:RunTask',
          Resource: ['Migrations', 'Worker', 'Server'].map((id) => ({ Ref: Match.stringLikeRegexp(`^${id}Task`) })),
        }),
      ]),
    },
  });
});
