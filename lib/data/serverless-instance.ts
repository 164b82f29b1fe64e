import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CaCertificate, ClusterInstance, type IClusterInstance } from 'aws-cdk-lib/aws-rds';
import type { CustomerDatabaseProps } from './customer-database-props';

/** A serverless instance, private and kept up to date, whose capacity follows the writer's. */
export function serverlessInstance(
  id: string,
  performanceInsightEncryptionKey: IKey,
  props: CustomerDatabaseProps,
): IClusterInstance {
  return ClusterInstance.serverlessV2(id, {
    scaleWithWriter: true,
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
    preferredMaintenanceWindow: props.maintenanceWindow,
    caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
    enablePerformanceInsights: true,
    performanceInsightEncryptionKey,
  });
}
