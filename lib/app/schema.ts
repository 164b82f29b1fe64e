import * as z from 'zod';
import { type Problem } from '../core/errors';

/** What a value must satisfy, said so that a refusal can be printed: "it must <bound>. <remedy> [<code>]". */
export interface Rule {
  readonly code: string;
  readonly bound: string;
  readonly remedy: string;
}

/** A value that satisfies `test`; anything else, a missing value included, is refused with `rule`. */
export function value<T>(
  test: ((input: unknown) => input is T) | ((input: unknown) => boolean),
  rule: Rule,
): z.ZodType<T> {
  return z.custom<T>(test, { params: rule });
}

/** A text that satisfies `test`. */
export function text(test: (input: string) => boolean, rule: Rule): z.ZodType<string> {
  return value((input): input is string => typeof input === 'string' && test(input), rule);
}

/** A number from `minimum` to `maximum`, in steps of `step`. */
export function number(minimum: number, maximum: number, step: number, rule: Omit<Rule, 'bound'>): z.ZodType<number> {
  const test = (input: unknown): input is number =>
    typeof input === 'number' && input >= minimum && input <= maximum && Number.isInteger(input / step);
  const steps = step === 1 ? 'a whole number' : `a multiple of ${step}`;
  return value(test, { ...rule, bound: `be ${steps} from ${minimum} to ${maximum}` });
}

/** One of `choices`. */
export function oneOf<T extends string>(choices: readonly T[], rule: Omit<Rule, 'bound'>): z.ZodType<T> {
  const test = (input: unknown): input is T => choices.some((choice) => choice === input);
  return value(test, { ...rule, bound: `be one of ${choices.map((choice) => `'${choice}'`).join(', ')}` });
}

/** A value that one of the package's static factories made. */
export function instanceOf<T>(
  type: { readonly prototype: T; readonly name: string },
  code: string,
  remedy: string,
): z.ZodType<T> {
  const test = (input: unknown): input is T => input instanceof (type as unknown as new () => object);
  return value(test, { code, bound: `be a value of ${type.name}`, remedy });
}

/** Values of `T` by the names of their properties: none is forgotten, and none is of another type. */
export type Shapes<T> = { readonly [key in keyof Required<T>]: z.ZodType<NonNullable<T[key]>> };

/** An object with these properties and no others, each of which may be left out. */
export function choices<T extends object>(shapes: Shapes<T>): z.ZodType<T> {
  const optional = Object.entries<z.ZodType>(shapes).map(([key, shape]) => [key, z.optional(shape)] as const);
  return z.strictObject(Object.fromEntries(optional)) as unknown as z.ZodType<T>;
}

/** Refuses a combination of values that is wrong although each of them is right. */
export function refuse<T>(context: z.RefinementCtx<T>, path: readonly string[], input: unknown, rule: Rule): void {
  context.addIssue({ code: 'custom', path: [...path], input, params: rule });
}

/** Types of values, as people write them. */
const SHAPES: Readonly<Record<string, string>> = { object: 'be an object, { … }', array: 'be a list, [ … ]' };

/** Everything that is wrong with `input`, or nothing. */
export function problemsOf(schema: z.ZodType, input: unknown): readonly Problem[] {
  const { error } = schema.safeParse(input, { reportInput: true });
  return (error?.issues ?? []).flatMap(problemsOfIssue);
}

function problemsOfIssue(issue: z.core.$ZodIssue): Problem[] {
  const property = nameOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'UnknownKey',
      property: property === '' ? key : `${property}.${key}`,
      value: issue.input?.[key],
      bound: 'not be there: nothing reads it',
      remedy: 'Correct the name or remove it.',
    }));
  }
  if (issue.code === 'custom' && issue.params !== undefined) {
    return [{ ...(issue.params as Rule), property, value: issue.input }];
  }
  return [
    {
      code: 'WrongType',
      property: property === '' ? 'the configuration' : property,
      value: issue.input,
      bound: issue.code === 'invalid_type' ? (SHAPES[issue.expected] ?? `be of type ${issue.expected}`) : issue.message,
      remedy: 'Look it up in StoreConfig, which documents what each property holds.',
    },
  ];
}

/** `dns.hosts[0]`, as the user wrote it. */
function nameOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part}]` : name === '' ? String(part) : `${name}.${String(part)}`,
    '',
  );
}
