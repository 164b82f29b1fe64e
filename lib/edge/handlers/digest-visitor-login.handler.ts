import { createHash, createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { customResource, type ResourceResult } from '../../core/handlers/custom-resource';

const Properties = z.object({ SecretId: z.string().check(z.minLength(1)), Code: z.string() });
type Properties = z.infer<typeof Properties>;

/** Shorter ones could be found from their digest, which stands in the function: somebody put one there by hand. */
const SHORTEST = 32;

const Login = z.object({
  username: z.string().check(z.regex(/^[a-z]+$/)),
  password: z.string().check(z.regex(/^[A-Za-z0-9]+$/), z.minLength(SHORTEST)),
});

/** The same in the function of CloudFront, which makes the pass: lib/edge/visitor-login-code.ts. */
const PASS_OF = 'visitor';

/** Digests a login as browsers send it, and the pass that CloudFront gives for it. */
export function createHandler(secrets: Pick<SecretsManagerClient, 'send'>): ReturnType<typeof customResource> {
  const digest = async ({ SecretId }: Properties): Promise<ResourceResult> => {
    const { SecretString = '{}', VersionId = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    const { username, password } = z.parse(Login, JSON.parse(SecretString));
    const login = Buffer.from(`${username}:${password}`).toString('base64');
    const pass = createHmac('sha256', login).update(PASS_OF).digest('hex');
    // The same for the same version, so that a second call changes nothing.
    const salt = sha256(`${SecretId} ${VersionId}`).slice(0, 32);
    return {
      physicalId: SecretId,
      attributes: { Salt: salt, LoginDigest: sha256(`${salt}:${login}`), PassDigest: sha256(`${salt}:${pass}`) },
    };
  };
  return customResource({
    properties: Properties,
    create: digest,
    update: digest,
    delete: () => Promise.resolve(),
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export const handler = createHandler(new SecretsManagerClient());
