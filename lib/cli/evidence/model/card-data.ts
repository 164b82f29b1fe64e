import type { StoreStatement } from '../../../core/store-metadata';

/** Who card data could pass. */
export type Party = 'browser' | 'shop' | 'gateway';

/** What passes from one to another when somebody pays. */
export interface CardDataStep {
  readonly from: Party;
  readonly to: Party;
  readonly carries: string;
  readonly holdsCardData: boolean;
}

/** How card data goes in one store. */
export interface CardDataFlow {
  readonly store: string;
  /** As the store calls its way of taking payments; nothing where it declares none. */
  readonly integration?: string;
  readonly steps: readonly CardDataStep[];
}

const ORDER: CardDataStep = { from: 'browser', to: 'shop', carries: 'the order', holdsCardData: false };
const OUTCOME: CardDataStep = {
  from: 'gateway',
  to: 'shop',
  carries: 'the outcome, by a webhook; a token, not a number',
  holdsCardData: false,
};
const card = (from: Party, to: Party, carries: string): CardDataStep => ({ from, to, carries, holdsCardData: true });

/** The steps of each way of taking payments, by its name. */
const STEPS: Readonly<Record<string, readonly CardDataStep[]>> = {
  redirect: [ORDER, card('browser', 'gateway', 'the card, typed on a page of the gateway'), OUTCOME],
  embedded: [ORDER, card('browser', 'gateway', 'the card, typed in a frame of the gateway'), OUTCOME],
  'own form, sent to the gateway': [
    ORDER,
    card('browser', 'gateway', 'the card, typed in a form of the shop that the browser sends to the gateway'),
    OUTCOME,
  ],
  'own form, sent to the shop': [
    card('browser', 'shop', 'the order and the card, typed in a form of the shop'),
    card('shop', 'gateway', 'the card'),
    OUTCOME,
  ],
};

/** How card data goes in each of `stores`, by what they declare: a template does not show it. */
export function cardDataOf(stores: readonly StoreStatement[]): CardDataFlow[] {
  return stores.map(({ name: store, payments }) => ({
    store,
    integration: payments?.integration,
    steps: STEPS[payments?.integration ?? ''] ?? [],
  }));
}
