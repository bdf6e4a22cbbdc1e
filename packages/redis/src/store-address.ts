/**
 * Where a store is, as an address says it: `redis://` one Redis, `redis+sentinel://` a name that Sentinels resolve,
 * `redis+cluster://` some nodes of a Cluster. With `rediss` instead of `redis` all of it goes over TLS.
 */
import { StoreFault } from './errors.ts';

export interface Credentials {
  username?: string;
  password?: string;
  /** `{}` turns TLS on with the system's authorities. */
  tls?: Record<string, never>;
}

interface HostAndPort {
  host: string;
  port: number;
}

export type StoreAddress =
  | { kind: 'single'; url: string }
  | ({ kind: 'sentinel'; sentinels: HostAndPort[]; name: string; db: number } & Credentials)
  | ({ kind: 'cluster'; nodes: HostAndPort[] } & Credentials);

const several = /^(rediss?)\+(sentinel|cluster):\/\/(?:([^@/]*)@)?([^@/?]+)(?:\/([^/?]*)(?:\/(\d+))?)?$/;
const defaultPorts = { sentinel: 26_379, cluster: 6_379 } as const;

/** Throws StoreFault, without the password, where the address has no such form. */
export function storeAddress(url: string): StoreAddress {
  if (/^rediss?:\/\//.test(url)) return { kind: 'single', url };
  const [, scheme, kind, userinfo, hosts = '', name = '', db] = several.exec(url) ?? [];
  const isCluster = kind === 'cluster';
  if ((kind !== 'sentinel' && !isCluster) || (!isCluster && name === '') || (isCluster && name !== '')) {
    throw new StoreFault(
      "a store's address is redis://host:port, redis+sentinel://host:port,…/name or redis+cluster://host:port,… (rediss for TLS)",
    );
  }
  const parsed = hosts.split(',').map((host) => hostAndPort(host, defaultPorts[kind]));
  const shared = { ...credentials(userinfo), ...(scheme === 'rediss' ? { tls: {} } : {}) };
  return isCluster
    ? { kind: 'cluster', nodes: parsed, ...shared }
    : { kind: 'sentinel', sentinels: parsed, name: decodeURIComponent(name), db: Number(db ?? 0), ...shared };
}

/** The address as it may be shown: without who is let in by which password, and without options. */
export function whereabouts(url: string): string {
  const { scheme = '', hosts = '' } = /^(?<scheme>[\w+]+:\/\/)(?:.*@)?(?<hosts>[^?]*)/.exec(url)?.groups ?? {};
  return `${scheme}${hosts}`;
}

function hostAndPort(text: string, defaultPort: number): HostAndPort {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) throw new StoreFault(`"${text}" in a store's address is no host:port`);
  return { host, port: port === undefined ? defaultPort : Number(port) };
}

function credentials(userinfo: string | undefined): Credentials {
  if (userinfo === undefined || userinfo === '') return {};
  const [username = '', password] = userinfo.split(':').map(decodeURIComponent);
  if (password === undefined) return { password: username };
  return { ...(username === '' ? {} : { username }), password };
}
