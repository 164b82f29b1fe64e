import { Application, DatabaseEngine, Dns, LoginMethod, SqlDialect, Waiver } from '../../lib';
import { BaselineError } from '../../lib/core/errors';
import { BARE, DECIDED, DIGEST, EXISTING_NETWORK, expectRefusal, refusalOf } from '../support/stores';

const inZone = (...hosts: string[]): Dns =>
  Dns.route53({ hosts, hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'acme.example' });
const waiver = Waiver.because('The image is rebuilt by the hour', { owner: 'platform@acme.example' });

test('a store with only what cannot be guessed is right', () => {
  expect(refusalOf(BARE)).toEqual([]);
});

test('everything that is wrong is said at once: by itself, and with the rest', () => {
  expectRefusal(
    {
      tier: 'gold',
      dns: inZone('shop.other.example'),
      offsite: { region: 'eu-central-1' },
      contacts: {},
      egress: [{ domain: 'https://api.stripe.com/v1', purpose: 'payments' }],
      colour: 'green',
    },
    "tier is \"gold\"; it must be one of 'starter', 'standard', 'regulated'. The README says what each costs and proves. [TierUnknown]",
    'contacts.security is missing; it must be an e-mail address. Write the address of a mailbox that somebody reads; it receives a message to confirm. [ContactMissing]',
    'colour is "green"; it must not be there: nothing reads it. Correct the name or remove it. [UnknownKey]',
    'dns.hosts[0] is "shop.other.example"; it must be acme.example or end with .acme.example. Name the zone this host is in, or give this host a distribution of its own. [HostOutsideZone]',
    'offsite.region is "eu-central-1"; it must be another Region than the home Region eu-central-1. Choose one far enough away that nothing takes both, and where the law lets your data go. [OffsiteRegionIsHome]',
    'egress[0].domain is "https://api.stripe.com/v1"; it must be a domain name in lower case that somebody owns, with *. in front for all names below it. Write the host alone, api.stripe.com: no https://, port, path or address. [EgressDomainMalformed]',
  );
});

describe('what is missing is named, with what would be right', () => {
  test.each([
    ['id', 'be 2 to 16 lower-case letters, digits and single hyphens, beginning with a letter', 'StoreIdMalformed'],
    ['environment', "be one of 'production', 'staging'", 'EnvironmentUnknown'],
    ['name', 'be 1 to 64 characters', 'NameMissing'],
    ['tier', "be one of 'starter', 'standard', 'regulated'", 'TierUnknown'],
    ['dns', 'be a value of Dns', 'DnsMissing'],
    ['application', 'be a value of Application', 'ApplicationMissing'],
    ['administrators', 'name at least one IAM role or user by its ARN', 'AdministratorMissing'],
  ])('%s', (property, bound, code) => {
    const [, problem, ...others] = refusalOf({ ...BARE, [property]: undefined });
    expect(problem).toMatch(`${property} is missing; it must ${bound}.`);
    expect(problem).toMatch(`[${code}]`);
    expect(others).toEqual([]);
  });

  test.each(['workload', 'offsite', 'contacts'])('%s', (property) => {
    expect(refusalOf({ ...BARE, [property]: undefined })[1]).toMatch(`${property} is missing; it must be an object`);
  });
});

describe('who may delete keys is somebody', () => {
  test.each([
    ['nobody', []],
    ['the whole account', ['arn:aws:iam::111122223333:root']],
    ['not an ARN', ['platform']],
  ])('%s', (_, administrators) => {
    expectRefusal(
      { administrators },
      `administrators is ${JSON.stringify(administrators)}; it must name at least one IAM role or user by its ARN. Name whoever may disable or delete the keys: arn:aws:iam::111122223333:role/platform. [AdministratorMissing]`,
    );
  });
});

describe('a name that will stand in every other name', () => {
  test.each(['a', 'Acme', 'acme--shop', '-acme', 'acme-', 'a-name-of-17-char'])('%s is refused', (id) => {
    expect(refusalOf({ ...BARE, id })[1]).toMatch('[StoreIdMalformed]');
  });

  test.each(['ab', 'acme-2', 'sixteen-letters1'])('%s is right', (id) => {
    expect(refusalOf({ ...BARE, id })).toEqual([]);
  });
});

test('an account is twelve digits, as text: a number loses a leading zero', () => {
  expectRefusal(
    { workload: { account: 12345678901, region: 'eu-central-1' } },
    'workload.account is 12345678901; it must be the id of an account: twelve digits in quotation marks. Take it from "aws sts get-caller-identity". [AccountMalformed]',
  );
});

test('a Region is a code and not a place', () => {
  expectRefusal(
    { workload: { account: '111122223333', region: 'Frankfurt' } },
    'workload.region is "Frankfurt"; it must be the code of a Region, like ap-southeast-1. Take it from "aws account list-regions". [RegionUnknown]',
  );
});

test('an unknown key is named where it stands', () => {
  expectRefusal(
    { database: { capacity: 8 }, contacts: { security: 'security@acme.example', phone: '110' } },
    'contacts.phone is "110"; it must not be there: nothing reads it. Correct the name or remove it. [UnknownKey]',
    'database.capacity is 8; it must not be there: nothing reads it. Correct the name or remove it. [UnknownKey]',
  );
});

test.each([
  ['10.0.0.0/24', 'be between /16 and /20', 'NetworkRangeSize'],
  ['10.0.0.0/8', 'be between /16 and /20', 'NetworkRangeSize'],
  ['10.1.0.1/16', 'begin where a range of its size begins', 'NetworkRangeUnaligned'],
  ['8.8.0.0/16', 'lie in one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10', 'NetworkRangePublic'],
  ['10.0.0/16', 'be written out as address and prefix length, like 10.20.0.0/16', 'NetworkRangeMalformed'],
])('the network %s cannot be had', (cidr, bound, code) => {
  expectRefusal(
    { network: { cidr } },
    `network.cidr is "${cidr}"; it must ${bound}. Write a private range that no network you will ever connect to uses, for example 10.20.0.0/16. [${code}]`,
  );
});

describe('a network that exists already', () => {
  const existingNetwork = EXISTING_NETWORK;

  test('is named by the ids of its parts', () => {
    expect(refusalOf({ ...BARE, existingNetwork })).toEqual([]);
  });

  test('has as many subnets as zones, two at least', () => {
    expectRefusal(
      { existingNetwork: { ...existingNetwork, vpcId: 'main', availabilityZones: ['eu-central-1a'] } },
      'existingNetwork.vpcId is "main"; it must be the id of a VPC, like vpc-0123456789abcdef0. Take it from "aws ec2 describe-vpcs". [VpcIdMalformed]',
      'existingNetwork.availabilityZones is ["eu-central-1a"]; it must name at least two Availability Zones. Name those of the subnets, in the order of the subnets. [ExistingZonesTooFew]',
      'existingNetwork.applicationSubnetIds is ["subnet-0123456789abcdef0","subnet-0123456789abcdef1"]; it must name one subnet for each Availability Zone, like subnet-0123456789abcdef0. Take them from "aws ec2 describe-subnets", in the order of availabilityZones. [ExistingSubnetIds]',
      'existingNetwork.dataSubnetIds is ["subnet-0123456789abcdef2","subnet-0123456789abcdef3"]; it must name one subnet for each Availability Zone, like subnet-0123456789abcdef0. Take them from "aws ec2 describe-subnets", in the order of availabilityZones. [ExistingSubnetIds]',
    );
  });

  test('stands alone: nothing here decides what leaves it', () => {
    expectRefusal(
      { existingNetwork, network: { cidr: '10.20.0.0/16' } },
      'network is {"cidr":"10.20.0.0/16"}; it must be left out beside existingNetwork, whose own way out decides. Remove it, or remove existingNetwork for a network of the store. [NetworkTwice]',
    );
  });
});

test('a destination has a purpose', () => {
  expect(refusalOf({ ...BARE, egress: [{ domain: 'api.stripe.com', purpose: ' ' }] })[1]).toMatch('[EgressPurpose');
});

describe('an image is what was looked at', () => {
  const tagged = Application.medusa({ image: 'public.ecr.aws/acme/shop:latest' });

  test('a tag is refused, and the refusal says how to go on', () => {
    expectRefusal(
      { application: tagged },
      'application.image is "public.ecr.aws/acme/shop:latest"; it must be named by its digest: …@sha256: and 64 hexadecimal digits. Read the digest with "docker buildx imagetools inspect <image>", or say why not with withoutPinnedImage: Waiver.because(…). [ImageNotPinned]',
    );
  });

  test('a waiver lets a tag pass', () => {
    expect(refusalOf({ ...BARE, application: tagged, withoutPinnedImage: waiver })).toEqual([]);
  });

  test('not in the tier regulated', () => {
    expectRefusal(
      { tier: 'regulated', application: tagged, withoutPinnedImage: waiver, backup: DECIDED },
      'application.image is "public.ecr.aws/acme/shop:latest"; it must be named by its digest in the tier regulated: …@sha256: and 64 hexadecimal digits. Read the digest with "docker buildx imagetools inspect <image>". [ImageNotPinned]',
    );
  });

  test('a digest alone is an image of the store itself', () => {
    expect(refusalOf({ ...BARE, application: Application.medusa({ image: DIGEST }) })).toEqual([]);
  });
});

describe('a database fits the shop', () => {
  test('in what it speaks', () => {
    expectRefusal(
      { database: { engine: DatabaseEngine.auroraMysql('8.4') } },
      'database.engine is "mysql"; it must speak postgresql: Medusa knows no other. Leave the engine out, or choose one of that dialect. [DatabaseDialectMismatch]',
    );
  });

  test('in whether there is one', () => {
    const without = Application.container({ image: `public.ecr.aws/acme/shop@${DIGEST}`, port: 8080 });
    expect(refusalOf({ ...BARE, application: without, database: { minCapacity: 1 } })[1]).toMatch('[DatabaseUnused]');
  });

  test('in its size', () => {
    const [, ...problems] = refusalOf({ ...BARE, database: { minCapacity: 0.3, maxCapacity: 999 } });
    expect(problems.map((problem) => problem.split(' is ')[0])).toEqual([
      'database.minCapacity',
      'database.maxCapacity',
    ]);
  });

  test('a container that speaks either takes either', () => {
    const application = Application.container({
      image: `public.ecr.aws/acme/shop@${DIGEST}`,
      port: 8080,
      database: { dialect: SqlDialect.MYSQL, login: LoginMethod.IAM },
    });
    expect(refusalOf({ ...BARE, application })).toEqual([]);
  });
});

test('is said once: Node.js prints below the message whatever else an error holds', () => {
  expect(Object.keys(new BaselineError('The store', []))).toEqual(['name']);
});
