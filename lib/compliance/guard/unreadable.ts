/** Why a file cannot be read, in words for whoever has to mend it. */
export class Unreadable extends Error {
  public override readonly name = 'Unreadable';

  /**
   * @param problem the file, and what is wrong with it
   * @param remedy what to do about it
   */
  public constructor(
    public readonly problem: string,
    public readonly remedy: string,
  ) {
    super(`${problem}\n${remedy}`);
  }
}
