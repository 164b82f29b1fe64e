import * as z from 'zod/mini';
import { sha256 } from '../model/cover';

/** A file of a bundle. */
export interface BundleFile {
  /** Path in the bundle, with `/`. */
  readonly file: string;
  readonly content: string | Uint8Array;
}

/** Where the manifest lies, and beside it what signs it. Neither names itself. */
export const MANIFEST_FILE = 'manifest.json';
export const SIGNATURE_FILE = 'manifest.signature.json';

/** What `format` says in every manifest: by it a bundle is known. */
export const MANIFEST_FORMAT = 'cdk-commerce-baseline:evidence';

const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** The manifest of a bundle. */
export const MANIFEST = z.strictObject({
  format: z.literal(MANIFEST_FORMAT),
  version: z.literal(1),
  day: z.iso.date(),
  commit: z.optional(z.string()),
  tool: z.string(),
  files: z.array(z.strictObject({ file: z.string(), sha256: digest })),
});

export type Manifest = z.infer<typeof MANIFEST>;

/** The manifest of `files`, as it is written. */
export function manifestOf(files: readonly BundleFile[], about: Pick<Manifest, 'day' | 'commit' | 'tool'>): string {
  const manifest: Manifest = {
    format: MANIFEST_FORMAT,
    version: 1,
    ...about,
    files: [...files]
      .sort((one, other) => (one.file < other.file ? -1 : 1))
      .map(({ file, content }) => ({ file, sha256: sha256(content) })),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
