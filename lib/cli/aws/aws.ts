import type { STSClientConfig } from '@aws-sdk/client-sts';

/** What clients of AWS are made with. */
export interface AwsSettings {
  /** Who asks. */
  readonly credentials: NonNullable<STSClientConfig['credentials']>;
  /** Where every service is, instead of at AWS. */
  readonly endpoint?: string;
  /** How often a request is made that fails for a passing reason; 3 when left out. */
  readonly attempts?: number;
}

interface ClientSettings extends Omit<AwsSettings, 'attempts'> {
  readonly region: string;
  readonly maxAttempts: number;
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
}

type ClientClass<Client> = new (settings: ClientSettings) => Client;

/** The clients of a command: one for each service and Region, with time limits and retries of the SDK. */
export class Aws {
  readonly #clients = new Map<unknown, Map<string, unknown>>();
  readonly #answers = new Map<string, Promise<unknown>>();

  public constructor(private readonly settings: AwsSettings) {}

  /**
   * The client of a service in `region`.
   *
   * @param Client the service
   * @param region where
   */
  public client<Client>(Client: ClientClass<Client>, region: string): Client {
    const regions = this.#clients.get(Client) ?? new Map<string, unknown>();
    this.#clients.set(Client, regions);
    const { attempts = 3, ...settings } = this.settings;
    const client =
      regions.get(region) ??
      new Client({
        ...settings,
        region,
        maxAttempts: attempts,
        requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 },
      });
    regions.set(region, client);
    return client as Client;
  }

  /** What `ask` answers, asked once however many want to know. `name` says what it is. */
  public once<Answer>(name: string, ask: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#answers.get(name) ?? ask();
    this.#answers.set(name, answer);
    return answer as Promise<Answer>;
  }
}
