import type { Construct } from 'constructs';
import { LogStore } from '../core/log-store';
import { US_EAST_1 } from '../edge/us-east-1';
import { StoreKeys } from '../encryption/store-keys';
import { AlertTopics } from '../messaging/alert-topics';
import type { IEgress } from '../network/egress-ref';
import type { INetwork } from '../network/network-ref';
import { Network, type NetworkChoices } from '../network/network';
import { AlertHeartbeat } from '../operations/alert-heartbeat';
import { HealthEvents } from '../patching/health-events';
import { PatchCalendar } from '../patching/patch-calendar';
import type { PatchingChoices } from '../patching/patching-choices';
import { existingNetwork, type ExistingNetworkChoices } from './existing-network-choices';
import type { StoreContacts } from './store-contacts';
import { StoreStack, type StoreStackProps } from './store-stack';

/** What the ground a store stands on has to know. */
export interface FoundationStackProps extends StoreStackProps {
  /** Who is told. */
  readonly contacts: StoreContacts;

  /** ARNs of those who may disable keys or schedule their deletion. */
  readonly administrators: string[];

  /** What leaves the network, and through what. */
  readonly egress: IEgress;

  /**
   * Where the network stands.
   *
   * @default - as `Network` by itself
   */
  readonly network?: NetworkChoices;

  /**
   * A network that exists already. `network` and `egress` then say nothing.
   *
   * @default - a network of the store's own
   */
  readonly existingNetwork?: ExistingNetworkChoices;

  /**
   * When what may change.
   *
   * @default - as `PatchCalendar` by itself
   */
  readonly patching?: PatchingChoices;
}

/** What everything else stands on: keys, network, places for logs, topics for alarms. */
export class FoundationStack extends StoreStack {
  /** One key for each kind of data. */
  public readonly keys: StoreKeys;
  /** Where alarms go. */
  public readonly alerts: AlertTopics;
  /** Logs of load balancers and of who read which object. */
  public readonly accessLogs: LogStore;
  /** Flow logs, DNS query logs, CloudFront's access logs: locked for a year. */
  public readonly logs: LogStore;
  /** When what may change. */
  public readonly patchCalendar: PatchCalendar;
  /** The network. */
  public readonly network: INetwork;

  public constructor(scope: Construct, id: string, props: FoundationStackProps) {
    super(scope, id, props, {
      role: 'foundation',
      description: 'Keys, network, logs and alerts',
      stateful: true,
    });
    const { contacts, administrators } = props;
    this.keys = new StoreKeys(this, 'Keys', { administrators });
    this.alerts = new AlertTopics(this, 'Alerts', {
      key: this.keys.messaging,
      urgentEmails: [contacts.security],
      noticeEmails: [contacts.operations ?? contacts.security],
    });
    this.keys.alertOnTampering(this.alerts);
    new AlertHeartbeat(this, 'AlertHeartbeat', { alerts: this.alerts });
    this.accessLogs = new LogStore(this, 'AccessLogs');
    this.logs = new LogStore(this, 'Logs', { key: this.keys.logs, accessLogs: this.accessLogs.bucket });
    const { timeZone, windows, freezes, criticalFixes } = props.patching ?? {};
    this.patchCalendar = new PatchCalendar(this, 'PatchCalendar', { timeZone, windows, freezes, criticalFixes });
    // There, the stack of the edge tells of them.
    if (this.region !== US_EAST_1) {
      new HealthEvents(this, 'Health', { alerts: this.alerts });
    }
    this.network = props.existingNetwork
      ? existingNetwork(this, 'Network', props.existingNetwork)
      : this.createNetwork(props);
  }

  private createNetwork({ network, egress }: FoundationStackProps): INetwork {
    return new Network(this, 'Network', {
      ...network,
      egress,
      logs: this.logs,
      key: this.keys.logs,
      alerts: this.alerts,
    });
  }
}
