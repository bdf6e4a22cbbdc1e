/**
 * Which address a request comes from. X-Forwarded-For is what anybody may write, so only the part of it that trusted
 * proxies have appended counts: read from the right, the first address that is not a trusted proxy is the client.
 */
import { BlockList, isIP } from 'node:net';

/** Takes addresses and CIDR blocks; throws a RangeError naming the entry that is neither. */
export function trustedProxies(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [host = '', prefix, ...rest] = entry.split('/');
    const family = isIP(host);
    const bits = prefix === undefined ? null : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
    const widest = family === 4 ? 32 : 128;
    if (family === 0 || rest.length > 0 || (bits !== null && !(bits <= widest))) {
      throw new RangeError(`trusted proxy "${entry}" is neither an address nor a CIDR block`);
    }
    const kind = family === 4 ? 'ipv4' : 'ipv6';
    if (bits === null) list.addAddress(host, kind);
    else list.addSubnet(host, bits, kind);
  }
  return list;
}

/**
 * The shortest form of an address, IPv4 where IPv6 only wraps it, without port or brackets; null for anything else.
 * One form per peer matters: limits are kept per address.
 */
export function plainAddress(text: string): string | null {
  const trimmed = text.trim();
  const host =
    /^\[([^\]]+)\](?::\d{1,5})?$/.exec(trimmed)?.[1] ??
    /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(trimmed)?.[1] ??
    trimmed;
  const address = host.replace(/%.*$/, ''); // fe80::1%eth0: the zone says nothing to anyone else
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return null;
  const compressed = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const wrapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(compressed);
  if (!wrapped) return compressed;
  const [high, low] = [Number.parseInt(wrapped[1] ?? '', 16), Number.parseInt(wrapped[2] ?? '', 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

function isTrusted(address: string, trusted: BlockList): boolean {
  return trusted.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

/**
 * `peer`: who holds the connection. `forwardedFor`: the header as received, several of them joined by commas.
 * An entry that is no address ends the reading: the nearest address known for certain stands. Where every entry is a
 * trusted proxy, the leftmost is the client.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, trusted: BlockList): string {
  let nearest = plainAddress(peer) ?? peer;
  if (forwardedFor === undefined || isIP(nearest) === 0) return nearest;
  const hops = forwardedFor.split(',');
  while (hops.length > 0 && isTrusted(nearest, trusted)) {
    const next = plainAddress(hops.pop() ?? '');
    if (next === null) break;
    nearest = next;
  }
  return nearest;
}
