import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { wholeDays, type OpenFinding } from './finding-ages';

const Source = z.object({
  name: z.string(),
  format: z.enum(['report', 'npm-audit']),
  /** Who updates what names nobody. */
  owner: z.string(),
  /** Days after which it is over its limit without a report. */
  days: z.number(),
});
export type Source = z.infer<typeof Source>;

/** The sources, as the environment of the function holds them. */
export const Sources = z.array(Source);

/** A source that nobody knows anything from: it never reported, not lately, or not in words that anybody reads. */
export interface SilentSource {
  readonly source: Source;
  /** Whole days since its last report; undefined when there is none, or none that can be read. */
  readonly age?: number;
  readonly why: string;
}

/** What is kept of a source, whatever its format. */
interface Found {
  readonly component: string;
  readonly version: string;
  readonly owner?: string;
  readonly vulnerability: string;
  readonly severity: OpenFinding['severity'];
  readonly found?: string;
  readonly hasFix: boolean;
  readonly isSuppressed: boolean;
}

/** A line of text: it stands in messages and tables. */
const text = z.string().check(z.regex(/^\P{Cc}{1,200}$/u));
const moment = z.iso.datetime({ offset: true });

const Report = z.object({
  /** What was looked at. */
  components: z
    .array(z.object({ name: text, version: text, owner: z.optional(text) }))
    .check(z.minLength(1), z.maxLength(5000)),
  findings: z
    .array(
      z.object({
        component: text,
        vulnerability: text,
        severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
        /** When it was found first. */
        found: z.optional(moment),
        fixedIn: z.optional(text),
        /** Why it does no harm here. */
        suppressedBecause: z.optional(text),
      }),
    )
    .check(z.maxLength(5000)),
});

/** https://docs.npmjs.com/auditing-package-dependencies-for-security-vulnerabilities, version 2 of its report. */
const NpmAudit = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: text,
      /** Advisories; or, as text, the package through which this one is affected, which has an entry of its own. */
      via: z.array(z.union([z.string(), z.object({ url: text, severity: text })])),
      range: z.string(),
      fixAvailable: z.union([z.boolean(), z.object({})]),
    }),
  ),
  // A lock in which npm saw nothing is no good news.
  metadata: z.object({ dependencies: z.object({ total: z.number().check(z.gte(1)) }) }),
});

const NPM_SEVERITIES: Readonly<Record<string, OpenFinding['severity']>> = { critical: 'CRITICAL', high: 'HIGH' };

type Path = readonly PropertyKey[];

/** More places than these nobody reads in a message. */
const PLACES = 3;

/** A report that is not in its format. It says where, and never what stands there: it is somebody else's. */
class Unreadable extends Error {
  public override readonly name = 'Unreadable';

  public constructor(paths: readonly Path[]) {
    const more = paths.length > PLACES ? ` and ${paths.length - PLACES} more` : '';
    super(`a report that cannot be read at ${paths.slice(0, PLACES).map(placeOf).join(', ')}${more}`);
  }
}

/** `findings[0].severity`. In an audit of npm, the names of vulnerabilities are content. */
function placeOf(path: Path): string {
  const steps = path.map((step, index) => {
    const shown = path[index - 1] === 'vulnerabilities' ? '*' : String(step);
    return typeof step === 'number' ? `[${step}]` : `.${shown}`;
  });
  return steps.join('').replace(/^\./, '') || 'its top';
}

function read<T>(schema: z.ZodMiniType<T>, json: unknown): T {
  const { data, error } = z.safeParse(schema, json);
  if (error !== undefined) {
    throw new Unreadable(error.issues.map(({ path }) => path));
  }
  return data;
}

/** How each format is read. */
const READERS: Readonly<Record<Source['format'], (json: unknown) => Found[]>> = {
  report: (json) => {
    const { components, findings } = read(Report, json);
    const known = new Map(components.map((component) => [component.name, component]));
    return findings.map(({ component, fixedIn, suppressedBecause, ...finding }, index) => {
      const { version, owner } = known.get(component) ?? {};
      if (version === undefined) {
        // It is about something that was not looked at.
        throw new Unreadable([['findings', index, 'component']]);
      }
      return {
        ...{ ...finding, component, version, owner },
        hasFix: fixedIn !== undefined,
        isSuppressed: suppressedBecause !== undefined,
      };
    });
  },
  'npm-audit': (json) =>
    Object.values(read(NpmAudit, json).vulnerabilities).flatMap(({ name, via, range, fixAvailable }) =>
      via.flatMap((advisory) =>
        typeof advisory === 'string'
          ? []
          : {
              ...{ component: name, version: range, hasFix: fixAvailable !== false, isSuppressed: false },
              severity: NPM_SEVERITIES[advisory.severity] ?? 'LOW',
              vulnerability: advisory.url.split('/').at(-1) ?? advisory.url,
            },
      ),
    ),
};

/** Where the objects of sources are. */
export interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** What the sources say, and which of them say nothing. Whatever is wrong with one of them is told, and stops no other. */
export async function componentFindings(
  s3: Pick<S3Client, 'send'>,
  sources: readonly Source[],
  place: Place,
  now: Date,
): Promise<{ readonly findings: OpenFinding[]; readonly silent: SilentSource[] }> {
  const findings: OpenFinding[] = [];
  const silent: SilentSource[] = [];
  for (const source of sources) {
    const object = await objectAt(s3, { Bucket: place.bucket, Key: `${place.prefix}${source.name}.json` });
    if (object === undefined) {
      silent.push({ source, why: 'no report' });
      continue;
    }
    const found = foundIn(source, object.body);
    if (typeof found === 'string') {
      silent.push({ source, why: found });
      continue;
    }
    // What was found is told all the same.
    findings.push(...found.map((each) => findingOf(source, each, object.written)));
    const age = wholeDays(object.written, now);
    if (age > source.days) {
      silent.push({ source, age, why: 'no new report' });
    }
  }
  return { findings, silent };
}

async function objectAt(
  s3: Pick<S3Client, 'send'>,
  input: { readonly Bucket: string; readonly Key: string },
): Promise<{ readonly body: string; readonly written: Date } | undefined> {
  try {
    const { Body, LastModified = new Date(0) } = await s3.send(new GetObjectCommand(input));
    return { body: (await Body?.transformToString()) ?? '', written: LastModified };
  } catch (error) {
    if (error instanceof NoSuchKey) {
      return undefined;
    }
    throw error;
  }
}

/** Or why it cannot be read: what somebody else wrote must not stop the report of Inspector's findings. */
function foundIn({ format }: Source, body: string): Found[] | string {
  try {
    return READERS[format](JSON.parse(body));
  } catch (error) {
    // What JSON.parse says repeats what it read.
    return error instanceof Unreadable ? error.message : 'a report that is no JSON';
  }
}

/** As Inspector would say it, so that ages and limits are the same. Without a date it is as old as the first report of it. */
function findingOf(source: Source, found: Found, written: Date): OpenFinding {
  const { component, vulnerability } = found;
  const id = `${source.name}/${component}`;
  return {
    findingArn: `${id}/${vulnerability}`,
    severity: found.severity,
    status: found.isSuppressed ? 'SUPPRESSED' : 'ACTIVE',
    firstObservedAt: found.found === undefined ? written : new Date(found.found),
    fixAvailable: found.hasFix ? 'YES' : 'NO',
    packageVulnerabilityDetails: {
      vulnerabilityId: vulnerability,
      source: source.name,
      vulnerablePackages: [{ name: component, version: found.version }],
    },
    resources: [{ type: undefined, id }],
    owner: found.owner ?? source.owner,
  };
}
