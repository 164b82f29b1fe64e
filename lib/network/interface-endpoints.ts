import { Problems } from '../core/errors';
import { COMPLETE_ENDPOINTS, STANDARD_ENDPOINTS } from './aws-names';

/**
 * Which AWS services are reached through endpoints inside the VPC, so that calls to them never leave it and a policy
 * says whose resources they may reach.
 *
 * Each service costs about 0.01 USD an hour for each Availability Zone, 7.30 USD a month, and 0.01 USD for each GB
 * (VPC price list, us-east-1, 2026; up to a half more elsewhere).
 */
export class InterfaceEndpoints {
  /** None: services are reached through the egress. */
  public static none(): InterfaceEndpoints {
    return new InterfaceEndpoints([]);
  }

  /**
   * What images, logs, secrets and keys pass through: `ecr.api`, `ecr.dkr`, `logs`, `secretsmanager`, `kms`. About 37 USD
   * a month for each Availability Zone.
   */
  public static standard(): InterfaceEndpoints {
    return new InterfaceEndpoints(STANDARD_ENDPOINTS);
  }

  /**
   * The standard ones and `sts`, `ssm`, `monitoring`, `xray`, `sqs`, `sns`, `events`: what a shop with no way out needs.
   * About 88 USD a month for each Availability Zone.
   */
  public static complete(): InterfaceEndpoints {
    return new InterfaceEndpoints(COMPLETE_ENDPOINTS);
  }

  /**
   * Those you name. About 7.30 USD a month for each and for each Availability Zone.
   *
   * @param services what follows the Region in the name of the endpoint service: `ecr.api`, `secretsmanager`
   * @throws BaselineError `EndpointServiceMalformed`, `EndpointServiceTwice`
   */
  public static only(services: string[]): InterfaceEndpoints {
    const problems = new Problems('InterfaceEndpoints.only');
    const malformed = services.filter((service) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(service));
    problems.require(malformed.length === 0, {
      code: 'EndpointServiceMalformed',
      property: 'services',
      value: malformed,
      bound: 'be names of services in lower case, like secretsmanager or ecr.api',
      remedy: 'Write what follows the Region in com.amazonaws.<region>.<service>.',
    });
    problems.require(new Set(services).size === services.length, {
      code: 'EndpointServiceTwice',
      property: 'services',
      value: services,
      bound: 'name each service once',
      remedy: 'Remove the second mention: a VPC has one private name for each service.',
    });
    problems.throwIfAny();
    return new InterfaceEndpoints(services);
  }

  private constructor(
    /** The services, as in the names of their endpoints. */
    public readonly services: string[],
  ) {}
}
