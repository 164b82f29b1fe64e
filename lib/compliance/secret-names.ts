/** Words that the name of a variable has in it when its value is a secret. */
const SECRET_WORDS =
  /(^|[_-])(password|passwd|pwd|secret|secrets|token|api_?key|private_?key|credential|credentials|salt)([_-]|$)/i;

/** Endings under which a variable names where a secret lies, not the secret. */
const POINTS_TO_ONE =
  /(arn|name|id|ids|prefix|path|parameter|url|endpoint|file|version|stage|length|ttl|expiry|age|days)$/i;

/** Values that are secrets whatever the variable is called: an AWS access key, a private key, a URL with a password. */
const SECRET_VALUES =
  /\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|:\/\/[^/\s:@]+:[^/\s@${}]+@|\bsk_live_[0-9A-Za-z]{8,}/;

/** Whether a variable of a workload carries a secret in the open. */
export function looksSecret(name: string, value: string): boolean {
  const separated = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return SECRET_VALUES.test(value) || (value !== '' && SECRET_WORDS.test(separated) && !POINTS_TO_ONE.test(separated));
}
