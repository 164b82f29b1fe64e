import { ArnFormat, Stack, type CfnResource } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, type CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { letLogGroupsUse } from '../core/key-use';
import { physicalName } from '../core/physical-names';
import { retain } from '../core/stateful';
import { DataClass, tagDataClass } from '../core/tags';
import { LogDeliveryPolicy, type LogDelivery } from './log-delivery';

export interface WebAclLogProps {
  /** Whose log it is. */
  readonly webAcl: CfnWebACL;
  /** Key for the log, in the Region of the web ACL. */
  readonly key: IKey;
  /** Who lets AWS's log delivery write it. */
  readonly delivery: LogDelivery;
  /** Raised by one for a new log group beside a retained one. */
  readonly generation: number;
}

/** Headers that say who somebody is. */
const SECRET_HEADERS = ['authorization', 'cookie', 'x-api-key'];

/** What is worth keeping: whatever a rule refused, challenged or counted, which every request of a limited class is. */
const KEPT_ACTIONS = ['BLOCK', 'COUNT', 'CAPTCHA', 'CHALLENGE', 'EXCLUDED_AS_COUNT'];

/**
 * What of a request must not be read in logs and samples: headers that say who somebody is, and everything a visitor
 * typed, which may be a card number. Rules that matched keep their names and places.
 */
export const DATA_PROTECTION: CfnWebACL.DataProtectionConfigProperty = {
  dataProtections: [
    { fieldType: 'SINGLE_HEADER', fieldKeys: SECRET_HEADERS },
    { fieldType: 'QUERY_STRING' },
    { fieldType: 'BODY' },
  ].map((field) => ({ action: 'SUBSTITUTION', field })),
};

/**
 * The log of a web ACL: encrypted, kept for 13 months, without secrets and without the requests that no rule looked at
 * twice.
 */
export class WebAclLog extends Construct {
  /** Where the log is. */
  public readonly logGroup: LogGroup;

  public constructor(scope: Construct, id: string, props: WebAclLogProps) {
    super(scope, id);
    letLogGroupsUse(props.key);
    this.logGroup = this.createLogGroup(props);
    const logging = this.createLogging(props.webAcl);
    if (props.delivery.makesPolicy) {
      const { logGroupName } = this.logGroup;
      logging.node.addDependency(new LogDeliveryPolicy(this, 'Delivery', { logGroupNames: [logGroupName] }));
    }
  }

  private createLogGroup({ key, generation }: WebAclLogProps): LogGroup {
    const logGroup = new LogGroup(this, 'Group', {
      logGroupName: physicalName(this, 'webAclLogs', generation),
      encryptionKey: key,
      // PCI DSS 10.5.1 asks for twelve months; a month more lets the last one be read.
      retention: RetentionDays.THIRTEEN_MONTHS,
    });
    retain(this, logGroup.node.defaultChild as CfnResource, generation > 1 ? `Group${generation}` : 'Group');
    tagDataClass(logGroup, DataClass.LOGS);
    return logGroup;
  }

  private createLogging(webAcl: CfnWebACL): CfnLoggingConfiguration {
    const destination = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: this.logGroup.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: webAcl.attrArn,
      logDestinationConfigs: [destination],
      redactedFields: [...SECRET_HEADERS.map((Name) => ({ singleHeader: { Name } })), { queryString: {} }],
      // These properties are untyped in CDK and reach the template as they are written.
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: KEPT_ACTIONS.map((Action) => ({ ActionCondition: { Action } })),
          },
        ],
      },
    });
  }
}
