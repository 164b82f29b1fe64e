/** What a command tells the shell. The same for every command, so that a pipeline can rely on it. */
export enum ExitCode {
  /** Nothing to do. */
  CLEAN = 0,
  /** Something was found that somebody has to look at. */
  FINDINGS = 1,
  /** The command line is wrong. */
  USAGE = 2,
  /** The command could not do its work: no assembly, no credentials. */
  COULD_NOT_RUN = 3,
}

/** Why a command could not do its work, in words for whoever typed it. */
export class CannotRun extends Error {
  public override readonly name = 'CannotRun';

  /**
   * @param problem what is missing
   * @param remedy what to do about it
   */
  public constructor(problem: string, remedy: string) {
    super(`${problem}\n${remedy}`);
  }
}
