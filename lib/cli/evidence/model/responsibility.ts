import { QUESTIONNAIRES, requirementsFor, SCRIPT_CRITERION } from '../../../compliance/pci-dss-401/questionnaires';
import type { Requirement } from '../../../compliance/pci-dss-401/requirement';
import type { StoreStatement } from '../../../core/store-metadata';

/** Who has to do what about PCI DSS 4.0.1. */
export interface ResponsibilityMatrix {
  /** By which arrangement of payments the rows were chosen, in a sentence. */
  readonly chosenBy: string;
  /** What the questionnaire asks beside its requirements. */
  readonly criterion?: string;
  readonly requirements: readonly Requirement[];
}

/** The matrix for `stores`. Where they differ, or one has not said how it takes payments, it holds every requirement. */
export function responsibilityOf(stores: readonly StoreStatement[]): ResponsibilityMatrix {
  const payments = stores.map((store) => store.payments);
  const [first] = payments;
  const isAgreed = payments.every((each) => each?.integration === first?.integration);
  const questionnaire = first && QUESTIONNAIRES[first.selfAssessment];
  if (first === undefined || questionnaire === undefined || !isAgreed) {
    return {
      chosenBy: 'No one way of taking payments is declared, so every requirement is listed.',
      requirements: requirementsFor(undefined),
    };
  }
  return {
    chosenBy: `Payments are taken by “${first.integration}”: the rows are those of ${questionnaire.edition}. Whether it may be answered, the acquirer decides.`,
    criterion: first.scriptCriterion ? SCRIPT_CRITERION : undefined,
    requirements: requirementsFor(first),
  };
}
