import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The checkout. */
export const ROOT = path.join(__dirname, '../..');

/** A page that people read. */
export interface Document {
  /** Where it is, from the root of the checkout: `docs/DEPLOY.md`. */
  readonly file: string;
  readonly text: string;
}

/** A block of code in a page. */
export interface CodeBlock {
  readonly document: string;
  /** Line of the page on which its code begins, from 1. */
  readonly line: number;
  readonly code: string;
  /** Where a reader would put it, if its first line says so: `// config/acme.ts`. */
  readonly file?: string;
}

/** Every page: those at the root, and those below docs/. */
export function documents(): Document[] {
  const below = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const files = [...readdirSync(ROOT), ...below.map((file) => path.join('docs', file))];
  return files
    .filter((file) => file.endsWith('.md'))
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

/** The blocks of `document` that are written in `language`, also those inside a list. */
export function codeBlocks({ file, text }: Document, language: string): CodeBlock[] {
  const fences = text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([^]*?)^ *\`\`\`$`, 'gm'));
  return [...fences].map((fence) => {
    const [, indent = '', code = ''] = fence;
    return {
      document: file,
      line: text.slice(0, fence.index).split('\n').length + 1,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      file: /^\/\/ (\S+\.ts)\n/.exec(code)?.[1],
    };
  });
}

/** `text` without its blocks of code. */
export function prose(text: string): string {
  return text.replaceAll(/^ *```[^]*?^ *```$/gm, '');
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsOf({ text }: Document): Set<string> {
  const headings = [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
  const anchors = new Set<string>();
  for (const heading of headings) {
    const before = headings.slice(0, anchors.size).filter((other) => other === heading).length;
    anchors.add(before === 0 ? heading : `${heading}-${before}`);
  }
  return anchors;
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[^\p{L}\p{N}\-_ ]/gu, '')
    .replaceAll(' ', '-');
}
