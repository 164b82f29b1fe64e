import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';

/** What is written down about a run. */
export interface Entry {
  readonly event: 'requested' | 'started' | 'not-started' | 'unknown' | 'ended' | 'left' | 'stopped';
  readonly [detail: string]: unknown;
}

/** One run in the ledger: a log stream of its own, to which its events are added and from which none can be taken. */
export class LedgerEntry {
  /** Name of the log stream: `2026/11/23/<id of the run>`. */
  public readonly stream: string;

  public constructor(
    private readonly client: CloudWatchLogsClient,
    private readonly group: string,
    private readonly run: string,
    private readonly now: () => Date,
  ) {
    this.stream = `${now().toISOString().slice(0, 10).replaceAll('-', '/')}/${run}`;
  }

  /** Begins the entry; returns when CloudWatch has taken it. */
  public async open(entry: Entry): Promise<void> {
    await this.client.send(new CreateLogStreamCommand({ logGroupName: this.group, logStreamName: this.stream }));
    await this.add(entry);
  }

  /** Adds to the entry; returns when CloudWatch has taken it. */
  public async add(entry: Entry): Promise<void> {
    const at = this.now();
    const message = JSON.stringify({ run: this.run, at: at.toISOString(), ...entry });
    const { rejectedLogEventsInfo } = await this.client.send(
      new PutLogEventsCommand({
        logGroupName: this.group,
        logStreamName: this.stream,
        logEvents: [{ timestamp: at.getTime(), message }],
      }),
    );
    if (rejectedLogEventsInfo !== undefined) {
      throw new Error('CloudWatch Logs took no event of this time. Is the clock of this machine right?');
    }
  }
}
