import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const subnetNoPublicAddresses: ResourceRule = {
  name: 'subnet-no-public-addresses',
  severity: 'medium',
  statement: 'Nothing gets an address on the internet by being started.',
  fix: 'Set mapPublicIpOnLaunch to false.',
  appliesTo: ['AWS::EC2::Subnet'],
  judge: (subnet) => {
    const mapped = subnet.at('MapPublicIpOnLaunch');
    return unless(!mapped.isTrue, 'whatever starts in it gets a public address', mapped);
  },
};
