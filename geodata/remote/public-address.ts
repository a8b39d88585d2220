import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The only part of IPv6 from which addresses of the public internet are given out (RFC 4291, IANA). */
const globalUnicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/**
 * Parts of it that lead elsewhere: IPv4 in disguise (6to4, Teredo, NAT64 at a network's own prefix cannot be told),
 * benchmarks, documentation and identifiers that are no addresses (RFC 6890 and the IANA registry).
 */
const special = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map(
  (range) => ipaddr.parseCIDR(range) as [ipaddr.IPv6, number],
);

/**
 * Whether an address (not a name) belongs to the public internet. False for private, loopback, link-local,
 * unique-local, carrier-grade NAT, multicast and reserved ones, for every way of writing an IPv4 address as IPv6,
 * and for text that is no address.
 */
export function isPublicAddress(address: string): boolean {
  // The parser below also takes shorthands, which are no addresses by the time of a connection.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
  if (parsed.range() !== 'unicast' || !parsed.match(globalUnicast)) return false;
  return !special.some((range) => parsed.match(range));
}
