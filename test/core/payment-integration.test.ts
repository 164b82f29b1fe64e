import { PaymentIntegration } from '../../lib';

test.each([
  ['redirect', PaymentIntegration.redirect(), 'A', false],
  ['embedded', PaymentIntegration.embedded(), 'A', true],
  ['own form, sent to the gateway', PaymentIntegration.ownFormToGateway(), 'A-EP', false],
  ['own form, sent to the shop', PaymentIntegration.ownFormToShop(), 'D', false],
])('%s: the questionnaire that is written for it', (name, payments, selfAssessment, scriptCriterion) => {
  expect(payments).toEqual({ name, selfAssessment, scriptCriterion });
});
