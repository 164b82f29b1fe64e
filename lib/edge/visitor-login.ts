import { CfnOutput, CustomResource, Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { RequestClass } from '../application/request-class';
import { acknowledge } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';
import { keeps } from '../core/keeps';
import { DataClass, tagDataClass } from '../core/tags';
import type { Waiver } from '../core/waiver';
import { DataKey } from '../encryption/data-key';
import { visitorLoginCode } from './visitor-login-code';

/** Under which keys the login stands, and who comes without. */
export interface VisitorLoginProps {
  /**
   * The shapes of the shop's requests: its webhooks come without a login, because payment providers have none.
   *
   * @default - nobody comes without
   */
  readonly requestClasses?: RequestClass[];

  /**
   * Raise it by one for another password: visitors log in again.
   *
   * @default 1
   */
  readonly generation?: number;

  /**
   * Key for the secret.
   *
   * @default - a `DataKey` for secrets
   */
  readonly key?: IKey;

  /**
   * Key for the log of the function that digests the password.
   *
   * @default - a `DataKey` for logs
   */
  readonly logsKey?: IKey;

  /**
   * Who is told when the password could not be digested.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/** Letters and digits of the password: 190 bits, which nobody guesses, with its digest at hand or without. */
const LENGTH = 32;

/** The name that visitors log in with. */
const USERNAME = 'staging';

/**
 * One name and one random password for everybody who may see a shop that is not open: asked for by CloudFront, before
 * the cache and before the shop. For a `StorefrontDistribution`.
 *
 * The password stands in Secrets Manager and nowhere else; CloudFront holds salted digests. It is no account of the
 * shop's: staff log in to that behind it. Costs about 0.40 USD a month.
 */
export class VisitorLogin extends Construct {
  /** The secret, JSON with `username` and `password`. */
  public readonly secret: ISecret;

  private readonly digests: CustomResource;
  private readonly requestClasses: RequestClass[];

  /** @throws BaselineError `GenerationInvalid` */
  public constructor(scope: Construct, id: string, props: VisitorLoginProps = {}) {
    super(scope, id);
    const { generation = 1, requestClasses = [] } = props;
    this.validate(generation);
    this.requestClasses = requestClasses;
    this.secret = this.createSecret(generation, props);
    this.digests = this.createDigests(props);
    new CfnOutput(this, 'Secret', {
      value: this.secret.secretArn,
      description: 'The secret with the name and the password that visitors log in with',
    });
  }

  private validate(generation: number): void {
    const problems = new Problems(`VisitorLogin ${this.node.path}`);
    const isGeneration = Token.isUnresolved(generation) || (Number.isInteger(generation) && generation >= 1);
    problems.require(isGeneration, {
      code: 'GenerationInvalid',
      property: 'generation',
      value: generation,
      bound: 'be a whole number from 1',
      remedy: 'Raise it by one for another password; it never goes back.',
    });
    problems.throwIfAny();
  }

  private createSecret(generation: number, { key }: VisitorLoginProps): Secret {
    const secret = new Secret(this, generation > 1 ? `PasswordG${generation}` : 'Password', {
      description: 'What visitors log in with, before they see anything of the shop',
      encryptionKey: key ?? new DataKey(this, 'Key', { dataClass: DataClass.SECRETS }),
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: USERNAME }),
        generateStringKey: 'password',
        passwordLength: LENGTH,
        excludePunctuation: true,
        includeSpace: false,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    tagDataClass(secret, DataClass.SECRETS);
    acknowledge(secret, {
      rules: ['AwsSolutions-SMG4', 'SecretsManagerRotationEnabled', 'CommerceBaseline-secret-rotation'],
      because:
        'People log in with it, and no data is behind it alone; it is replaced by raising the generation, when somebody ' +
        'leaves who knew it.',
    });
    return secret;
  }

  private createDigests({ logsKey, alerts }: VisitorLoginProps): CustomResource {
    const digest = new HandlerFunction(this, 'Digest', {
      handler: 'digest-visitor-login',
      description: 'Digests what visitors log in with, for CloudFront',
      key: logsKey ?? new DataKey(this, 'LogsKey', { dataClass: DataClass.LOGS }),
      alerts,
    });
    // By the reader's own policy: CDK's grant asks the key to trust it, which is a cycle where the key stands elsewhere.
    digest.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] }),
    );
    this.secret.encryptionKey?.grant(digest.role, 'kms:Decrypt');
    return new CustomResource(this, 'Digests', {
      resourceType: 'Custom::VisitorLogin',
      serviceToken: digest.function.functionArn,
      serviceTimeout: Duration.minutes(2),
      properties: { SecretId: this.secret.secretArn, Code: digest.codeDigest },
    });
  }

  /**
   * The part of a CloudFront function that asks for the login.
   *
   * @internal
   */
  public _code(): string {
    return visitorLoginCode({
      salt: this.digests.getAttString('Salt'),
      loginDigest: this.digests.getAttString('LoginDigest'),
      passDigest: this.digests.getAttString('PassDigest'),
      requestClasses: this.requestClasses,
    });
  }
}

/** The login that a store in staging is behind, unless somebody gave it up. */
export function loginUnlessWaived(
  scope: Construct,
  withoutLogin: Waiver | undefined,
  props: VisitorLoginProps,
): VisitorLogin | undefined {
  return keeps(scope, 'staging.login', withoutLogin) ? new VisitorLogin(scope, 'VisitorLogin', props) : undefined;
}
