import { type AwsCall, type Recording, type Recordings } from './aws-server';

/** An answer of one of the JSON protocols. */
export function json(body: object): Recording {
  return { body: JSON.stringify(body) };
}

/** An answer of the query protocol: IAM, CloudFormation, RDS, ElastiCache, STS. */
export function query(operation: string, result: string): Recording {
  const id = '<ResponseMetadata><RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ResponseMetadata>';
  return {
    body: `<${operation}Response><${operation}Result>${result}</${operation}Result>${id}</${operation}Response>`,
  };
}

/** An answer of EC2, or of a REST API that speaks XML. */
export function xml(body: string): Recording {
  return { body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` };
}

/** An error, in the words of the protocol that the service speaks. */
export function refusal({ service }: Pick<AwsCall, 'service'>, code: string, message: string, status = 400): Recording {
  if (service === 'ec2') {
    const error = `<Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors>`;
    return { status, ...xml(`<Response>${error}<RequestID>ea966190-f9aa-478e-9ede-EXAMPLE</RequestID></Response>`) };
  }
  if (XML_SERVICES.includes(service)) {
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
    return { status, ...xml(`<ErrorResponse>${error}<RequestId>7a62c49f-EXAMPLE</RequestId></ErrorResponse>`) };
  }
  return { status, body: JSON.stringify({ __type: code, message }) };
}

const XML_SERVICES = ['cloudformation', 'iam', 'rds', 'elasticache', 'sts', 'route53', 'cloudfront'];

/** How each protocol says that somebody may not. */
export function denial(call: AwsCall): Recording {
  const message = `User: arn:aws:sts::111122223333:assumed-role/auditor/me is not authorized to perform: ${call.operation}`;
  const code = { ec2: 'UnauthorizedOperation', route53: 'AccessDenied', cloudfront: 'AccessDenied' }[call.service];
  const other = XML_SERVICES.includes(call.service) ? 'AccessDenied' : 'AccessDeniedException';
  return refusal(call, code ?? other, message, 403);
}

/** There is no such thing, in the words of a service. */
export function absent(code: string, status = 404): (call: AwsCall) => Recording {
  return (call) => refusal(call, code, 'There is no such thing.', status);
}

/** A list of CloudFront's. */
export function list(name: string, item: string, items: readonly string[] = []): Recording {
  const all = items.map((each) => `<${item}>${each}</${item}>`).join('');
  return xml(
    `<${name} xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><MaxItems>100</MaxItems>` +
      `<IsTruncated>false</IsTruncated><Quantity>${items.length}</Quantity><Items>${all}</Items></${name}>`,
  );
}

/** Stacks by name and state; any other does not exist. */
export function stacks(states: Readonly<Record<string, string>> = {}): (call: AwsCall) => Recording {
  return (call) => {
    const name = /StackName=([^&]+)/.exec(call.text)?.[1] ?? '';
    const state = states[name];
    return state === undefined
      ? refusal(call, 'ValidationError', `Stack with id ${name} does not exist`)
      : query(
          'DescribeStacks',
          `<Stacks><member><StackName>${name}</StackName><CreationTime>2026-11-01T00:00:00Z</CreationTime>` +
            `<StackStatus>${state}</StackStatus></member></Stacks>`,
        );
  };
}

/** What a role that somebody asked for looks like. */
const role = ({ text }: AwsCall): Recording => {
  const name = /RoleName=([^&]+)/.exec(text)?.[1] ?? '';
  return query(
    'GetRole',
    `<Role><Path>/aws-service-role/</Path><RoleName>${name}</RoleName><RoleId>AROAEXAMPLE</RoleId>` +
      `<Arn>arn:aws:iam::111122223333:role/${name}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role>`,
  );
};

/** Name servers that Route 53 gave the zone. */
export const NAME_SERVERS = ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.co.uk', 'ns-3.awsdns-03.com', 'ns-4.awsdns-04.net'];

const ALWAYS_ON = 'opt-in-not-required';

/** Regions, and whether they are switched on. */
export function regions(home = ALWAYS_ON): Recording {
  const all = { 'us-east-1': ALWAYS_ON, 'ap-southeast-1': home, 'ap-northeast-1': ALWAYS_ON };
  const items = Object.entries(all).map(
    ([name, status]) => `<item><regionName>${name}</regionName><optInStatus>${status}</optInStatus></item>`,
  );
  return xml(`<DescribeRegionsResponse><regionInfo>${items.join('')}</regionInfo></DescribeRegionsResponse>`);
}

/** The account 111122223333, well prepared: nothing of the store is there, and nothing is in its way. */
export const PREPARED: Recordings = {
  GetCallerIdentity: query(
    'GetCallerIdentity',
    '<Arn>arn:aws:sts::111122223333:assumed-role/platform/me</Arn><UserId>AROA:me</UserId><Account>111122223333</Account>',
  ),
  DescribeRegions: regions(),
  GetParameter: json({ Parameter: { Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value: '32' } }),
  DescribeStacks: stacks(),
  GetHostedZone: xml(
    '<GetHostedZoneResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZone>' +
      '<Id>/hostedzone/Z0123456789ABCDEFGHIJ</Id><Name>acme.example.</Name><CallerReference>1</CallerReference>' +
      '<Config><PrivateZone>false</PrivateZone></Config></HostedZone><DelegationSet><NameServers>' +
      NAME_SERVERS.map((server) => `<NameServer>${server}</NameServer>`).join('') +
      '</NameServers></DelegationSet></GetHostedZoneResponse>',
  ),
  ListResourceRecordSets: xml(
    '<ListResourceRecordSetsResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ResourceRecordSets/>' +
      '<IsTruncated>false</IsTruncated><MaxItems>300</MaxItems></ListResourceRecordSetsResponse>',
  ),
  DescribeCertificate: json({
    Certificate: {
      Status: 'ISSUED',
      SubjectAlternativeNames: ['shop.acme.example', '*.acme.example'],
      NotAfter: Date.parse('2027-06-01') / 1000,
    },
  }),
  GetServiceQuota: ({ text }) => {
    const code = /"QuotaCode":"([^"]+)"/.exec(text)?.[1];
    return json({ Quota: { QuotaCode: code, Value: 50, Adjustable: true } });
  },
  DescribeVpcs: xml('<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-0a</vpcId></item></vpcSet></DescribeVpcsResponse>'),
  DescribeAddresses: xml('<DescribeAddressesResponse><addressesSet/></DescribeAddressesResponse>'),
  ListDistributions: list('DistributionList', 'DistributionSummary'),
  ListCachePolicies: list('CachePolicyList', 'CachePolicySummary'),
  ListResponseHeadersPolicies: list('ResponseHeadersPolicyList', 'ResponseHeadersPolicySummary'),
  ListOriginAccessControls: list('OriginAccessControlList', 'OriginAccessControlSummary'),
  ListVpcOrigins: list('VpcOriginList', 'VpcOriginSummary'),
  DescribeFunction: absent('NoSuchFunctionExists'),
  DescribeResourcePolicies: json({ resourcePolicies: [{ policyName: 'AWSLogDeliveryWrite20150319' }] }),
  GetAccountSettings: json({ AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 } }),
  DescribeLogGroups: json({ logGroups: [{ logGroupName: 'aws-waf-logs-acme-production-3d4defb6-of-another' }] }),
  GetDeliverySource: absent('ResourceNotFoundException', 400),
  GetDeliveryDestination: absent('ResourceNotFoundException', 400),
  DescribeUsers: absent('UserNotFound'),
  DescribeUserGroups: absent('UserGroupNotFound'),
  DescribeServerlessCaches: absent('ServerlessCacheNotFoundFault'),
  DescribeDBClusters: absent('DBClusterNotFoundFault'),
  DescribeDBProxies: absent('DBProxyNotFoundFault'),
  DescribePullThroughCacheRules: absent('PullThroughCacheRuleNotFoundException', 400),
  DescribeRepositoryCreationTemplates: json({ registryId: '111122223333', repositoryCreationTemplates: [] }),
  DescribeFirewall: absent('ResourceNotFoundException', 400),
  DescribeFirewallPolicy: absent('ResourceNotFoundException', 400),
  DescribeRuleGroup: absent('ResourceNotFoundException', 400),
  GetRole: role,
  ListBackupVaults: json({ BackupVaultList: [{ BackupVaultName: 'Default' }] }),
  DescribeRegionSettings: json({ ResourceTypeOptInPreference: { Aurora: true, S3: true, EFS: true, DynamoDB: true } }),
  DescribeGlobalSettings: json({ GlobalSettings: { isCrossAccountBackupEnabled: 'true' } }),
  GetAccount: json({ ProductionAccessEnabled: true, EnforcementStatus: 'HEALTHY', SendingEnabled: true }),
  DescribeTrails: json({
    trailList: [
      {
        Name: 'management',
        HomeRegion: 'us-east-1',
        IsMultiRegionTrail: true,
        TrailARN: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/management',
      },
    ],
  }),
  GetTrailStatus: json({ IsLogging: true }),
  GetEventSelectors: json({
    EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] }],
  }),
};
