import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand, type SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { ownAws } from '../../aws/credentials';
import { messageOf, nameOf } from '../../aws/errors';
import { CannotRun } from '../../exit-code';
import { fingerprintOf, type Signature, type Signer } from './signature';

/** The ARN of a key or of an alias of one: it says the Region, too. */
const ARN = /^arn:[\w-]+:kms:([\w-]+):\d{12}:(key|alias)\/[\w/-]+$/;

/** Those that other tools verify with SHA-256, as they do a signature by a key in a file. */
const ALGORITHMS: readonly SigningAlgorithmSpec[] = ['ECDSA_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_256'];

/**
 * Signs with a key that never leaves AWS KMS, with the credentials of whoever runs the command. Needs `kms:GetPublicKey`
 * and `kms:Sign` on it.
 *
 * @param key the ARN of an asymmetric key that signs, or of an alias of one
 * @throws CannotRun when `key` is no ARN of that kind
 */
export function kmsSigner(key: string): Signer {
  const region = ARN.exec(key)?.[1];
  if (region === undefined) {
    throw new CannotRun(
      `"${key}" is not the ARN of a key in KMS.`,
      'Write it as kms:arn:aws:kms:<region>:<account>:key/<id> or …:alias/<name>.',
    );
  }
  const client = ownAws(undefined).client(KMSClient, region);
  return { sign: (manifest) => signedByKms(client, key, manifest).catch(explained(key)) };
}

async function signedByKms(client: KMSClient, KeyId: string, manifest: string): Promise<Signature> {
  const { PublicKey = new Uint8Array(), SigningAlgorithms = [] } = await client.send(
    new GetPublicKeyCommand({ KeyId }),
  );
  const SigningAlgorithm = ALGORITHMS.find((each) => SigningAlgorithms.includes(each));
  if (SigningAlgorithm === undefined) {
    throw new CannotRun(
      `The key ${KeyId} signs by ${SigningAlgorithms.join(', ') || 'nothing'}.`,
      `Name a key for SIGN_VERIFY that signs by ${ALGORITHMS.join(' or ')}: ECC_NIST_P256 or RSA.`,
    );
  }
  const Message = createHash('sha256').update(manifest).digest();
  const request = new SignCommand({ KeyId, Message, MessageType: 'DIGEST', SigningAlgorithm });
  const { Signature: bytes = new Uint8Array() } = await client.send(request);
  const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  const signature = Buffer.from(bytes).toString('base64');
  return { algorithm: key.asymmetricKeyType ?? '', key: fingerprintOf(key), signature };
}

function explained(key: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof CannotRun) {
      throw error;
    }
    throw new CannotRun(
      `The key ${key} did not sign: ${nameOf(error)}: ${messageOf(error)}.`,
      'Allow whoever runs this kms:GetPublicKey and kms:Sign on it, or name another key.',
    );
  };
}
