import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { ServiceRole } from '../core/service-role';
import type { PatchCalendar } from './patch-calendar';

/** What AWS wrote to scan a host, and to install what a baseline approves. */
export const RUN_PATCH_BASELINE = 'AWS-RunPatchBaseline';

/** The tag by which Patch Manager knows the baseline of a host. Without a space, so that instance metadata can show it. */
export const PATCH_GROUP_TAG = 'PatchGroup';

/** What a host may take. Nothing begins in the last hour of a window. */
const AN_HOUR = 3600;

/** What waits until a host has installed and, where it had to, started again. */
const WATCHING = ['ssm:DescribeInstanceInformation', 'ssm:ListCommandInvocations', 'ssm:ListCommands'];

export interface HostRunbookProps {
  /** Nothing is installed while it is closed. */
  readonly calendar: PatchCalendar;
  /** Value of the tag that the hosts carry. */
  readonly patchGroup: string;
  /** Where a host writes what it did. */
  readonly logGroup: ILogGroup;
}

/** Patches one host, unless the calendar is closed; it starts again where a patch needs that. */
export class HostRunbook extends Construct {
  /** The runbook. */
  public readonly document: CfnDocument;
  /** What it works as. */
  public readonly role: ServiceRole;

  public constructor(scope: Construct, id: string, props: HostRunbookProps) {
    super(scope, id);
    this.role = this.createRole(props);
    this.document = new CfnDocument(this, 'Document', {
      documentType: 'Automation',
      documentFormat: 'JSON',
      content: renderRunbook(this.role.roleArn, props),
      // Another version of the same runbook: whoever starts it by its name goes on doing so.
      updateMethod: 'NewVersion',
    });
  }

  private createRole({ calendar, patchGroup }: HostRunbookProps): ServiceRole {
    const { account, region } = Stack.of(this);
    const role = new ServiceRole(this, 'Role', {
      assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:ssm:*:${account}:automation-execution/*` },
        },
      }),
      description: 'Patches hosts',
    });
    const arn = (service: string, resource: string, resourceName: string, owner = account): string =>
      Stack.of(this).formatArn({
        ...{ service, resource, resourceName, region, account: owner },
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      });
    const instances = arn('ec2', 'instance', '*');
    calendar.grantAsk(role);
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ssm:SendCommand'],
        resources: [arn('ssm', 'document', RUN_PATCH_BASELINE, '')],
      }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ssm:SendCommand'],
        resources: [instances],
        conditions: { StringEquals: { [`ssm:resourceTag/${PATCH_GROUP_TAG}`]: patchGroup } },
      }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: WATCHING,
        // A command gets its id when it is sent, and AWS knows no other resource for it.
        resources: ['*'],
      }),
    );
    acknowledgeWildcards(role, {
      matching: ['*', instances],
      actions: WATCHING,
      because:
        'Hosts come and go: it sends one document, which patches, to those with the tag of its patch group. What became ' +
        'of a command has no resource to name.',
    });
    return role;
  }
}

/** The hosts of a patch group, as Systems Manager selects them. */
export function hostsOf(patchGroup: string): { readonly key: string; readonly values: string[] } {
  return { key: `tag:${PATCH_GROUP_TAG}`, values: [patchGroup] };
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-automation.html */
function renderRunbook(assumeRole: string, { calendar, logGroup }: HostRunbookProps): object {
  return {
    schemaVersion: '0.3',
    description: 'Patches one host, unless the calendar is closed',
    assumeRole,
    parameters: {
      InstanceId: { type: 'String', description: 'The host', allowedPattern: '^i-[0-9a-f]{8,17}$' },
    },
    mainSteps: [
      {
        name: 'AskCalendar',
        action: 'aws:executeAwsApi',
        // A calendar that cannot be read is closed.
        onFailure: 'Abort',
        inputs: { Service: 'ssm', Api: 'GetCalendarState', CalendarNames: [calendar.calendarArn] },
        outputs: [{ Name: 'State', Selector: '$.State', Type: 'String' }],
        nextStep: 'IsOpen',
      },
      {
        name: 'IsOpen',
        action: 'aws:branch',
        inputs: {
          Choices: [{ NextStep: 'Patch', Variable: '{{ AskCalendar.State }}', StringEquals: 'OPEN' }],
          Default: 'Held',
        },
      },
      {
        name: 'Patch',
        action: 'aws:runCommand',
        onFailure: 'Abort',
        timeoutSeconds: AN_HOUR,
        inputs: {
          DocumentName: RUN_PATCH_BASELINE,
          InstanceIds: ['{{ InstanceId }}'],
          Parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] },
          CloudWatchOutputConfig: { CloudWatchLogGroupName: logGroup.logGroupName, CloudWatchOutputEnabled: true },
        },
        isEnd: true,
      },
      // A freeze is no failure: the run ends well, and the next one asks again.
      { name: 'Held', action: 'aws:sleep', inputs: { Duration: 'PT1S' }, isEnd: true },
    ],
  };
}
