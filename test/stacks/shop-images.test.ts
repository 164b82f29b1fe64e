import { Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { DataClass, DataKey, type INetwork, InterfaceEndpoints, Network, StorefrontJob, Waiver } from '../../lib';
import { ShopImages } from '../../lib/stacks/shop-images';
import { DIGEST } from '../cases/compute';
import { endpointPolicies, WITHIN_THE_ACCOUNT } from '../support/endpoints';
import { existingNetwork } from '../support/network';
import { concrete, type Statement } from '../support/policy-evaluator';
import { refusal } from '../support/refusal';
import { foreignStack } from '../support/stack';

const env = { account: '111122223333', region: 'eu-central-1' };
const withoutDigest = Waiver.because('The image is rebuilt by the hour', { owner: 'platform@acme.example' });
const OWN = '111122223333.dkr.ecr.eu-central-1.amazonaws.com/acme/shop';
const FOREIGN = '444455556666.dkr.ecr.eu-central-1.amazonaws.com/acme/shop';
const FOREIGN_ARN = 'arn:aws:ecr:eu-central-1:444455556666:repository/acme/shop';
const READ = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

interface Around {
  readonly withoutDigest?: Waiver;
  readonly network?: (stack: ReturnType<typeof foreignStack>) => INetwork;
}

/** The template of a stack in which a job runs the image of that name. */
function running(name: string, { withoutDigest, network: networkIn = existingNetwork }: Around = {}): Template {
  const stack = foreignStack({ env });
  const network = networkIn(stack);
  const own = new Repository(stack, 'Own');
  const key = new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
  const images = new ShopImages(stack, 'Images', { own, network, key, withoutDigest });
  new StorefrontJob(stack, 'Job', { network, image: images.named(name), writablePaths: [] });
  return Template.fromStack(stack);
}

interface Task {
  readonly ContainerDefinitions: readonly { readonly Image: string }[];
}
interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

const propertiesOf = <T>(template: Template, type: string): T[] =>
  Object.values(template.findResources(type)).map(({ Properties }) => concrete<T>(Properties));

const imageOf = (template: Template): string | undefined =>
  propertiesOf<Task>(template, 'AWS::ECS::TaskDefinition')[0]?.ContainerDefinitions[0]?.Image;

/** ARNs of repositories from which the execution role may pull. */
const pulledFrom = (template: Template): unknown[] =>
  propertiesOf<Policy>(template, 'AWS::IAM::ManagedPolicy')
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }) => Action.includes('ecr:BatchGetImage'))
    .map(({ Resource }) => Resource);

test.each([
  ['by its digest', `${FOREIGN}@${DIGEST}`],
  ['by its digest, whatever the tag beside it says', `${FOREIGN}:latest@${DIGEST}`],
])('an image of another account is pulled %s, and from its repository alone', (_, name) => {
  const template = running(name);
  expect(imageOf(template)).toBe(`${FOREIGN}@${DIGEST}`);
  expect(pulledFrom(template)).toEqual([FOREIGN_ARN]);
});

test('an image in ECR without a digest takes a waiver, and may then be pulled', () => {
  expect(() => running(`${OWN}:latest`)).toThrow(refusal(['ImageNotPinned'], `uri is "${OWN}:latest"; it must end in`));
  const template = running(`${OWN}:latest`, { withoutDigest });
  expect(imageOf(template)).toBe(`${OWN}:latest`);
  expect(pulledFrom(template)).toEqual(['arn:aws:ecr:eu-central-1:111122223333:repository/acme/shop']);
});

test('an image of a public registry is pulled through the cache, whatever the tag beside its digest says', () => {
  const [plain, tagged] = [`acme/shop@${DIGEST}`, `acme/shop:2@${DIGEST}`].map((name) =>
    imageOf(running(`public.ecr.aws/${name}`)),
  );
  expect(plain).toMatch(new RegExp(`^111122223333\\.dkr\\.ecr\\..*/acme/shop@${DIGEST}$`));
  expect(tagged).toBe(plain);
});

describe('endpoints of a network of ours', () => {
  const network = (stack: ReturnType<typeof foreignStack>): INetwork =>
    new Network(stack, 'Network', { interfaceEndpoints: InterfaceEndpoints.standard() });

  test.each([`${OWN}@${DIGEST}`, `public.ecr.aws/acme/shop@${DIGEST}`, DIGEST])(
    'let nothing more through for %s',
    (name) => {
      expect(endpointPolicies(running(name, { network }))['ecr.api']).toEqual([WITHIN_THE_ACCOUNT]);
    },
  );

  test('let own callers through to the one repository of another account, and to a login', () => {
    const { s3, dynamodb, ...interfaces } = endpointPolicies(running(`${FOREIGN}@${DIGEST}`, { network }));
    const own = {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
    };
    for (const service of ['ecr.api', 'ecr.dkr']) {
      expect(concrete(interfaces[service])).toEqual([
        WITHIN_THE_ACCOUNT,
        { ...own, Sid: 'ImageOfAnotherAccount', Action: READ, Resource: FOREIGN_ARN },
        { ...own, Sid: 'LoginToRegistries', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      ]);
    }
    expect([s3, dynamodb].flat().map((statement) => (statement as { Sid: string }).Sid)).not.toContain(
      'LoginToRegistries',
    );
  });
});
