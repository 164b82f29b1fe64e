/** Where a text of a template is evaluated. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * What CloudFormation will make of a text of a template, where that can be known beforehand: a literal, or one joined
 * from literals and pseudo parameters. Anything else is undefined.
 */
export function textOf(value: unknown, place: Place): string | undefined {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if ('Ref' in value) {
    return PSEUDO[String(value.Ref)]?.(place);
  }
  if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown];
    const texts = Array.isArray(parts) ? parts.map((part) => textOf(part, place)) : [undefined];
    return texts.includes(undefined) ? undefined : texts.join(separator);
  }
  return undefined;
}

const PSEUDO: Readonly<Record<string, (place: Place) => string>> = {
  'AWS::AccountId': ({ account }) => account,
  'AWS::Region': ({ region }) => region,
  'AWS::Partition': ({ region }) => (region.startsWith('cn-') ? 'aws-cn' : 'aws'),
};

/** What stands in `value` at `path`: `at(properties, 'CachePolicyConfig', 'Name')`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[key] : undefined,
    value,
  );
}

/** `value` as a list; nothing is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
