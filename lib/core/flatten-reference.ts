/**
 * A resolved template value as one line of text, in the notation rule packs use in their finding ids:
 * `<Bucket.Arn>/*`, `arn:<AWS::Partition>:s3:::name`.
 */
export function flattenReference(value: unknown): string {
  if (typeof value === 'string') {
    return value.replace(/\$\{/g, '<').replace(/\}/g, '>');
  }
  if (value === undefined || value === null || typeof value !== 'object') {
    return value === undefined ? '' : JSON.stringify(value);
  }
  const node = value as Record<string, unknown>;
  const join = node['Fn::Join'] as [string, unknown[]] | undefined;
  const attribute = node['Fn::GetAtt'] as [unknown, unknown] | undefined;
  if (join !== undefined) {
    return join[1].map(flattenReference).join(join[0]);
  }
  if (attribute !== undefined) {
    return `<${attribute.map(flattenReference).join('.')}>`;
  }
  for (const transparent of ['Fn::Sub', 'Fn::ImportValue']) {
    if (node[transparent] !== undefined) {
      return flattenReference(node[transparent]);
    }
  }
  return node.Ref === undefined ? JSON.stringify(node) : `<${flattenReference(node.Ref)}>`;
}
