import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const instanceMetadataVersion2: ResourceRule = {
  name: 'instance-metadata-version-2',
  severity: 'medium',
  statement: 'An instance answers about its credentials only by the second version of its metadata service.',
  fix: 'Set HttpTokens to required.',
  appliesTo: ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  judge: (resource) => {
    const value =
      resource.type === 'AWS::EC2::LaunchTemplate'
        ? resource.at('LaunchTemplateData', 'MetadataOptions', 'HttpTokens')
        : resource.at('MetadataOptions', 'HttpTokens');
    return unless(value.is('required'), 'the first version answers as well', value);
  },
};
