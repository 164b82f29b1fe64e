/**
 * Self-assessment questionnaires of PCI DSS 4.0.1 that a shop may be asked for. Which one a merchant may answer, their
 * acquirer says; what a shop declares here is the arrangement that each is written for.
 */
export enum SelfAssessment {
  /** The gateway takes the whole payment. */
  SAQ_A = 'A',
  /** Card data goes from the browser to the gateway, out of a form of the shop's own. */
  SAQ_A_EP = 'A-EP',
  /** Card data reaches the shop. */
  SAQ_D = 'D',
}

/**
 * How card data gets from a shopper to the payment gateway. It decides how much of PCI DSS is asked of the merchant, and
 * creates nothing.
 */
export class PaymentIntegration {
  /** The shopper leaves for a page of the gateway and comes back. SAQ A. */
  public static redirect(): PaymentIntegration {
    return new PaymentIntegration('redirect', SelfAssessment.SAQ_A, false);
  }

  /**
   * The gateway's form stands in a frame in a page of the shop. SAQ A, if the merchant can confirm that the page is not
   * susceptible to attacks by scripts.
   */
  public static embedded(): PaymentIntegration {
    return new PaymentIntegration('embedded', SelfAssessment.SAQ_A, true);
  }

  /** A form of the shop's own, which the browser sends to the gateway: card data never reaches the shop. SAQ A-EP. */
  public static ownFormToGateway(): PaymentIntegration {
    return new PaymentIntegration('own form, sent to the gateway', SelfAssessment.SAQ_A_EP, false);
  }

  /** A form of the shop's own, which the shop receives. Everything that it passes through is then in scope. SAQ D. */
  public static ownFormToShop(): PaymentIntegration {
    return new PaymentIntegration('own form, sent to the shop', SelfAssessment.SAQ_D, false);
  }

  private constructor(
    /** What it is called in evidence. */
    public readonly name: string,
    /** The questionnaire that is written for it. */
    public readonly selfAssessment: SelfAssessment,
    /** Whether that questionnaire may be answered only if scripts of the page cannot attack it. */
    public readonly scriptCriterion: boolean,
  ) {}
}
