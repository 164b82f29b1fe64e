import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { EnvelopeKeyReplica } from '../encryption/envelope-key-replica';
import { StoreStack, type StoreStackProps } from './store-stack';

/** Which key is replicated. */
export interface OffsiteKeysStackProps extends StoreStackProps {
  /** The application's envelope key in the home Region. */
  readonly primaryKey: IKey;

  /** ARNs of those who may disable keys or schedule their deletion. */
  readonly administrators: string[];
}

/** In the off-site Region of the workload's account: the copy of the key without which encrypted fields stay unreadable. */
export class OffsiteKeysStack extends StoreStack {
  /** The replica. */
  public readonly replica: EnvelopeKeyReplica;

  public constructor(scope: Construct, id: string, props: OffsiteKeysStackProps) {
    super(scope, id, props, {
      role: 'offsite-keys',
      description: 'Replica of the application key',
      stateful: true,
    });
    const { primaryKey, administrators } = props;
    this.replica = new EnvelopeKeyReplica(this, 'ApplicationKey', { primaryKey, administrators });
  }
}
