// Licences of others' code that the package holds: of every package from which esbuild took something into a handler or
// into the entry point "./app" or the command line. Computed from its own account of what went where, so it can neither
// forget nor invent.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { cli, door, handlers, root } from './bundles.mjs';

/** Licences that let us pass the code on if we name it. Another one stops the build until a person has read it. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];

const PREAMBLE = `Third-party notices

The code of our Lambda functions (assets/handlers), the entry point "./app" (dist/app) and the command line (dist/cli)
hold code of the packages below. Each list of packages is followed by the text that they come with.
`;

/** Writes the file that goes into the package. */
export async function writeNotices() {
  writeFileSync(path.join(root, 'THIRD-PARTY-NOTICES.txt'), await renderNotices());
}

/** The notices of everything that is bundled. Packages that come with the same text share it. */
export async function renderNotices() {
  const packagesByText = new Map();
  for (const directory of await bundledPackages()) {
    const { title, text } = noticeOf(path.join(root, directory));
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), title]);
  }
  const notices = [...packagesByText].map(([text, titles]) => [...new Set(titles)].join('\n') + `\n\n${text}\n`);
  return [PREAMBLE, ...notices].join(`\n${'='.repeat(80)}\n\n`);
}

/** Name, version, licence and text of the package that is installed in `directory`. */
export function noticeOf(directory) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  if (!ALLOWED.includes(license)) {
    throw new Error(`${name} ${version} is licensed ${license}, which is none of ${ALLOWED.join(', ')}.`);
  }
  const files = readdirSync(directory).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const texts = files.map((file) => readFileSync(path.join(directory, file), 'utf8'));
  const text = texts.length > 0 ? texts.join('\n\n') : (chapterOfReadme(directory) ?? standardText(license));
  if (text === undefined) {
    throw new Error(`${name} ${version} comes without the text of its licence.`);
  }
  return { title: `${name} ${version} (${license})`, text: text.replaceAll('\r\n', '\n').trim() };
}

async function bundledPackages() {
  const bundles = await Promise.all(
    [...handlers(), door(), cli()].map((each) => build({ ...each, metafile: true, write: false })),
  );
  const outputs = bundles.flatMap(({ metafile }) => Object.values(metafile.outputs));
  const used = outputs.flatMap(({ inputs }) => Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0));
  return [...new Set(used.flatMap((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))].sort();
}

/** A few packages say it in their README alone. */
function chapterOfReadme(directory) {
  const file = readdirSync(directory).find((each) => /^readme/i.test(each));
  const text = file && readFileSync(path.join(directory, file), 'utf8');
  return text ? /^#+ *licen[cs]e\b.*\n+([^#]+)/im.exec(text)?.[1] : undefined;
}

/** Apache's is the same for everybody, and ours. */
function standardText(license) {
  return license === 'Apache-2.0' ? readFileSync(path.join(root, 'LICENSE'), 'utf8') : undefined;
}
