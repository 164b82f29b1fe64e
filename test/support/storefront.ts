import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { type StorefrontDistributionProps } from '../../lib';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d';
const WEB_ACL = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/acme/0a1b2c3d';
const LOAD_BALANCER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/0a1b2c3d';

/** What a distribution cannot do without, made by somebody else: it adds nothing to the template of `scope`. */
export function existingShop(scope: Construct, loadBalancerArn = LOAD_BALANCER): StorefrontDistributionProps {
  return {
    hosts: ['shop.acme.example'],
    certificate: Certificate.fromCertificateArn(scope, 'ExistingCertificate', CERTIFICATE),
    webAcl: Object.assign(new Construct(scope, 'ExistingWebAcl'), {
      env: { account: '111122223333', region: 'us-east-1' },
      webAclRef: { webAclArn: WEB_ACL, webAclId: '0a1b2c3d', webAclName: 'acme', scope: 'CLOUDFRONT' },
    }),
    origin: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(scope, 'ExistingLoadBalancer', {
      loadBalancerArn,
      loadBalancerDnsName: 'internal-acme.eu-west-1.elb.amazonaws.com',
      securityGroupId: 'sg-1',
    }),
  };
}
