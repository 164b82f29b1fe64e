import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { CannotRun } from '../../exit-code';

/** What stands beside a manifest that is signed. */
export const SIGNATURE = z.strictObject({
  /** `ec`, `rsa` or `ed25519`. */
  algorithm: z.string(),
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER), in hexadecimal digits. */
  key: z.string(),
  /** In Base64. */
  signature: z.string(),
});

export type Signature = z.infer<typeof SIGNATURE>;

/** Signs a manifest. */
export interface Signer {
  /** The signature over `manifest`. */
  sign(manifest: string): Promise<Signature>;
}

const ALGORITHMS = ['ec', 'rsa', 'ed25519'];

/** What stands before the name of a key in AWS KMS. */
const IN_KMS = 'kms:';

/**
 * Signs with the key that `name` says: `kms:` and an ARN, or a file.
 *
 * @throws CannotRun when there is no such key, or the name is none
 */
export async function signerNamed(name: string): Promise<Signer> {
  if (!name.startsWith(IN_KMS)) {
    return signerWith(name);
  }
  const { kmsSigner } = await import('./kms-signer.ts');
  return kmsSigner(name.slice(IN_KMS.length));
}

/**
 * Signs with the private key in `file`, PEM: ECDSA or RSA over SHA-256, or Ed25519.
 *
 * @throws CannotRun when there is no such key in it
 */
function signerWith(file: string): Signer {
  const key = keyIn(file, createPrivateKey);
  return {
    sign: (manifest) =>
      Promise.resolve({
        algorithm: key.asymmetricKeyType ?? '',
        key: fingerprintOf(createPublicKey(key)),
        signature: sign(digestFor(key), Buffer.from(manifest), key).toString('base64'),
      }),
  };
}

/** What a signature says of a manifest. */
export type Signed = 'by this key' | 'by another key' | 'by nobody: it does not match';

/** Whether `signature` over `manifest` is by the public key in the file `trusted`. */
export function signedBy(trusted: string, manifest: string, { key, signature }: Signature): Signed {
  const own = keyIn(trusted, createPublicKey);
  if (fingerprintOf(own) !== key) {
    return 'by another key';
  }
  const isValid = verify(digestFor(own), Buffer.from(manifest), own, Buffer.from(signature, 'base64'));
  return isValid ? 'by this key' : 'by nobody: it does not match';
}

function keyIn(file: string, read: (pem: Buffer) => KeyObject): KeyObject {
  try {
    const key = read(readFileSync(file));
    if (!ALGORITHMS.includes(key.asymmetricKeyType ?? '')) {
      throw new Error(`its type is ${key.asymmetricKeyType}`);
    }
    return key;
  } catch (error) {
    throw new CannotRun(
      `${file} is no key that signs: ${(error as Error).message}.`,
      `Name a file in PEM with a key of the type ${ALGORITHMS.join(', ')}, without a passphrase.`,
    );
  }
}

/** Ed25519 brings a digest of its own. */
function digestFor(key: KeyObject): string | undefined {
  return key.asymmetricKeyType === 'ed25519' ? undefined : 'sha256';
}

/** SHA-256 of a public key, as DER, in hexadecimal digits. */
export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
