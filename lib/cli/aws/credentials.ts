import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Aws } from './aws';

/** Clients with the credentials of whoever runs the command: environment, profile, single sign-on, instance role. */
export function ownAws(profile: string | undefined): Aws {
  return new Aws({ credentials: defaultProvider({ profile }) });
}
