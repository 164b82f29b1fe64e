import { Aws } from '../../lib/cli/aws/aws';
import { type NameServers } from '../../lib/cli/preflight/name-servers';
import { preflight, type PreflightReport } from '../../lib/cli/preflight/preflight';
import { readStore } from '../../lib/cli/store-assembly';
import { NAME_SERVERS, PREPARED } from './aws-recordings';
import { AwsServer, type Recordings } from './aws-server';

/** A DNS that delegates the zone to Route 53, and restricts nobody. */
export const DELEGATED: NameServers = {
  serversOf: () => Promise.resolve(NAME_SERVERS),
  issuersAt: () => Promise.resolve(undefined),
};

/** How one preflight differs from that of a prepared account. */
export interface Differences {
  readonly recordings?: Recordings;
  readonly names?: Partial<NameServers>;
  readonly latency?: number;
  readonly checks?: readonly string[];
}

/** A client of a server that answers with recordings. */
export function awsAt(endpoint: string, attempts?: number): Aws {
  return new Aws({ endpoint, attempts, credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' } });
}

/** Asks about the store in `assembly`, in a prepared account but for `differences`. */
export async function ask(
  assembly: string,
  differences: Differences = {},
): Promise<{ report: PreflightReport; server: AwsServer }> {
  const { recordings, names, latency, checks } = differences;
  const server = await AwsServer.start({ ...PREPARED, ...recordings }, latency);
  try {
    const report = await preflight(readStore(assembly), {
      aws: awsAt(server.endpoint),
      names: { ...DELEGATED, ...names },
      now: new Date('2026-11-23T12:00:00Z'),
      checks,
    });
    return { report, server };
  } finally {
    await server.stop();
  }
}

/** What a check says of an account that differs from a prepared one. */
export interface Case extends Differences {
  readonly check: string;
  /** What the subject begins with; the first one when left out. */
  readonly subject?: string;
  readonly verdict: string;
  /** A part of what was seen. */
  readonly seen: string;
  /** A part of what repairs it; nothing has to be repaired when left out. */
  readonly repair?: string;
}

/** Expects of the store in `assembly` what `wanted` says. */
export async function expectAnswer(assembly: string, wanted: Case): Promise<void> {
  const { check, subject = '', verdict, seen, repair, ...differences } = wanted;
  const { report } = await ask(assembly, { ...differences, checks: [check] });
  const result = report.results.find((each) => each.check === check && each.subject.startsWith(subject));
  expect(result).toMatchObject({ verdict, seen: expect.stringContaining(seen) as string });
  expect(result!.repair ?? '').toContain(repair ?? '');
  expect(result!.repair === undefined).toBe(repair === undefined);
}
