import type { IConstruct } from 'constructs';

/** Metadata under which the way out of a network stands in the assembly: what passes on purpose, and what is not stopped. */
export const EGRESS_METADATA = 'cdk-commerce-baseline:egress';

/** What the evidence says of a network's way out. */
export interface EgressStatement {
  readonly destinations: readonly { readonly domain: string; readonly purpose: string }[];
  readonly doesNotStop: string;
}

/** Writes down on `network` how far its way out is closed. */
export function stateEgress(network: IConstruct, { destinations, doesNotStop }: EgressStatement): void {
  network.node.addMetadata(EGRESS_METADATA, { destinations, doesNotStop });
}
