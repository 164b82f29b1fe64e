import { statSync } from 'node:fs';
import * as z from 'zod/mini';
import { readShape } from '../assembly/assembly-file';
import { CannotRun } from '../exit-code';
import { REPORT_FORMAT, REPORT_VERSION } from './check-report';

const REMEDY =
  'Give --base the output of an earlier "commerce-baseline check --format json", or a directory that "cdk synth" wrote.';

const BASE = z.object({
  format: z.literal(REPORT_FORMAT),
  version: z.number(),
  findings: z.array(z.object({ fingerprint: z.string() })),
});

/** Whether a base is an assembly, not a report. */
export function isDirectory(location: string): boolean {
  return statSync(location, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Fingerprints of what was found when the report in `file` was written.
 *
 * @throws CannotRun when it is no such report, or one of a newer version
 */
export function fingerprintsOf(file: string): string[] {
  const { version, findings } = readShape(file, BASE, REMEDY);
  if (version !== REPORT_VERSION) {
    throw new CannotRun(
      `${file} is a report of version ${version}; this command reads version ${REPORT_VERSION}.`,
      REMEDY,
    );
  }
  return findings.map(({ fingerprint }) => fingerprint);
}
