import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type CloudFormationCustomResourceEvent, type Context } from 'aws-lambda';

/** What a custom resource's function told CloudFormation. */
export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** The end of CloudFormation that receives answers: a real server on loopback. */
export class CloudFormationEndpoint {
  public readonly answers: Answer[] = [];
  /** The status with which the next answer is received. */
  public status = 200;
  private server?: Server;

  public async start(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.answers.push(JSON.parse(Buffer.concat(chunks).toString()) as Answer);
        response.writeHead(this.status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
  }

  public async stop(): Promise<void> {
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** An event as CloudFormation sends it, to be answered here. */
  public event(
    request: { RequestType: 'Create' } | { RequestType: 'Update' | 'Delete'; PhysicalResourceId: string },
    properties: Readonly<Record<string, unknown>>,
  ): CloudFormationCustomResourceEvent {
    const { port } = this.server?.address() as AddressInfo;
    return {
      ...request,
      ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:handler',
      ResponseURL: `http://127.0.0.1:${port}/`,
      StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/acme/1',
      RequestId: 'request-1',
      LogicalResourceId: 'Resource',
      ResourceType: 'Custom::Test',
      ResourceProperties: { ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:handler', ...properties },
      OldResourceProperties: {},
    } as CloudFormationCustomResourceEvent;
  }
}

/** The context of an invocation that has `milliseconds` left. */
export function invocation(milliseconds = 60_000): Context {
  const end = Date.now() + milliseconds;
  return {
    functionName: 'handler',
    awsRequestId: 'invocation-1',
    getRemainingTimeInMillis: () => end - Date.now(),
  } as Context;
}
