import { Fn, Token } from 'aws-cdk-lib';
import type { Problems } from '../core/errors';

/** Where a subnet stands: a zone id is the same place in every account, a zone name is not. */
export interface ZonePlace {
  readonly availabilityZoneId?: string;
  readonly availabilityZone?: string;
}

export const FEWEST_ZONES = 2;
const MOST_ZONES = 3;

/**
 * Zones of each Region, in the order in which they are used.
 *
 * From "AWS Availability Zones" (docs.aws.amazon.com/global-infrastructure/latest/regions, read in November 2026),
 * without the zones that take no VPC origin ("Restrict access with VPC origins", CloudFront guide): use1-az3, usw1-az2,
 * apne1-az3, apne2-az1. The order is part of a deployed network: changing it moves subnets.
 */
const ZONES: Readonly<Record<string, readonly string[]>> = {
  'af-south-1': ['afs1-az1', 'afs1-az2', 'afs1-az3'],
  'ap-east-1': ['ape1-az1', 'ape1-az2', 'ape1-az3'],
  'ap-east-2': ['ape2-az1', 'ape2-az2', 'ape2-az3'],
  'ap-northeast-1': ['apne1-az1', 'apne1-az2', 'apne1-az4'],
  'ap-northeast-2': ['apne2-az2', 'apne2-az3', 'apne2-az4'],
  'ap-northeast-3': ['apne3-az1', 'apne3-az2', 'apne3-az3'],
  'ap-south-1': ['aps1-az1', 'aps1-az2', 'aps1-az3'],
  'ap-south-2': ['aps2-az1', 'aps2-az2', 'aps2-az3'],
  'ap-southeast-1': ['apse1-az1', 'apse1-az2', 'apse1-az3'],
  'ap-southeast-2': ['apse2-az1', 'apse2-az2', 'apse2-az3'],
  'ap-southeast-3': ['apse3-az1', 'apse3-az2', 'apse3-az3'],
  'ap-southeast-4': ['apse4-az1', 'apse4-az2', 'apse4-az3'],
  'ap-southeast-5': ['apse5-az1', 'apse5-az2', 'apse5-az3'],
  'ap-southeast-6': ['apse6-az1', 'apse6-az2', 'apse6-az3'],
  'ap-southeast-7': ['apse7-az1', 'apse7-az2', 'apse7-az3'],
  'ca-central-1': ['cac1-az1', 'cac1-az2', 'cac1-az4'],
  'ca-west-1': ['caw1-az1', 'caw1-az2', 'caw1-az3'],
  'eu-central-1': ['euc1-az1', 'euc1-az2', 'euc1-az3'],
  'eu-central-2': ['euc2-az1', 'euc2-az2', 'euc2-az3'],
  'eu-north-1': ['eun1-az1', 'eun1-az2', 'eun1-az3'],
  'eu-south-1': ['eus1-az1', 'eus1-az2', 'eus1-az3'],
  'eu-south-2': ['eus2-az1', 'eus2-az2', 'eus2-az3'],
  'eu-west-1': ['euw1-az1', 'euw1-az2', 'euw1-az3'],
  'eu-west-2': ['euw2-az1', 'euw2-az2', 'euw2-az3'],
  'eu-west-3': ['euw3-az1', 'euw3-az2', 'euw3-az3'],
  'il-central-1': ['ilc1-az1', 'ilc1-az2', 'ilc1-az3'],
  'me-central-1': ['mec1-az1', 'mec1-az2', 'mec1-az3'],
  'me-south-1': ['mes1-az1', 'mes1-az2', 'mes1-az3'],
  'mx-central-1': ['mxc1-az1', 'mxc1-az2', 'mxc1-az3'],
  'sa-east-1': ['sae1-az1', 'sae1-az3', 'sae1-az2'],
  'us-east-1': ['use1-az2', 'use1-az4', 'use1-az6'],
  'us-east-2': ['use2-az1', 'use2-az2', 'use2-az3'],
  'us-west-1': ['usw1-az1', 'usw1-az3'],
  'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3'],
};

/** What a user says about zones. */
export interface ZoneWishes {
  readonly region: string;
  readonly availabilityZones?: number;
  readonly availabilityZoneIds?: readonly string[];
}

/**
 * The zones a network stands in: the ids a user gave, or else those of the table. In a stack whose Region is not known
 * they are the first ones by name that the account offers at deployment.
 */
export function placesFor(wishes: ZoneWishes): ZonePlace[] {
  const ids = wishes.availabilityZoneIds ?? ZONES[wishes.region];
  return Array.from({ length: countOf(wishes) }, (_, index) =>
    ids === undefined ? { availabilityZone: Fn.select(index, Fn.getAzs()) } : { availabilityZoneId: ids[index] },
  );
}

/** Records in `problems` what is wrong with the zones a user asks for. */
export function checkZones(wishes: ZoneWishes, problems: Problems): void {
  const { region, availabilityZoneIds } = wishes;
  const count = countOf(wishes);
  const isAllowed = Number.isInteger(count) && count >= FEWEST_ZONES && count <= MOST_ZONES;
  problems.require(isAllowed, {
    code: 'AvailabilityZonesCount',
    property: availabilityZoneIds === undefined ? 'availabilityZones' : 'availabilityZoneIds',
    value: availabilityZoneIds ?? count,
    bound: `be ${FEWEST_ZONES} or ${MOST_ZONES} zones`,
    remedy: 'One zone falls with its data centre, and a fourth costs without helping: choose two or three.',
  });
  if (availabilityZoneIds !== undefined) {
    checkIds(wishes, availabilityZoneIds, problems);
  } else if (isAllowed) {
    checkTable(region, count, problems);
  }
}

function checkTable(region: string, count: number, problems: Problems): void {
  const known = ZONES[region]?.length;
  const command = `aws ec2 describe-availability-zones --region ${region}`;
  const remedy = `Give availabilityZoneIds, taken from "${command}", without zones that take no VPC origin.`;
  const problem = { property: 'availabilityZoneIds', value: undefined, remedy };
  problems.require(known !== undefined || Token.isUnresolved(region), {
    ...problem,
    code: 'AvailabilityZonesUnknown',
    bound: `be given in Region ${region}, whose zones this library does not know`,
  });
  problems.require(known === undefined || known >= count, {
    ...problem,
    code: 'AvailabilityZonesTooFew',
    bound: `be given for ${count} zones in Region ${region}, where this library knows ${known} that take a VPC origin`,
  });
}

function checkIds({ region, availabilityZones }: ZoneWishes, ids: readonly string[], problems: Problems): void {
  const literal = ids.filter((id) => !Token.isUnresolved(id));
  const prefix = ZONES[region]?.[0].replace(/\d+$/, '');
  const property = 'availabilityZoneIds';
  const malformed = literal.filter((id) => !/^[a-z]{3,4}\d-az\d+$/.test(id));
  problems.require(malformed.length === 0, {
    code: 'AvailabilityZoneIdMalformed',
    property,
    value: malformed,
    bound: 'be zone ids, like apse1-az1',
    remedy: 'A zone name such as ap-southeast-1a means another place in another account: give the id.',
  });
  const elsewhere = prefix === undefined ? [] : literal.filter((id) => !id.startsWith(prefix));
  problems.require(malformed.length > 0 || elsewhere.length === 0, {
    code: 'AvailabilityZoneIdElsewhere',
    property,
    value: elsewhere,
    bound: `be zones of Region ${region}, which begin with ${prefix}`,
    remedy: 'Give zones of the Region that the stack is deployed to.',
  });
  problems.require(new Set(literal).size === literal.length, {
    code: 'AvailabilityZoneIdTwice',
    property,
    value: ids,
    bound: 'name each zone once',
    remedy: 'Give a different zone for each subnet, so that one failure does not take two of them.',
  });
  problems.require(availabilityZones === undefined || availabilityZones === ids.length, {
    code: 'AvailabilityZonesContradict',
    property: 'availabilityZones',
    value: availabilityZones,
    bound: `be ${ids.length}, the number of availabilityZoneIds`,
    remedy: 'Leave availabilityZones out when you give availabilityZoneIds.',
  });
}

function countOf({ availabilityZones, availabilityZoneIds }: ZoneWishes): number {
  return availabilityZoneIds?.length ?? availabilityZones ?? FEWEST_ZONES;
}
