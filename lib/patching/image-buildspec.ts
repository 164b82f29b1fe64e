/** What is built, tested and pushed. */
export interface ImageBuildspecOptions {
  /** Registry of the account: `111122223333.dkr.ecr.eu-central-1.amazonaws.com`. */
  readonly registry: string;
  /** Registry and repository that the image goes to. */
  readonly repositoryUri: string;
  /** Path of the Dockerfile in the source. */
  readonly dockerfile: string;
  /** What is run in the image, to see whether it works. */
  readonly test: readonly string[];
}

/** A phase whose first failure is the end of the build: nothing that follows is run. */
const phase = (...commands: string[]): object => ({ 'on-failure': 'ABORT', commands });

/**
 * Builds from bases that are pulled anew, tests what was built, and pushes it only then. Each in a phase of its own, so
 * that the phase in which a build ended says what went wrong.
 *
 * The test runs without network and credentials, and cannot change what it tests.
 */
export function imageBuildspec({ registry, repositoryUri, dockerfile, test }: ImageBuildspecOptions): object {
  const image = `"${repositoryUri}:$IMAGE_TAG"`;
  return {
    version: '0.2',
    phases: {
      install: phase(`aws ecr get-login-password | docker login --username AWS --password-stdin ${registry}`),
      pre_build: phase(
        // Without the cache: packages of the distribution are installed anew, too. With provenance Docker may push an index
        // about the image instead of the image, and Inspector scans no index.
        `docker build --pull --no-cache --provenance=false --platform linux/arm64 --file ${quoted(dockerfile)} --tag ${image} .`,
      ),
      build: phase(
        `docker run --rm --network none --read-only --tmpfs /tmp --entrypoint "" ${image} ${test.map(quoted).join(' ')}`,
      ),
      post_build: phase(`test "$CODEBUILD_BUILD_SUCCEEDING" = 1`, `docker push ${image}`),
    },
  };
}

/** A word as a shell takes it, whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
