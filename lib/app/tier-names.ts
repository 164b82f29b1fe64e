/** The tiers, from the cheapest to the one that proves most. */
export const TIERS = ['starter', 'standard', 'regulated'] as const;

/**
 * What a store costs and what it proves. All tiers are built from the same constructs and pass every rule pack; they
 * differ in how much can fail without anybody noticing, and in how closely what leaves the network is looked at.
 *
 * - `starter`: two zones, no reader, no interface endpoints, egress by name.
 * - `standard`: a reader, interface endpoints, a proxy for logins by IAM.
 * - `regulated`: three zones, two readers, a network firewall, more endpoints, the firewall's groups against account
 *   takeover and floods; images by digest only.
 */
export type Tier = (typeof TIERS)[number];
