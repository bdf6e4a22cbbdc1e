/** What is printed once everything runs: where to go, where to look, how to stop. */
import { networkInterfaces } from 'node:os';
import type { Environment } from '../config-schema.ts';
import { type Cluster, shortPath } from './cluster.ts';

export function banner({ port, nodes, hostKey, logs }: Cluster, { HOST, ADMIN_HOST }: Environment, ms: number): string {
  const base = `http://${isEverywhere(HOST) ? 'localhost' : HOST}:${port}`;
  const network = isEverywhere(HOST) ? networkAddress() : null;
  const admin = nodes.map((node) => `http://${ADMIN_HOST}:${node.adminPort}`);
  const elsewhere = nodes.filter((node) => node.port !== null && node.port !== port);
  const rows: [string, string][] = [
    ['Join a party', `${base}/`],
    ...(network === null ? [] : [['on phones here', `http://${network}:${port}/`] as [string, string]]),
    ['Host a room', `${base}/host`],
    ['Quick party', `${base}/quick`],
    ['API', `${base}/openapi.json  ${base}/asyncapi.json`],
    ['Health', admin.map((url) => `${url}/readyz`).join('  ')],
    ['Metrics', admin.map((url) => `${url}/metrics`).join('  ')],
    ...(hostKey === null ? [] : [['Host key', hostKey] as [string, string]]),
    ['Logs', shortPath(logs)],
    ...elsewhere.map(({ name, port: other }): [string, string] => [
      name,
      `http://localhost:${other} (ports are not shared here)`,
    ]),
  ];
  const count = nodes.length === 1 ? 'one node' : `${nodes.length} nodes`;
  return [
    '',
    `Partyline is running: ${count} on port ${port}, after ${(ms / 1_000).toFixed(1)} s.`,
    '',
    ...rows.map(([label, text]) => `  ${label.padEnd(16)}${text}`),
    '',
    '  `make demo` in another terminal lets bots play a party. Ctrl-C stops everything.',
    '',
  ].join('\n');
}

const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** What a phone in the same network can reach; null on a machine without one. */
function networkAddress(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;
}
