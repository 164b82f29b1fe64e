import { CHOICES, problemOf, QUESTIONS, suggestion, type AnswerName, type Answers } from './answers';

/** Asks a person, and gives back what was answered. */
export type Ask = (name: AnswerName, given: Partial<Answers>) => Promise<string>;

/** Asks on the terminal. A wrong answer is said at once, and asked again. */
export async function askOnTerminal(name: AnswerName, given: Partial<Answers>): Promise<string> {
  const { input, select } = await import('./prompts.ts');
  const [message, choices, fallback] = [QUESTIONS[name], CHOICES[name], suggestion(name, given)];
  if (choices !== undefined) {
    return select({ message, choices: choices.map((value) => ({ value })), default: fallback });
  }
  const validate = (answer: string): true | string => {
    const problem = problemOf(name, answer);
    return problem === undefined || `It must ${problem.bound}. ${problem.remedy}`;
  };
  return input({ message, default: fallback, validate });
}

/** Whether what was answered is to be written. */
export async function confirmOnTerminal(message: string): Promise<boolean> {
  const { confirm } = await import('./prompts.ts');
  return confirm({ message });
}

/** Whether somebody left the questions by Ctrl-C. */
export function isLeft(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}

/** `given`, and an answer to each question that it leaves open. */
export async function completed(given: Partial<Answers>, ask: Ask): Promise<Partial<Answers>> {
  let known = given;
  for (const name of Object.keys(QUESTIONS) as AnswerName[]) {
    known = { ...known, [name]: known[name] ?? (await ask(name, known)) };
  }
  return known;
}
