import { Aws, Stack } from 'aws-cdk-lib';
import { Problems, type BaselineError } from '../../lib/core/errors';
import { checkZones, placesFor, type ZoneWishes } from '../../lib/network/availability-zones';

function problemsOf(wishes: ZoneWishes): readonly string[] {
  const problems = new Problems('Test');
  checkZones(wishes, problems);
  try {
    problems.throwIfAny();
    return [];
  } catch (error) {
    return (error as BaselineError).message.split('\n').slice(1);
  }
}

const NO_VPC_ORIGIN = ['use1-az3', 'usw1-az2', 'apne1-az3', 'apne2-az1', 'cac1-az3'];

test.each(['us-east-1', 'us-west-1', 'ap-northeast-1', 'ap-northeast-2', 'ca-central-1'])(
  'never chooses a zone of %s that takes no VPC origin',
  (region) => {
    const ids = placesFor({ region }).map(({ availabilityZoneId }) => availabilityZoneId);
    expect(ids).toHaveLength(2);
    expect(ids.filter((id) => NO_VPC_ORIGIN.includes(id ?? ''))).toEqual([]);
    expect(problemsOf({ region })).toEqual([]);
  },
);

test('places subnets by zone id where the Region is known', () => {
  expect(placesFor({ region: 'ap-southeast-1', availabilityZones: 3 })).toEqual([
    { availabilityZoneId: 'apse1-az1' },
    { availabilityZoneId: 'apse1-az2' },
    { availabilityZoneId: 'apse1-az3' },
  ]);
});

test('adding a zone keeps the ones that are there', () => {
  const two = placesFor({ region: 'eu-central-1', availabilityZones: 2 });
  expect(placesFor({ region: 'eu-central-1', availabilityZones: 3 }).slice(0, 2)).toEqual(two);
});

test('places subnets by zone name where the Region is not known', () => {
  const places = placesFor({ region: Aws.REGION });
  expect(new Stack().resolve(places)).toEqual([
    { availabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } },
    { availabilityZone: { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] } },
  ]);
});

test('takes the ids that are given, in their order, whatever the Region', () => {
  const availabilityZoneIds = ['apse1-az3', 'apse1-az1'];
  const expected = [{ availabilityZoneId: 'apse1-az3' }, { availabilityZoneId: 'apse1-az1' }];
  expect(placesFor({ region: 'ap-southeast-1', availabilityZoneIds })).toEqual(expected);
  expect(placesFor({ region: Aws.REGION, availabilityZoneIds })).toEqual(expected);
});

test.each<[string, ZoneWishes, string]>([
  [
    'one zone',
    { region: 'eu-west-1', availabilityZones: 1 },
    '  - availabilityZones is 1; it must be 2 or 3 zones. One zone falls with its data centre, and a fourth costs without helping: choose two or three. [AvailabilityZonesCount]',
  ],
  [
    'half a zone',
    { region: 'eu-west-1', availabilityZones: 2.5 },
    '  - availabilityZones is 2.5; it must be 2 or 3 zones. One zone falls with its data centre, and a fourth costs without helping: choose two or three. [AvailabilityZonesCount]',
  ],
  [
    'a Region it does not know, with the way to name its zones',
    { region: 'xx-north-9' },
    '  - availabilityZoneIds is missing; it must be given in Region xx-north-9, whose zones this library does not know. Give availabilityZoneIds, taken from "aws ec2 describe-availability-zones --region xx-north-9", without zones that take no VPC origin. [AvailabilityZonesUnknown]',
  ],
  [
    'more zones than a Region has',
    { region: 'us-west-1', availabilityZones: 3 },
    '  - availabilityZoneIds is missing; it must be given for 3 zones in Region us-west-1, where this library knows 2 that take a VPC origin. Give availabilityZoneIds, taken from "aws ec2 describe-availability-zones --region us-west-1", without zones that take no VPC origin. [AvailabilityZonesTooFew]',
  ],
  [
    'a zone name in the place of an id',
    { region: 'eu-west-1', availabilityZoneIds: ['eu-west-1a', 'euw1-az2'] },
    '  - availabilityZoneIds is ["eu-west-1a"]; it must be zone ids, like apse1-az1. A zone name such as ap-southeast-1a means another place in another account: give the id. [AvailabilityZoneIdMalformed]',
  ],
  [
    'a zone of another Region',
    { region: 'eu-west-1', availabilityZoneIds: ['euw1-az1', 'euw2-az2'] },
    '  - availabilityZoneIds is ["euw2-az2"]; it must be zones of Region eu-west-1, which begin with euw1-az. Give zones of the Region that the stack is deployed to. [AvailabilityZoneIdElsewhere]',
  ],
  [
    'the same zone twice',
    { region: 'eu-west-1', availabilityZoneIds: ['euw1-az1', 'euw1-az1'] },
    '  - availabilityZoneIds is ["euw1-az1","euw1-az1"]; it must name each zone once. Give a different zone for each subnet, so that one failure does not take two of them. [AvailabilityZoneIdTwice]',
  ],
  [
    'a number that contradicts the ids',
    { region: 'eu-west-1', availabilityZones: 3, availabilityZoneIds: ['euw1-az1', 'euw1-az2'] },
    '  - availabilityZones is 3; it must be 2, the number of availabilityZoneIds. Leave availabilityZones out when you give availabilityZoneIds. [AvailabilityZonesContradict]',
  ],
])('refuses %s', (_, wishes, message) => {
  expect(problemsOf(wishes)).toEqual([message]);
});

test('refuses neither tokens nor a Region that is known only at deployment', () => {
  expect(problemsOf({ region: Aws.REGION, availabilityZoneIds: ['usgw1-az1', 'usgw1-az2'] })).toEqual([]);
  expect(problemsOf({ region: 'eu-west-1', availabilityZoneIds: [Aws.REGION, Aws.REGION] })).toEqual([]);
});
