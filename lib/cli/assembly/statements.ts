import * as z from 'zod/mini';
import { PACKS_METADATA } from '../../core/rule-packs';
import { SUPPORT_METADATA } from '../../core/support-metadata';
import { EMERGENCY_METADATA, WAIVER_METADATA } from '../../core/waiver-metadata';
import type { MetadataEntry } from '../cloud-assembly';
import { CannotRun } from '../exit-code';

/** Metadata of CDK: the findings that are acknowledged on a construct and inside it, each with the reason. */
const ACKNOWLEDGED_METADATA = 'aws:cdk:acknowledged-rules';

/** A protection somebody gave up, as the waiver says. */
const waiver = z.object({
  protection: z.string(),
  reason: z.string(),
  owner: z.string(),
  until: z.optional(z.iso.date()),
  reference: z.optional(z.string()),
});

/** Something expired that somebody went on with, and why it could not wait. */
const emergency = z.object({
  what: z.string(),
  until: z.iso.date(),
  owner: z.optional(z.string()),
  emergency: z.string(),
});

/** Until when AWS supports something, and where that was read. */
const supportEnd = z.object({ what: z.string(), until: z.iso.date(), source: z.string(), read: z.iso.date() });

/** Where a construct said something. */
interface Stated {
  readonly constructPath: string;
}

/** A protection somebody gave up, as the waiver says. */
export type WaivedProtection = Readonly<z.infer<typeof waiver>> & Stated;

/** Something expired that somebody went on with, and why it could not wait. */
export type Emergency = Readonly<z.infer<typeof emergency>> & Stated;

/** Until when AWS supports something, and where that was read. */
export type StatedSupportEnd = Readonly<z.infer<typeof supportEnd>> & Stated;

/** The ends of support among `entries`. */
export function supportEndsIn(entries: readonly MetadataEntry[]): StatedSupportEnd[] {
  return statedIn(entries, SUPPORT_METADATA, supportEnd).map(({ said, constructPath }) => ({ constructPath, ...said }));
}

/** The waivers among `entries`. */
export function waiversIn(entries: readonly MetadataEntry[]): WaivedProtection[] {
  return statedIn(entries, WAIVER_METADATA, waiver).map(({ said, constructPath }) => ({ constructPath, ...said }));
}

/** What of `entries` is expired, and somebody went on with it. */
export function emergenciesIn(entries: readonly MetadataEntry[]): Emergency[] {
  return statedIn(entries, EMERGENCY_METADATA, emergency).map(({ said, constructPath }) => ({
    constructPath,
    ...said,
  }));
}

/** The packs that `entries` say have run. */
export function packsIn(entries: readonly MetadataEntry[]): string[] {
  return statedIn(entries, PACKS_METADATA, z.array(z.string())).flatMap(({ said }) => said);
}

/** An acknowledgement: under which id, on which construct, and why. */
export interface StatedAcknowledgement extends Stated {
  readonly id: string;
  readonly reason: string;
}

/** The acknowledgements among `entries`. */
export function acknowledgementsIn(entries: readonly MetadataEntry[]): StatedAcknowledgement[] {
  return statedIn(entries, ACKNOWLEDGED_METADATA, z.record(z.string(), z.string())).flatMap(({ said, constructPath }) =>
    Object.entries(said).map(([id, reason]) => ({ id, reason, constructPath })),
  );
}

function statedIn<S extends z.core.$ZodType>(
  entries: readonly MetadataEntry[],
  type: string,
  shape: S,
): (Stated & { readonly said: z.output<S> })[] {
  return entries
    .filter((entry) => entry.type === type)
    .map(({ constructPath, data }) => {
      const said = z.safeParse(shape, data);
      if (!said.success) {
        throw new CannotRun(
          `What ${constructPath} says under ${type} is not what it should be: ${said.error.issues[0].message}.`,
          'Synthesise again with one version of cdk-commerce-baseline and aws-cdk-lib.',
        );
      }
      return { constructPath, said: said.data };
    });
}
