import * as z from 'zod/mini';

/** What `format` says in every record. */
export const RECORD_FORMAT = 'cdk-commerce-baseline:record';

const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits, in small letters'));

/** What every record says. */
const common = {
  format: z.literal(RECORD_FORMAT),
  version: z.literal(1),
  /** Id of the control of the catalogue: `EDGE-2`. */
  control: z.string().check(z.regex(/^[A-Z]+-\d+$/)),
  /** What was seen or done, in a sentence. */
  statement: z.string().check(z.minLength(1), z.maxLength(2000)),
  /** Whether it is as the control says. */
  holds: z.boolean(),
  /** What the statement rests on, and by what its content is known. */
  document: z.optional(z.object({ file: z.string().check(z.minLength(1), z.maxLength(300)), sha256: digest })),
};

/** Something that was read from an account. */
const observed = z.strictObject({
  ...common,
  kind: z.literal('observed'),
  /** When, UTC, to the second. */
  at: z.iso.datetime(),
  /** Who asked AWS. */
  principal: z.string().check(z.regex(/^arn:aws[a-z-]*:/)),
  /** What was asked: `cloudfront:GetDistributionConfig`. */
  call: z.string().check(z.regex(/^[a-z0-9-]+:[A-Za-z0-9]+$/)),
  account: z.string().check(z.regex(/^\d{12}$/)),
  region: z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/)),
});

/** Something that a person says. */
const attested = z.strictObject({
  ...common,
  kind: z.literal('attested'),
  /** The day on which they said so, or did what they say. */
  on: z.iso.date(),
  /** Who. */
  by: z.string().check(z.minLength(1), z.maxLength(200)),
  /** As what: the role that the control names. */
  role: z.string().check(z.minLength(1), z.maxLength(200)),
});

/** The kinds of records. A folder holds one kind. */
export const RECORDS = { observed, attested } as const;

export type RecordKind = keyof typeof RECORDS;
export type ObservedRecord = Readonly<z.infer<typeof observed>>;
export type AttestedRecord = Readonly<z.infer<typeof attested>>;

/** A record, and the file it stands in. */
export interface RecordFile {
  readonly record: ObservedRecord | AttestedRecord;
  /** Path of the file in the bundle: `records/attested/training.json`. */
  readonly file: string;
  readonly content: Uint8Array;
  readonly sha256: string;
  /** Whether the document it rests on lay beside it and was the one it names. */
  readonly document: 'none' | 'as named' | 'not at hand';
  /** Of an attestation: the last day on which it counts, by how often the control asks for one. */
  readonly until?: string;
  /** Whether it counts no longer, on the day of the evidence. */
  readonly isLapsed: boolean;
}

/** The day that a record is of. */
export function dayOf(record: ObservedRecord | AttestedRecord): string {
  return record.kind === 'observed' ? record.at.slice(0, 10) : record.on;
}

/** JSON Schema of both kinds, for whatever writes records. */
export function recordSchema(): object {
  return z.toJSONSchema(z.discriminatedUnion('kind', [observed, attested]));
}
