import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod/mini';
import { CannotRun } from '../../exit-code';
import { sha256 } from '../model/cover';
import { MANIFEST, MANIFEST_FILE, SIGNATURE_FILE, type Manifest } from './manifest';
import { SIGNATURE, signedBy, type Signature } from './signature';

/** What a bundle is, compared with its manifest. */
export interface Verification {
  readonly manifest: Manifest;
  /** Files whose content is another one. */
  readonly different: readonly string[];
  readonly missing: readonly string[];
  /** Files that the manifest does not name. */
  readonly extra: readonly string[];
  /** Who vouches for the manifest, in a sentence. */
  readonly trust: string;
  /** Whether a signature is there that does not hold. */
  readonly isForged: boolean;
}

/**
 * Compares the bundle in `directory` with its manifest.
 *
 * @param trusted file of the public key that has to have signed it
 * @throws CannotRun when there is no bundle
 */
export function verifyBundle(directory: string, trusted?: string): Verification {
  const text = readText(directory, MANIFEST_FILE);
  const manifest = parsed(directory, MANIFEST_FILE, text, MANIFEST);
  const there = filesIn(directory).filter((file) => file !== MANIFEST_FILE && file !== SIGNATURE_FILE);
  const named = new Map(manifest.files.map(({ file, sha256: digest }) => [file, digest]));
  return {
    manifest,
    different: there.filter(
      (file) => named.has(file) && sha256(readFileSync(path.join(directory, file))) !== named.get(file),
    ),
    missing: [...named.keys()].filter((file) => !there.includes(file)),
    extra: there.filter((file) => !named.has(file)),
    ...trustIn(directory, text, trusted),
  };
}

function trustIn(directory: string, manifest: string, trusted?: string): Pick<Verification, 'trust' | 'isForged'> {
  if (!existsSync(path.join(directory, SIGNATURE_FILE))) {
    const trust = 'Integrity only: nobody signed the manifest, so whoever changed a file may have changed it, too.';
    // Who names a key expects a signature: without one the bundle is not what they expect.
    return { trust, isForged: trusted !== undefined };
  }
  const signature = parsed(directory, SIGNATURE_FILE, readText(directory, SIGNATURE_FILE), SIGNATURE);
  return trusted === undefined ? unasked(signature) : asked(trusted, manifest, signature);
}

function unasked({ key, algorithm }: Signature): Pick<Verification, 'trust' | 'isForged'> {
  const trust = `Integrity only: it says that the key ${key} (${algorithm}) signed it; name with --key the public key that you trust.`;
  return { trust, isForged: false };
}

function asked(trusted: string, manifest: string, signature: Signature): Pick<Verification, 'trust' | 'isForged'> {
  const by = signedBy(trusted, manifest, signature);
  return { trust: `Signed ${by} (${trusted}).`, isForged: by !== 'by this key' };
}

/** Every file below `directory`, with `/`. */
function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

function readText(directory: string, name: string): string {
  try {
    return readFileSync(path.join(directory, name), 'utf8');
  } catch (error) {
    throw new CannotRun(
      `${path.join(directory, name)} cannot be read: ${(error as Error).message}.`,
      'Name a directory that "commerce-baseline evidence" wrote.',
    );
  }
}

function parsed<S extends z.core.$ZodType>(directory: string, name: string, text: string, shape: S): z.output<S> {
  try {
    return z.parse(shape, JSON.parse(text));
  } catch {
    throw new CannotRun(
      `${path.join(directory, name)} is not what "commerce-baseline evidence" writes.`,
      'The bundle was damaged or changed: ask for another copy.',
    );
  }
}
