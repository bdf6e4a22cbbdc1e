/** What is printed once everything runs: where to go, where to look, how to stop. */
import { networkInterfaces } from 'node:os';
import type { Environment } from '../config-schema.ts';
import { type Cluster, shortPath } from './cluster.ts';

export function banner({ port, nodes, hostKey, logs }: Cluster, { HOST, ADMIN_HOST }: Environment, ms: number): string {
  const admin = nodes.map((node) => `http://${ADMIN_HOST}:${node.adminPort}`);
  const elsewhere = nodes.filter((node) => node.port !== null && node.port !== port);
  const rows: [string, string][] = [
    ...(port === null ? [] : publicRows(HOST, port)),
    ['Health', admin.map((url) => `${url}/readyz`).join('  ')],
    ['Metrics', admin.map((url) => `${url}/metrics`).join('  ')],
    ...(hostKey === null || port === null ? [] : [['Host key', hostKey] as [string, string]]),
    ['Logs', shortPath(logs)],
    ...elsewhere.map(({ name, port: other }): [string, string] => [
      name,
      `http://localhost:${other} (ports are not shared here)`,
    ]),
  ];
  const count = nodes.length === 1 ? 'one node' : `${nodes.length} nodes`;
  const where = port === null ? 'without a public port (ROLES=leader: players come in elsewhere)' : `on port ${port}`;
  const demo = port === null ? '' : '`make demo` in another terminal lets bots play a party. ';
  return [
    '',
    `Partyline is running: ${count} ${where}, after ${(ms / 1_000).toFixed(1)} s.`,
    '',
    ...rows.map(([label, text]) => `  ${label.padEnd(16)}${text}`),
    '',
    `  ${demo}Ctrl-C stops everything.`,
    '',
  ].join('\n');
}

function publicRows(host: string, port: number): [string, string][] {
  const base = `http://${isEverywhere(host) ? 'localhost' : host}:${port}`;
  const network = isEverywhere(host) ? networkAddress() : null;
  return [
    ['Join a party', `${base}/`],
    ...(network === null ? [] : [['on phones here', `http://${network}:${port}/`] as [string, string]]),
    ['Host a room', `${base}/host`],
    ['Quick party', `${base}/quick`],
    ['API', `${base}/openapi.json  ${base}/asyncapi.json`],
  ];
}

const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** What a phone in the same network can reach; null on a machine without one. */
function networkAddress(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;
}
