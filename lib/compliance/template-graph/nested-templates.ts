import { readdirSync } from 'node:fs';
import { insideOf } from './inside-of';
import { own, type PlainObject } from './plain-object';
import { readJsonObject } from './read-json';

/**
 * The templates of nested stacks, by the logical ids of the resources that make them: files in `directory`, as far as
 * the assembly has them. A nested stack is an asset; its file stands in the metadata of the resource, where the CDK CLI
 * asks for that, and in the list of assets, under the digest that is part of the template's address.
 */
export function nestedTemplates(resources: PlainObject, directory: string): (readonly [string, string])[] {
  const nested = Object.entries(resources).filter(
    ([, resource]) => own(resource, 'Type') === 'AWS::CloudFormation::Stack',
  );
  const assets = nested.length === 0 ? new Map<string, unknown>() : assetsIn(directory);
  return nested.flatMap(([logicalId, resource]) => {
    const address = JSON.stringify(own(own(resource, 'Properties'), 'TemplateURL') ?? '');
    const digest = /([0-9a-f]{64})\.json/.exec(address)?.[1] ?? '';
    const file = own(own(resource, 'Metadata'), 'aws:asset:path') ?? assets.get(digest);
    return typeof file === 'string' && file.endsWith('.json') ? [[logicalId, insideOf(directory, file)] as const] : [];
  });
}

/** Files of assets by digest, as every list of assets in `directory` says. */
function assetsIn(directory: string): ReadonlyMap<string, unknown> {
  const lists = readdirSync(directory).filter((file) => file.endsWith('.assets.json'));
  const files = lists.flatMap((list) => Object.entries(own(readJsonObject(insideOf(directory, list)), 'files') ?? {}));
  return new Map(files.map(([digest, asset]) => [digest, own(own(asset, 'source'), 'path')]));
}
