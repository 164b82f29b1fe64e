import { Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { Problems } from '../core/errors';
import { Network } from '../network/network';
import type { INetwork } from '../network/network-ref';

/** A network that exists already, by the ids of its parts. Whoever made it answers for what leaves it. */
export interface ExistingNetworkChoices {
  /** Id of the VPC, `vpc-…`. An internet gateway has to be attached to it: VPC origins of CloudFront demand one. */
  readonly vpcId: string;

  /** Names of at least two Availability Zones, `eu-central-1a`. */
  readonly availabilityZones: string[];

  /** Ids of the subnets in which code runs: one for each Availability Zone, in the same order. None is public. */
  readonly applicationSubnetIds: string[];

  /** Ids of the subnets in which data rests: one for each Availability Zone, in the same order. None is public. */
  readonly dataSubnetIds: string[];

  /**
   * What the network's way out does not stop, in plain words, for the evidence.
   *
   * @default - that nobody here knows
   */
  readonly doesNotStop?: string;
}

/** Records what is wrong with `choices`. */
export function requireExistingNetwork(problems: Problems, choices: ExistingNetworkChoices): void {
  const { vpcId, availabilityZones, applicationSubnetIds, dataSubnetIds } = choices;
  problems.require(/^vpc-[0-9a-f]{8,17}$/.test(vpcId), {
    code: 'VpcIdMalformed',
    property: 'vpcId',
    value: vpcId,
    bound: 'be the id of a VPC, like vpc-0123456789abcdef0',
    remedy: 'Take it from "aws ec2 describe-vpcs".',
  });
  problems.require(availabilityZones.length >= 2, {
    code: 'ExistingZonesTooFew',
    property: 'availabilityZones',
    value: availabilityZones,
    bound: 'name at least two Availability Zones',
    remedy: 'Name those of the subnets, in the order of the subnets.',
  });
  for (const [property, ids] of Object.entries({ applicationSubnetIds, dataSubnetIds })) {
    const isWellFormed = ids.every((id) => /^subnet-[0-9a-f]{8,17}$/.test(id));
    problems.require(isWellFormed && ids.length === availabilityZones.length, {
      code: 'ExistingSubnetIds',
      property,
      value: ids,
      bound: 'name one subnet for each Availability Zone, like subnet-0123456789abcdef0',
      remedy: 'Take them from "aws ec2 describe-subnets", in the order of availabilityZones.',
    });
  }
}

/** The network that `choices` names, as constructs see it. */
export function existingNetwork(scope: Construct, id: string, choices: ExistingNetworkChoices): INetwork {
  const { vpcId, availabilityZones, applicationSubnetIds, dataSubnetIds, doesNotStop } = choices;
  const problems = new Problems(`The network ${scope.node.path}/${id}`);
  requireExistingNetwork(problems, choices);
  problems.throwIfAny();
  const vpc = Vpc.fromVpcAttributes(scope, `${id}Vpc`, {
    vpcId,
    availabilityZones,
    privateSubnetIds: applicationSubnetIds,
    isolatedSubnetIds: dataSubnetIds,
  });
  const { privateSubnets: applicationSubnets, isolatedSubnets: dataSubnets } = vpc;
  return Network.existing(scope, id, { vpc, applicationSubnets, dataSubnets, doesNotStop });
}
