import { Token } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Problems } from '../core/errors';
import type { TaskSecret } from './task-secret';

/** Words at the end of a variable's name that say it holds a secret. */
const SECRET_NAME =
  /(^|_)(PASS|PASSWD|PASSWORD|PASSPHRASE|PWD|SECRET|TOKEN|CREDENTIALS?|(API|PRIVATE|SECRET|ACCESS|ENCRYPTION|SIGNING|MASTER|LICEN[CS]E|AUTH|APP)_?KEY|(AUTH|SECURE_AUTH|LOGGED_IN|NONCE)_SALT)$/i;

/** Values that are secrets wherever they stand, each with its source's own prefix. */
const SECRET_VALUES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // A URL with a password in it.
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i,
  // AWS, Stripe (and its webhooks), GitHub, Slack, Google, SendGrid.
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\b[rs]k_(live|test)_[0-9A-Za-z]{10,}/,
  /\bwhsec_[0-9A-Za-z+/=]{10,}/,
  /\bgh[pousr]_[0-9A-Za-z]{20,}/,
  /\bxox[abeoprs]-[0-9A-Za-z-]{10,}/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
  /\bSG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}/,
  // A signed JSON Web Token.
  /\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}/,
];

/** A variable of a container, and those it has already. */
export interface TaskVariable {
  /** Where the user wrote it, as a `Problem` names it. */
  readonly property: string;
  readonly name: string;
  readonly taken: readonly string[];
}

/**
 * Objects to a setting that looks like a secret: everybody who may describe a task definition reads it, and so does
 * whoever reads the template.
 */
export function requireSetting(problems: Problems, variable: TaskVariable, value: string): void {
  const { name, property } = variable;
  const looksSecret =
    SECRET_NAME.test(name) || (!Token.isUnresolved(value) && SECRET_VALUES.some((each) => each.test(value)));
  problems.require(!looksSecret, {
    code: 'SecretInEnvironment',
    property,
    value: '(not shown)',
    bound: 'not look like a secret, by name or by value',
    remedy: `Keep the value in Secrets Manager and give it in secrets: { ${name}: TaskSecret.whole(secret) }.`,
  });
  requireOnce(problems, variable);
}

/** Objects to a secret whose rotation could not be followed. */
export function requireSecret(problems: Problems, variable: TaskVariable, { secret }: TaskSecret): void {
  requireWholeArn(problems, variable.property, secret);
  requireOnce(problems, variable);
}

/** Objects to a secret that is known by a part of its ARN: the event of its rotation holds the whole. */
export function requireWholeArn(problems: Problems, property: string, secret: ISecret): void {
  problems.require(secret.secretFullArn !== undefined, {
    code: 'SecretArnIncomplete',
    property,
    value: secret.node.path,
    bound: 'be known by its whole ARN, with the six characters that Secrets Manager adds',
    remedy: 'Import it with Secret.fromSecretCompleteArn.',
  });
}

function requireOnce(problems: Problems, { property, name, taken }: TaskVariable): void {
  problems.require(!taken.includes(name), {
    code: 'VariableTwice',
    property,
    value: name,
    bound: 'be given once, as a setting or as a secret',
    remedy: 'Remove one of the two.',
  });
}
