import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

const HANDLERS = path.join(__dirname, '..', '..', 'assets', 'handlers');

/** The file that Lambda imports for the handler called `name`, as `npm run build:handlers` left it. */
export function builtHandler(name: string): string {
  const index = JSON.parse(readFileSync(path.join(HANDLERS, 'index.json'), 'utf8')) as Record<
    string,
    { domain: string }
  >;
  const file = path.join(HANDLERS, index[name]?.domain ?? '', `${name}.mjs`);
  if (!existsSync(file)) {
    throw new Error(`${file} is missing: run "npm run build:handlers" first.`);
  }
  return file;
}

/** All code that is loaded with the handler called `name`. */
export function codeOf(name: string): string {
  const loaded = new Map<string, string>();
  const load = (file: string): void => {
    if (!loaded.has(file)) {
      const code = readFileSync(file, 'utf8');
      loaded.set(file, code);
      [...code.matchAll(/"\.\/(chunk-[A-Z0-9]+\.mjs)"/g)].forEach(([, chunk = '']) =>
        load(path.join(path.dirname(file), chunk)),
      );
    }
  };
  load(builtHandler(name));
  return [...loaded.values()].join('');
}
