import { execFileSync } from 'node:child_process';
import * as path from 'node:path';

interface Message {
  readonly message: string;
}

/** What ESLint says of the file that breaks every house rule. */
function messages(): string[] {
  const root = path.join(__dirname, '../..');
  const eslint = [path.join(root, 'node_modules/eslint/bin/eslint.js'), '--no-ignore', '--format', 'json'];
  try {
    execFileSync(process.execPath, [...eslint, 'test/lint/lib/core/breaks-house-rules.ts'], { cwd: root });
  } catch (error) {
    const [file] = JSON.parse(String((error as { stdout: Buffer }).stdout)) as { messages: Message[] }[];
    return file?.messages.map(({ message }) => message) ?? [];
  }
  return [];
}

const found = messages();

test.each([
  ['the environment', /never the environment/],
  ['Date.now and new Date', /core\/clock\.ts what day/],
  ['the console', /Unexpected console statement/],
  ['setContext', /must not depend on context/],
  ['instanceof on a resource class', /class loaded twice/],
  ['an ARN of the commercial partition', /Build ARNs with/],
  ['aspects that harden', /aspects hide it/],
  ['a wildcard that nobody explains', /why every resource is meant/],
  ['any', /Unexpected any/],
  ['zod in code that jsii compiles', /Only bundled code/],
  ['an import against the direction', /lib\/core may import nothing of ours/],
])('objects to %s', (_, expected) => {
  expect(found).toContainEqual(expect.stringMatching(expected));
});

test('objects to both spellings of an ARN and of a clock', () => {
  expect(found.filter((message) => message.startsWith('Build ARNs'))).toHaveLength(2);
  expect(found.filter((message) => message.includes('core/clock.ts'))).toHaveLength(2);
});
