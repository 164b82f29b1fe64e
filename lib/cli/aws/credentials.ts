import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Aws } from './aws';

/**
 * Clients with the credentials of whoever runs the command: environment, profile, single sign-on, instance role.
 *
 * @param attempts how often a request is made that fails for a passing reason
 */
export function ownAws(profile: string | undefined, attempts?: number): Aws {
  return new Aws({ credentials: defaultProvider({ profile }), attempts });
}
