import { constants, createHash, generateKeyPairSync, privateEncrypt } from 'node:crypto';
import * as path from 'node:path';
import { ExitCode } from '../../../lib/cli/exit-code';
import { denial, json } from '../../support/aws-recordings';
import { AwsServer, type Recordings } from '../../support/aws-server';
import { commandLine, reportOf, smallAssembly } from '../../support/check';
import { evidence, Folders, type Written } from '../../support/evidence';

const folders = new Folders();

afterAll(() => folders.remove());

const ASSEMBLY = smallAssembly({ 'validation-report.json': reportOf([]) });
const KEY = 'arn:aws:kms:eu-central-1:111122223333:alias/evidence';

/** A pair that stands for the key in KMS, whose private half stays on the server. */
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const TRUSTED = path.join(
  folders.with({ 'key.pub.pem': publicKey.export({ type: 'spki', format: 'pem' }).toString() }),
  'key.pub.pem',
);

/** RSASSA-PKCS1-v1_5 of a digest, as KMS signs it (RFC 8017, section 9.2). */
function signatureOf(digest: Buffer): Buffer {
  const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest]);
  return privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, info);
}

const KMS: Recordings = {
  GetPublicKey: json({
    KeyId: KEY,
    PublicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    SigningAlgorithms: ['RSASSA_PSS_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_256'],
  }),
  Sign: ({ text }) => {
    const { Message, MessageType, SigningAlgorithm } = JSON.parse(text.slice(text.indexOf('{'))) as {
      readonly [name: string]: string;
    };
    expect({ MessageType, SigningAlgorithm }).toEqual({
      MessageType: 'DIGEST',
      SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
    });
    return json({ Signature: signatureOf(Buffer.from(Message, 'base64')).toString('base64') });
  },
};

/** Writes evidence that `key` signs, where KMS answers with `recordings`. */
async function signedBy(key: string, recordings: Recordings = KMS): Promise<Written> {
  const server = await AwsServer.start(recordings);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  try {
    return await evidence(folders, ASSEMBLY, '--sign', `kms:${key}`);
  } finally {
    await server.stop();
  }
}

test('a key in KMS signs, and its public half verifies without KMS', async () => {
  const { bundle, files } = await signedBy(KEY);
  const { algorithm, key } = JSON.parse(files['manifest.signature.json']) as { algorithm: string; key: string };
  const der = publicKey.export({ type: 'spki', format: 'der' });
  expect({ algorithm, key }).toEqual({ algorithm: 'rsa', key: createHash('sha256').update(der).digest('hex') });
  const verified = await commandLine('evidence', '--verify', bundle, '--key', TRUSTED);
  expect(verified).toMatchObject({
    code: ExitCode.CLEAN,
    out: expect.stringContaining('Signed by this key') as string,
  });
});

test.each([
  ['alias/evidence', 'is not the ARN of a key in KMS'],
  ['arn:aws:s3:::evidence', 'is not the ARN of a key in KMS'],
])('%s is refused before anything is written', async (key, why) => {
  const { code, err, files } = await signedBy(key);
  expect({ code, files }).toEqual({ code: ExitCode.COULD_NOT_RUN, files: {} });
  expect(err).toContain(why);
});

test('a key that signs by something else is refused, with those that do', async () => {
  const GetPublicKey = json({ KeyId: KEY, PublicKey: '', SigningAlgorithms: ['ECDSA_SHA_384'] });
  const { code, err, files } = await signedBy(KEY, { ...KMS, GetPublicKey });
  expect({ code, files }).toEqual({ code: ExitCode.COULD_NOT_RUN, files: {} });
  expect(err).toContain('signs by ECDSA_SHA_384');
  expect(err).toContain('ECC_NIST_P256 or RSA');
});

test('who may not sign is told which rights it takes, and nothing is written', async () => {
  const { code, err, files } = await signedBy(KEY, { ...KMS, Sign: denial });
  expect({ code, files }).toEqual({ code: ExitCode.COULD_NOT_RUN, files: {} });
  expect(err).toContain('AccessDeniedException');
  expect(err).toContain('kms:GetPublicKey and kms:Sign');
});
