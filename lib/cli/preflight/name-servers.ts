import { Resolver } from 'node:dns/promises';
import { nameOf } from '../aws/errors';

/** What the public DNS says. */
export interface NameServers {
  /** Name servers of `zone`, without a dot at the end; none when nobody delegates it. */
  serversOf(zone: string): Promise<readonly string[]>;
  /** Who may issue certificates for `host` by the records at that very name; undefined when there are no such records. */
  issuersAt(host: string): Promise<readonly string[] | undefined>;
}

/** The resolvers of this machine. */
export function resolvers(): NameServers {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return {
    serversOf: async (zone) => (await orNone(resolver.resolveNs(zone))).map((server) => server.replace(/\.$/, '')),
    issuersAt: async (host) => {
      const records = await orNone(resolver.resolveCaa(host));
      const issuers = records.flatMap(({ issue }) => (issue === undefined ? [] : [issue]));
      return records.length === 0 ? undefined : issuers;
    },
  };
}

/** There is no such name, or no such record: an answer. A server that does not answer is none, and is thrown. */
async function orNone<Entry>(asked: Promise<Entry[]>): Promise<Entry[]> {
  try {
    return await asked;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : nameOf(error);
    if (code === 'ENOTFOUND' || code === 'ENODATA') {
      return [];
    }
    throw error;
  }
}
