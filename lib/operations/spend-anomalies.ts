import { CfnAnomalyMonitor } from 'aws-cdk-lib/aws-ce';
import type { Construct } from 'constructs';
import { physicalName } from '../core/physical-names';

type Monitor = (scope: Construct) => string;

/**
 * Where AWS looks for days on which something suddenly costs more than it used to: a monitor of Cost Anomaly Detection,
 * which is free. It needs Cost Explorer, which somebody opens once, and ten days of history; it looks three times a day at
 * bills that are up to a day old.
 */
export class SpendAnomalies {
  /**
   * A monitor that exists. Most accounts have one for all services, `Default-Services-Monitor`, and may not have a
   * second: `aws ce get-anomaly-monitors --query "AnomalyMonitors[].[MonitorName,MonitorArn]"` shows it.
   *
   * @param monitorArn its ARN
   */
  public static ofMonitor(monitorArn: string): SpendAnomalies {
    return new SpendAnomalies(() => monitorArn);
  }

  /**
   * A new monitor of each service of the account by itself. **An account has one at most**: in an account that has one,
   * the deployment fails with `AlreadyExists`; give that one to `ofMonitor`.
   */
  public static ofServices(): SpendAnomalies {
    return new SpendAnomalies((scope) =>
      createMonitor(scope, { monitorType: 'DIMENSIONAL', monitorDimension: 'SERVICE' }),
    );
  }

  /**
   * A new monitor of everything that carries a tag, together. AWS lets only the management account, or an account outside
   * any organisation, make one; the tag has to be activated as a cost allocation tag.
   *
   * @param key key of the tag
   * @param value its value
   */
  public static ofTag(key: string, value: string): SpendAnomalies {
    const specification = JSON.stringify({ Tags: { Key: key, Values: [value], MatchOptions: ['EQUALS'] } });
    return new SpendAnomalies((scope) =>
      createMonitor(scope, { monitorType: 'CUSTOM', monitorSpecification: specification }),
    );
  }

  private constructor(private readonly monitor: Monitor) {}

  /**
   * ARN of the monitor, which is made in `scope` if it has to be.
   *
   * @internal
   */
  public _monitorArn(scope: Construct): string {
    return this.monitor(scope);
  }
}

function createMonitor(
  scope: Construct,
  kind: { monitorType: string; monitorDimension?: string; monitorSpecification?: string },
): string {
  const monitorName = physicalName(scope, 'anomalyMonitor');
  return new CfnAnomalyMonitor(scope, 'Monitor', { monitorName, ...kind }).attrMonitorArn;
}
