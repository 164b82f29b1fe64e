import { Aws, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import { HandlerFunction } from '../core/handler-function';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';

/** Where its logs go. */
export interface InspectorScanningProps {
  /**
   * Key for the logs and dead letters of the function.
   *
   * @default - a `DataKey` of its own
   */
  readonly key?: IKey;

  /**
   * Whom to tell when its function fails.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/** Images and functions. */
const RESOURCE_TYPES = ['ECR', 'LAMBDA'];

/** What Inspector scans is found by a role that it makes for itself. */
const LINKED_ROLE = 'aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2';

const ACTIONS = ['inspector2:BatchGetAccountStatus', 'inspector2:Disable', 'inspector2:Enable'];

/**
 * Has Amazon Inspector scan the images and functions of this account and Region. CloudFormation has no type for that, so a
 * function turns on what is off. Removed from its stack, it turns off what it turned on, and leaves alone what was on
 * before: an account with an Inspector of its own needs none of this, and loses nothing by it.
 *
 * Scanning is for the whole account and Region. Costs what Inspector costs: about 0.09 USD for each image, and 0.30 USD a
 * month for each function.
 */
export class InspectorScanning extends Construct {
  public constructor(scope: Construct, id: string, props: InspectorScanningProps = {}) {
    super(scope, id);
    const { alerts, key = new DataKey(this, 'Key', { dataClass: DataClass.LOGS, alerts }) } = props;
    const { function: enabler, role } = new HandlerFunction(this, 'Enabler', {
      handler: 'inspector-scanning',
      description: 'Has Inspector scan images and functions',
      timeout: Duration.minutes(2),
      key,
      alerts,
    });
    const linkedRole = `arn:${Aws.PARTITION}:iam::${Stack.of(this).account}:role/${LINKED_ROLE}`;
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ACTIONS,
        // They are about the whole account: AWS knows no resource for them.
        resources: ['*'],
      }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['iam:CreateServiceLinkedRole'],
        resources: [linkedRole],
        conditions: { StringEquals: { 'iam:AWSServiceName': 'inspector2.amazonaws.com' } },
      }),
    );
    acknowledgeWildcards(role, {
      matching: ['*'],
      actions: ACTIONS,
      because: 'Scanning is on or off for an account and Region: AWS knows no resource for it.',
    });
    const resource = (id: string, resourceType: string, properties: Record<string, unknown>): CustomResource => {
      const created = new CustomResource(this, id, {
        resourceType,
        serviceToken: enabler.functionArn,
        serviceTimeout: Duration.minutes(7),
        properties: { ResourceTypes: RESOURCE_TYPES, ...properties },
      });
      // While it is deleted its function still has to be allowed to.
      created.node.addDependency(role);
      return created;
    };
    // It knows what to turn off again before anything is turned on, and is deleted last.
    const before = resource('Before', 'Custom::InspectorBefore', { Only: 'look' });
    resource('Resource', 'Custom::InspectorScanning', {}).node.addDependency(before);
  }
}
