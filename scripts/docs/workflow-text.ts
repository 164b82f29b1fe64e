import { readFileSync } from 'node:fs';
import * as path from 'node:path';

const file = path.join(__dirname, '../../examples/ci/github-actions.yml');

/** The workflow of `examples/ci`, as the source text of `workflow-text.ts`: what `init` writes is what is tested. */
export function workflowText(): string {
  const escaped = readFileSync(file, 'utf8').replace(/[`\\]|\$(?=\{)/g, '\\$&');
  return `${[
    '// Written by "npm run docs" from examples/ci/github-actions.yml. Not edited by hand.',
    '',
    '/** The workflow of a shop on GitHub Actions. */',
    `export const WORKFLOW = \`${escaped}\`;`,
  ].join('\n')}\n`;
}
