import { Match } from 'aws-cdk-lib/assertions';
import { ImageRepository } from '../../lib';
import { templateOf } from '../support/stack';

const template = templateOf((stack) => void new ImageRepository(stack, 'Images'));

test('never lets a tag move, scans on push and encrypts with a key of its own', () => {
  template.hasResourceProperties('AWS::ECR::Repository', {
    ImageTagMutability: 'IMMUTABLE',
    ImageScanningConfiguration: { ScanOnPush: true },
    EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: { 'Fn::GetAtt': ['ImagesKeyKey', 'Arn'] } },
    EmptyOnDelete: false,
  });
});

test('keeps the repository when it leaves the template, under a logical id that does not change', () => {
  expect(template.findResources('AWS::ECR::Repository').ImagesRepository).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
});

test('expires untagged images after a month, and others only behind 500 newer ones', () => {
  const selection = (fields: object): object => Match.objectLike({ selection: fields });
  template.hasResourceProperties('AWS::ECR::Repository', {
    LifecyclePolicy: {
      LifecyclePolicyText: Match.serializedJson({
        rules: [
          selection({ tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 30, countUnit: 'days' }),
          selection({ tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 500 }),
        ],
      }),
    },
  });
});
