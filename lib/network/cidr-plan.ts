import { Token } from 'aws-cdk-lib';
import type { Problems } from '../core/errors';

/** The address ranges of a network: one subnet of each kind in each Availability Zone. */
export interface CidrPlan {
  /** Everything code may run in; the subnets lie inside. */
  readonly application: string;
  readonly applicationSubnets: readonly string[];
  /** Everything data may rest in; the subnets lie inside. */
  readonly data: string;
  readonly dataSubnets: readonly string[];
  /** Small subnets for what stands in the way out. */
  readonly egressSubnets: readonly string[];
}

/** Most Availability Zones a plan has room for. A plan for fewer leaves the rest free, so that a zone can be added. */
const ZONES = 4;

/** The smallest subnet a VPC may have, and what AWS recommends for firewall endpoints. */
const EGRESS_PREFIX = 28;

const WIDEST_PREFIX = 16;
const NARROWEST_PREFIX = 20;

/** RFC 1918, and the shared address space of RFC 6598, which AWS also routes privately. */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

interface Range {
  readonly start: number;
  readonly prefix: number;
}

/**
 * Divides `cidr`: the first half for the application, the next quarter for data, the beginning of the last quarter for
 * the egress, the rest free. Where a subnet lies depends only on its kind and its zone's position, so neither another
 * egress nor a further zone moves one.
 */
export function planCidr(cidr: string): CidrPlan {
  const { start, prefix } = parse(cidr);
  const half = sizeOf(prefix) / 2;
  const application = { start, prefix: prefix + 1 };
  const data = { start: start + half, prefix: prefix + 2 };
  const egress = { start: start + half + half / 2, prefix: EGRESS_PREFIX - Math.log2(ZONES) };
  return {
    application: render(application),
    applicationSubnets: divide(application),
    data: render(data),
    dataSubnets: divide(data),
    egressSubnets: divide(egress),
  };
}

/** Records in `problems` what is wrong with the range of a network. */
export function checkCidr(cidr: string, problems: Problems): void {
  const remedy = 'Write a private range that no network you will ever connect to uses, for example 10.20.0.0/16.';
  const require = (holds: boolean, code: string, bound: string): boolean => {
    problems.require(holds, {
      code,
      property: 'cidr',
      value: Token.isUnresolved(cidr) ? 'a token' : cidr,
      bound,
      remedy,
    });
    return holds;
  };
  const isRange = !Token.isUnresolved(cidr) && isCidr(cidr);
  if (!require(isRange, 'NetworkRangeMalformed', 'be written out as address and prefix length, like 10.20.0.0/16')) {
    return;
  }
  const range = parse(cidr);
  const fits = range.prefix >= WIDEST_PREFIX && range.prefix <= NARROWEST_PREFIX;
  require(fits, 'NetworkRangeSize', `be between /${WIDEST_PREFIX} and /${NARROWEST_PREFIX}`);
  require(range.start % sizeOf(range.prefix) === 0, 'NetworkRangeUnaligned', 'begin where a range of its size begins');
  const isPrivate = PRIVATE_RANGES.map(parse).some((outer) => contains(outer, range));
  require(isPrivate, 'NetworkRangePublic', `lie in one of ${PRIVATE_RANGES.join(', ')}`);
}

function divide({ start, prefix }: Range): string[] {
  const part = prefix + Math.log2(ZONES);
  return Array.from({ length: ZONES }, (_, index) => render({ start: start + index * sizeOf(part), prefix: part }));
}

function contains(outer: Range, inner: Range): boolean {
  return inner.start >= outer.start && inner.start + sizeOf(inner.prefix) <= outer.start + sizeOf(outer.prefix);
}

function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const octets = address.split('.');
  const isNumber = (part: string, most: number): boolean => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= most;
  return (
    rest.length === 0 && octets.length === 4 && octets.every((octet) => isNumber(octet, 255)) && isNumber(prefix, 32)
  );
}

function parse(cidr: string): Range {
  const [address, prefix] = cidr.split('/');
  return { start: address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0), prefix: Number(prefix) };
}

function render({ start, prefix }: Range): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${octets.join('.')}/${prefix}`;
}
