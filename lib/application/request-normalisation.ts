/**
 * A path as a web ACL sees it after its transformations `URL_DECODE` and `NORMALIZE_PATH`: decoded once, without
 * repeated slashes, `/./` and `/x/../`. Climbing above the root stays visible, as AWS documents it.
 *
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html
 */
export function normalisePath(path: string): string {
  const kept: string[] = [];
  for (const segment of decoded(path)
    .split('/')
    .filter((each) => each !== '' && each !== '.')) {
    if (segment === '..' && kept.length > 0 && kept.at(-1) !== '..') {
      kept.pop();
    } else {
      kept.push(segment);
    }
  }
  return withoutLastLineFeed(`/${kept.join('/')}`);
}

/** Decodes `%41` once, byte by byte. What is no encoding stays, as a server that is lenient would read it. */
export function decode(text: string): string {
  return withoutLastLineFeed(decoded(text));
}

function decoded(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** A regular expression's $ also matches before a line feed at the end, in a web ACL but not in JavaScript. */
function withoutLastLineFeed(text: string): string {
  return text.replace(/\n$/, '');
}
