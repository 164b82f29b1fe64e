import { App, Stack } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CustomerDatabase, DatabaseAccess, DatabaseRole, Network } from 'cdk-commerce-baseline';
import type { Construct } from 'constructs';

/** A stack of somebody's own, in a VPC of theirs, with a database of ours. */
class Orders extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', {
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC },
        { name: 'Code', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'Data', subnetType: SubnetType.PRIVATE_ISOLATED },
      ],
    });
    const network = Network.existing(this, 'Network', {
      vpc,
      applicationSubnets: vpc.privateSubnets,
      dataSubnets: vpc.isolatedSubnets,
    });
    const database = new CustomerDatabase(this, 'Database', { network });
    new DatabaseAccess(this, 'Access', { database });
    const { connections } = new SecurityGroup(this, 'Shop', { vpc, allowAllOutbound: false });
    const grantPrincipal = new Role(this, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    database.allow({ connections, grantPrincipal }, DatabaseRole.readWrite('orders'));
  }
}

new Orders(new App(), 'Orders');
