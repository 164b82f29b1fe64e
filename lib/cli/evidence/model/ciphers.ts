import type { GraphResource } from '../../../compliance/template-graph/graph-resource';
import type { TemplateGraph } from '../../../compliance/template-graph/template-graph';
import type { Value } from '../../../compliance/template-graph/value';

/** Where something is encrypted, and how. For the list that PCI DSS 12.3.3 asks for. */
export interface CipherLine {
  readonly where: string;
  readonly type: string;
  readonly stack: string;
  readonly constructPath: string;
  /** Each with what the template says; a value that only a deployment knows says so. */
  readonly settings: readonly (readonly [name: string, value: string])[];
}

interface Encrypted {
  readonly where: string;
  readonly type: string;
  readonly settings: Readonly<Record<string, readonly string[]>>;
}

const CUSTOM_ORIGIN = ['VpcOriginEndpointConfig'];

/** What encrypts on the way or at rest, and by which properties. */
const ENCRYPTED: readonly Encrypted[] = [
  {
    where: 'Visitors to the edge',
    type: 'AWS::CloudFront::Distribution',
    settings: {
      'lowest TLS policy': ['DistributionConfig', 'ViewerCertificate', 'MinimumProtocolVersion'],
      certificate: ['DistributionConfig', 'ViewerCertificate', 'AcmCertificateArn'],
      'HTTP versions': ['DistributionConfig', 'HttpVersion'],
    },
  },
  {
    where: 'Edge to the load balancer',
    type: 'AWS::CloudFront::VpcOrigin',
    settings: {
      protocol: [...CUSTOM_ORIGIN, 'OriginProtocolPolicy'],
      TLS: [...CUSTOM_ORIGIN, 'OriginSSLProtocols'],
    },
  },
  {
    where: 'Load balancer, incoming',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    settings: { protocol: ['Protocol'], 'TLS policy': ['SslPolicy'], certificate: ['Certificates'] },
  },
  {
    where: 'Load balancer to the tasks',
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    settings: { protocol: ['Protocol'], port: ['Port'] },
  },
  {
    where: 'Database proxy',
    type: 'AWS::RDS::DBProxy',
    settings: { 'requires TLS': ['RequireTLS'] },
  },
  {
    where: 'Database, connections',
    type: 'AWS::RDS::DBClusterParameterGroup',
    settings: {
      'rds.force_ssl': ['Parameters', 'rds.force_ssl'],
      ssl_min_protocol_version: ['Parameters', 'ssl_min_protocol_version'],
      require_secure_transport: ['Parameters', 'require_secure_transport'],
      tls_version: ['Parameters', 'tls_version'],
    },
  },
  {
    where: 'Database, at rest',
    type: 'AWS::RDS::DBCluster',
    settings: { encrypted: ['StorageEncrypted'], key: ['KmsKeyId'] },
  },
  {
    where: 'Cache',
    type: 'AWS::ElastiCache::ReplicationGroup',
    settings: {
      'TLS on the way': ['TransitEncryptionEnabled'],
      mode: ['TransitEncryptionMode'],
      'encrypted at rest': ['AtRestEncryptionEnabled'],
      key: ['KmsKeyId'],
    },
  },
  {
    where: 'Cache (serverless: always TLS)',
    type: 'AWS::ElastiCache::ServerlessCache',
    settings: { engine: ['Engine'], key: ['KmsKeyId'] },
  },
  {
    where: 'Shared files',
    type: 'AWS::EFS::FileSystem',
    settings: { encrypted: ['Encrypted'], key: ['KmsKeyId'] },
  },
  {
    where: 'Objects, at rest',
    type: 'AWS::S3::Bucket',
    settings: {
      encryption: ['BucketEncryption', 'ServerSideEncryptionConfiguration', '0', 'ServerSideEncryptionByDefault'],
    },
  },
  {
    where: 'Secrets, at rest',
    type: 'AWS::SecretsManager::Secret',
    settings: { key: ['KmsKeyId'] },
  },
  {
    where: 'Certificate',
    type: 'AWS::CertificateManager::Certificate',
    settings: {
      domain: ['DomainName'],
      'key algorithm': ['KeyAlgorithm'],
      validation: ['ValidationMethod'],
    },
  },
  {
    where: 'Key',
    type: 'AWS::KMS::Key',
    settings: {
      spec: ['KeySpec'],
      usage: ['KeyUsage'],
      rotates: ['EnableKeyRotation'],
      'days between': ['RotationPeriodInDays'],
      'multi-Region': ['MultiRegion'],
    },
  },
  { where: 'Key, replica', type: 'AWS::KMS::ReplicaKey', settings: { of: ['PrimaryKeyArn'] } },
];

/** Ciphers, protocols, certificates and keys that the templates name. */
export function ciphersOf(graph: TemplateGraph): CipherLine[] {
  return ENCRYPTED.flatMap((kind) => graph.resources(kind.type).map((resource) => lineOf(kind, resource)));
}

function lineOf({ where, type, settings }: Encrypted, resource: GraphResource): CipherLine {
  return {
    where,
    type,
    stack: resource.stack.name,
    constructPath: resource.name,
    settings: Object.entries(settings).flatMap(([name, path]) => {
      const said = wordsOf(resource.at(...path));
      return said === undefined ? [] : [[name, said] as const];
    }),
  };
}

/** A value as a person reads it, with what is below it. */
function wordsOf(value: Value): string | undefined {
  const { resolved } = value;
  switch (resolved.kind) {
    case 'absent':
      return undefined;
    case 'unknown':
      return 'known at deployment';
    case 'list':
      return resolved.items.map((_, place) => wordsOf(value.at(place))).join(', ');
    case 'map':
      return Object.keys(resolved.entries)
        .flatMap((key) => wordsOf(value.at(key)) ?? [])
        .join(', ');
    default:
      return value.describe();
  }
}
