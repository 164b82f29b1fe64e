import { paginateGetLogEvents, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { nameOf } from '../aws/errors';
import { printable } from '../printable';

/** What a task says, as far as it has been read. */
export class TaskOutput {
  #token?: string;

  public constructor(
    private readonly client: CloudWatchLogsClient,
    private readonly group: string,
    /** Name of the log stream, which is there once the task has said something. */
    public readonly stream: string,
    private readonly print: (line: string) => void,
  ) {}

  /**
   * Prints what is new, page by page, and keeps none of it.
   *
   * @returns how many lines that were
   */
  public async read(): Promise<number> {
    let lines = 0;
    try {
      for await (const page of this.pages()) {
        const { events = [], nextForwardToken } = page;
        events.forEach(({ message = '' }) => this.print(printable(message.trimEnd())));
        lines += events.length;
        this.#token = nextForwardToken ?? this.#token;
      }
    } catch (error) {
      // The stream comes with the first line.
      if (nameOf(error) !== 'ResourceNotFoundException') {
        throw error;
      }
    }
    return lines;
  }

  /** The end is where the service gives back the token that it was given. */
  private pages(): ReturnType<typeof paginateGetLogEvents> {
    return paginateGetLogEvents(
      { client: this.client, startingToken: this.#token, stopOnSameToken: true },
      { logGroupName: this.group, logStreamName: this.stream, startFromHead: true },
    );
  }
}
