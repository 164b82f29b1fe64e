import { type ResourceRule } from '../rule';
import { about, together, unless } from '../verdict';

export const instanceWithoutPublicAddress: ResourceRule = {
  name: 'instance-without-public-address',
  severity: 'high',
  statement: 'An instance gets no public address.',
  fix: 'Set AssociatePublicIpAddress to false, and reach it through a load balancer or Session Manager.',
  appliesTo: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  judge: (resource) => {
    const own = resource.at('AssociatePublicIpAddress');
    const settings = resource.type === 'AWS::EC2::LaunchTemplate' ? resource.at('LaunchTemplateData') : resource.at();
    return together(
      () => unless(!own.isTrue, 'it asks for a public address', own),
      () =>
        about(settings.at('NetworkInterfaces').items, (each) =>
          unless(!each.at('AssociatePublicIpAddress').isTrue, 'it asks for a public address', each),
        ),
    );
  },
};
