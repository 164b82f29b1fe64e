import { SelfAssessment, type PaymentIntegration } from '../../core/payment-integration';
import type { Requirement } from './requirement';
import { REQUIREMENTS } from './requirements';

/** A questionnaire, as of the day it was looked up. */
export interface Questionnaire {
  readonly name: SelfAssessment;
  /** Version and date of the document that is meant. */
  readonly edition: string;
  /** Where the list comes from. The documents themselves are the PCI SSC's and were not at hand. */
  readonly sources: readonly string[];
  /** Whether it puts the requirement before the merchant. */
  readonly includes: (requirement: Requirement) => boolean;
}

const SCF =
  'Secure Controls Framework, release 2026.1: its mapping to the questionnaires of PCI DSS 4.0.1 (securecontrolsframework.com)';

const TRANSCRIPTION =
  'A transcription of the questionnaires for PCI DSS 4.0.1, with their expected tests, in a public repository (QuantumGalaxy/complianceastra-frontend)';

/**
 * SAQ A. The mapping names these and 6.4.3 and 11.6.1; the PCI SSC's notice of 30 January 2025 removed those two and
 * 12.3.1 from the edition that is valid since 31 March 2025.
 */
const SAQ_A = `2.2.2 3.1.1 3.2.1 6.3.1 6.3.3 8.2.1 8.2.2 8.2.5 8.3.1 8.3.5 8.3.6 8.3.7 8.3.9
  9.4.1 9.4.1.1 9.4.2 9.4.3 9.4.4 9.4.6 11.3.2 11.3.2.1 12.8.1 12.8.2 12.8.3 12.8.4 12.8.5 12.10.1`.split(/\s+/);

/** SAQ A-EP, in which the mapping and the transcription name the same 139. */
const SAQ_A_EP = `1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.2.6 1.2.7 1.2.8 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5
  1.5.1 2.1.1 2.2.1 2.2.2 2.2.3 2.2.4 2.2.5 2.2.6 2.2.7 3.1.1 3.2.1 3.3.1 3.3.1.2 3.3.1.3 4.1.1 4.2.1 4.2.2
  5.1.1 5.2.1 5.2.2 5.2.3 5.2.3.1 5.3.1 5.3.2 5.3.2.1 5.3.3 5.3.4 5.3.5 5.4.1
  6.1.1 6.2.1 6.2.2 6.2.4 6.3.1 6.3.2 6.3.3 6.4.1 6.4.2 6.4.3 6.5.1 6.5.2 7.2.2 7.2.3 7.2.4 7.2.5
  8.1.1 8.2.1 8.2.2 8.2.4 8.2.5 8.2.6 8.2.7 8.2.8 8.3.1 8.3.2 8.3.3 8.3.4 8.3.5 8.3.6 8.3.7 8.3.8 8.3.9 8.3.11
  8.4.1 8.4.2 8.4.3 8.5.1 8.6.1 8.6.2 8.6.3 9.2.1 9.4.1 9.4.1.1 9.4.2 9.4.3 9.4.4 9.4.6
  10.2.1 10.2.1.1 10.2.1.2 10.2.1.3 10.2.1.4 10.2.1.5 10.2.1.6 10.2.1.7 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4
  10.4.1 10.4.1.1 10.4.2 10.4.2.1 10.4.3 10.5.1 10.6.1 10.6.2 10.6.3
  11.3.2 11.3.2.1 11.4.1 11.4.3 11.4.4 11.4.5 11.5.1 11.5.2 11.6.1
  12.1.1 12.1.2 12.1.3 12.1.4 12.3.1 12.6.1 12.6.3.1 12.8.1 12.8.2 12.8.3 12.8.4 12.8.5 12.10.1 12.10.3`.split(/\s+/);

/**
 * Asked of issuers alone: the mapping leaves it out of SAQ D, and the transcription shows it without a test. 3.3.1.1,
 * which the mapping leaves out as well, stands there with one.
 */
const ISSUERS = '3.3.3';

/** Of each arrangement of payments, what a merchant is asked. */
export const QUESTIONNAIRES: Readonly<Record<SelfAssessment, Questionnaire>> = {
  [SelfAssessment.SAQ_A]: {
    name: SelfAssessment.SAQ_A,
    edition: 'SAQ A for PCI DSS 4.0.1, revision 1, January 2025',
    sources: [
      SCF,
      'A public outline of SAQ A for 4.0, which counts 29 requirements as the mapping does',
      TRANSCRIPTION,
      'The notice of the PCI SSC of 30 January 2025, as assessors report it, and its FAQ 1588 on scripts',
    ],
    includes: ({ number }) => SAQ_A.includes(number),
  },
  [SelfAssessment.SAQ_A_EP]: {
    name: SelfAssessment.SAQ_A_EP,
    edition: 'SAQ A-EP for PCI DSS 4.0.1, October 2024',
    sources: [SCF, TRANSCRIPTION],
    includes: ({ number }) => SAQ_A_EP.includes(number),
  },
  [SelfAssessment.SAQ_D]: {
    name: SelfAssessment.SAQ_D,
    edition: 'SAQ D for merchants for PCI DSS 4.0.1, October 2024',
    sources: [SCF, TRANSCRIPTION, 'The standard itself: all that is not for service providers or issuers alone'],
    includes: ({ number, serviceProvidersOnly }) => !serviceProvidersOnly && number !== ISSUERS,
  },
};

/**
 * What is asked of a merchant whose shop takes payments by `payments`; of one who has not said, everything.
 *
 * Whether a merchant may answer a questionnaire at all, their acquirer decides.
 */
export function requirementsFor(
  payments: Pick<PaymentIntegration, 'selfAssessment'> | undefined,
): readonly Requirement[] {
  if (payments === undefined) {
    return REQUIREMENTS;
  }
  return REQUIREMENTS.filter(QUESTIONNAIRES[payments.selfAssessment].includes);
}

/** What SAQ A asks beside its requirements, of a page that holds the gateway's form. */
export const SCRIPT_CRITERION =
  'SAQ A may be answered only by a merchant who confirms that the page with the embedded form is not susceptible to ' +
  'attacks by scripts: by techniques such as those of 6.4.3 and 11.6.1, or by a confirmation of the gateway.';
