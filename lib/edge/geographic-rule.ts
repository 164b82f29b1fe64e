import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Problems } from '../core/errors';
import { isCountryCode } from './country-codes';
import { anyOf, not } from './request-statements';

/** Most countries AWS WAF takes in one statement. */
const COUNTRIES_OF_A_STATEMENT = 50;

/** From which countries a shop can be reached. Addresses are placed by AWS; a VPN moves a visitor. */
export class GeographicRule {
  /** From these countries alone. Webhooks are let through from anywhere: gateways send them from other countries. */
  public static only(...countries: string[]): GeographicRule {
    return new GeographicRule(countries, true);
  }

  /** From everywhere but these countries. */
  public static allExcept(...countries: string[]): GeographicRule {
    return new GeographicRule(countries, false);
  }

  private constructor(
    /** Two-letter codes of ISO 3166-1. */
    public readonly countries: string[],
    /** Whether these are the only countries, or the only ones left out. */
    public readonly exclusive: boolean,
  ) {}

  /**
   * Matches requests to refuse.
   * @internal
   */
  public get _refused(): CfnWebACL.StatementProperty {
    const lists = Array.from({ length: Math.ceil(this.countries.length / COUNTRIES_OF_A_STATEMENT) }, (_, index) =>
      this.countries.slice(index * COUNTRIES_OF_A_STATEMENT, (index + 1) * COUNTRIES_OF_A_STATEMENT),
    );
    const named = anyOf(lists.map((countryCodes) => ({ geoMatchStatement: { countryCodes } })));
    return this.exclusive ? not(named) : named;
  }

  /** @internal */
  public _validate(problems: Problems): void {
    const unknown = this.countries.filter((country) => !isCountryCode(country));
    problems.require(this.countries.length > 0 && unknown.length === 0, {
      code: 'CountryUnknown',
      property: 'geography',
      value: unknown,
      bound: 'name countries by their two-letter codes of ISO 3166-1 in capitals',
      remedy: 'Write PH for the Philippines, GB for the United Kingdom.',
    });
  }
}
