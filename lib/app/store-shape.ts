import * as z from 'zod';
import { Application, CacheTopology, DatabaseProxy, Dns, Mail, OrdersMetric, PaymentIntegration } from '..';
import {
  backupShape,
  databaseShape,
  distributionShape,
  firewallShape,
  networkShape,
  patchingShape,
  serviceShape,
  spendShape,
  stagingShapes,
  waiver,
  workerShape,
} from './choices-shape';
import { RULE_PACK_NAMES } from './rule-pack-names';
import { account, email, environment, isPrincipal, region, storeId, storeName, tier } from './plain-shapes';
import { instanceOf, oneOf, text, value } from './schema';

const destination = z.strictObject({
  domain: text(() => true, {
    code: 'EgressDomainMalformed',
    bound: 'be a domain name',
    remedy: 'Write the host alone: api.stripe.com.',
  }),
  purpose: text(() => true, {
    code: 'EgressPurposeMissing',
    bound: 'say what the domain is needed for',
    remedy: 'Write it in a word or two: payments, mail, parcel tracking.',
  }),
});

/** The shape of a configuration: what can be said of each property by itself. */
export const STORE_SHAPE = z.strictObject({
  id: storeId,
  environment,
  name: storeName,
  tier,
  dns: instanceOf(Dns, 'DnsMissing', 'Write Dns.route53({ … }) or Dns.external({ … }).'),
  workload: z.strictObject({
    account,
    region,
  }),
  offsite: z.strictObject({ account: z.optional(account), region }),
  application: instanceOf(Application, 'ApplicationMissing', 'Write Application.medusa({ … }) or another profile.'),
  administrators: value(
    (input): input is string[] => Array.isArray(input) && input.length > 0 && input.every((arn) => isPrincipal(arn)),
    {
      code: 'AdministratorMissing',
      bound: 'name at least one IAM role or user by its ARN',
      remedy: 'Name whoever may disable or delete the keys: arn:aws:iam::111122223333:role/platform.',
    },
  ),
  contacts: z.strictObject({ security: email, operations: z.optional(email) }),
  egress: z.optional(z.array(destination)),
  egressFilter: z.optional(
    value((input) => typeof input === 'function', {
      code: 'EgressFilterMissing',
      bound: 'be a function that makes an egress of destinations',
      remedy: 'Write Egress.networkFirewall, without calling it.',
    }),
  ),
  packs: z.optional(
    z.array(oneOf(RULE_PACK_NAMES, { code: 'RulePackUnknown', remedy: 'Leave it out for the default packs.' })),
  ),
  network: z.optional(networkShape),
  existingNetwork: z.optional(
    z.strictObject({
      vpcId: z.string(),
      availabilityZones: z.array(z.string()),
      applicationSubnetIds: z.array(z.string()),
      dataSubnetIds: z.array(z.string()),
      doesNotStop: z.optional(z.string()),
    }),
  ),
  database: z.optional(databaseShape),
  proxy: z.optional(
    value((input) => input === false || input instanceof DatabaseProxy, {
      code: 'ProxyMissing',
      bound: 'be a value of DatabaseProxy, or false',
      remedy: 'Write DatabaseProxy.withIam(), or false for none.',
    }),
  ),
  cache: z.optional(instanceOf(CacheTopology, 'CacheTopologyMissing', 'Write CacheTopology.replicated({ … }).')),
  mail: z.optional(instanceOf(Mail, 'MailMissing', 'Write Mail.ses({ from: … }) or Mail.external({ … }).')),
  payments: z.optional(
    instanceOf(
      PaymentIntegration,
      'PaymentIntegrationMissing',
      'Write PaymentIntegration.redirect(), .embedded(), .ownFormToGateway() or .ownFormToShop().',
    ),
  ),
  service: z.optional(serviceShape),
  worker: z.optional(workerShape),
  firewall: z.optional(firewallShape),
  distribution: z.optional(distributionShape),
  orders: z.optional(instanceOf(OrdersMetric, 'OrdersMetricMissing', 'Write OrdersMetric.logLine(…) or .ofMetric(…).')),
  spend: z.optional(spendShape),
  backup: z.optional(backupShape),
  patching: z.optional(patchingShape),
  withoutPinnedImage: z.optional(waiver),
  ...stagingShapes,
});
