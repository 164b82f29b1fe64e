import type { Problems } from '../core/errors';
import type { BuildSource } from './build-source';

/** How the image of a store is built again. */
export interface ImageBuildChoices {
  /** Where the source is, Dockerfile included: `BuildSource.connection({ … })`. */
  readonly source: BuildSource;

  /**
   * Path of the Dockerfile in the source. Bases are named by tags that their makers move (`node:24-slim`): a base by its
   * digest never gets a patch.
   *
   * @default 'Dockerfile'
   */
  readonly dockerfile?: string;

  /**
   * A command that ends with exit code 0 in an image that works. It is run in the image before that is pushed: without
   * network, credentials and a file system that it could write to, except for `/tmp`.
   */
  readonly test: string[];

  /**
   * Names of repositories of the account, in the home Region, that the bases come from: they can be pulled in a build, and
   * a new image in one of them starts a build.
   *
   * @default - bases of public registries; the window alone starts a build
   */
  readonly baseRepositories?: string[];
}

/** Refuses to roll out what nobody tried. */
export function requireImageTest(problems: Problems, test: readonly string[]): void {
  problems.require(test.length > 0 && test.every((word) => word !== ''), {
    code: 'TestMissing',
    property: 'test',
    value: test,
    bound: 'be a command: an image that nobody tried is not promoted',
    remedy: "Write what shows that the image works: ['node', 'smoke.js'].",
  });
}
