import type { IConstruct } from 'constructs';
import type { StoreIdentity } from './identity';
import type { PaymentIntegration, SelfAssessment } from './payment-integration';

/** Metadata under which a stack of a store says whose it is: what a command reads from a finished assembly. */
export const STORE_METADATA = 'cdk-commerce-baseline:store';

/** How card data gets to the gateway, as a stack states it. */
export interface PaymentStatement {
  readonly integration: string;
  readonly selfAssessment: SelfAssessment;
  readonly scriptCriterion: boolean;
}

/** What a statement says as its place where nobody enforces the control: `ControlPlace.NOT_AVAILABLE`. */
export const NOT_AVAILABLE = 'not available for this shop';

/** What an application says of a control that its own code decides, as a stack states it. */
export interface ShopStatement {
  /** `staff-mfa`. */
  readonly control: string;
  /** `enforced here`, `enforced inside the shop` or `not available for this shop`. */
  readonly place: string;
  /** By what, or why not. */
  readonly explanation: string;
}

/** Whose a stack is, and which of the store's stacks. */
export interface StoreStatement extends StoreIdentity {
  /** The name that people know the store by. */
  readonly name: string;
  /** Account in which the store runs. */
  readonly account: string;
  /** Home Region. */
  readonly region: string;
  /** Off-site Region. */
  readonly offsiteRegion: string;
  /** Account of the vault off site, where that is another one. */
  readonly offsiteAccount?: string;
  /** The stack's part in the store: `Foundation`, `Data`. */
  readonly part: string;
  /** How card data gets to the gateway, where the store says so. */
  readonly payments?: PaymentStatement;
  /** What the application says of the controls that its own code decides. */
  readonly controls?: readonly ShopStatement[];
}

/** What a stack states about the payments of its store. */
export function statePayments(payments: PaymentIntegration | undefined): PaymentStatement | undefined {
  return (
    payments && {
      integration: payments.name,
      selfAssessment: payments.selfAssessment,
      scriptCriterion: payments.scriptCriterion,
    }
  );
}

/** Writes down on `stack`, which has to be a stack, whose it is. */
export function stateStore(stack: IConstruct, statement: StoreStatement): void {
  stack.node.addMetadata(STORE_METADATA, statement);
}
