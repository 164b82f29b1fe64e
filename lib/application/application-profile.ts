import type { Application } from './application';
import type { EnvironmentValue } from './environment-value';

/** What an application is made from: everything it shows, and the environment that all its processes share. */
export type ApplicationProfile = Omit<Application, 'environment'> & {
  readonly environment: { readonly [name: string]: EnvironmentValue };
};
