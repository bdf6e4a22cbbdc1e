import assert from 'node:assert/strict';
import test from 'node:test';
import { freePort, isPortFree } from '@partyline/provision';
import { type BalancedPorts, balancedPorts } from '../../../../deploy/cluster/ports.ts';
import { readEnvironment } from '../../src/config.ts';

/** Free ones, since the real ones may be somebody's on this machine. */
type Free = readonly [given: number, haproxy: number, prometheus: number];

const all = ({ port, nodes, balancer, prometheus }: BalancedPorts): number[] => [
  ...[port, balancer, prometheus],
  ...nodes.flatMap((node) => [node.port, node.adminPort]),
];

async function freeRun(length: number): Promise<number> {
  for (;;) {
    const first = await freePort();
    const isFree = await Promise.all(Array.from({ length }, (_, index) => isPortFree(first + index, '0.0.0.0')));
    if (isFree.every(Boolean)) return first;
  }
}

/** Each a way in which two of them were the same, or there was no such port. */
const asked: [what: string, PORT: (free: Free) => number, ADMIN_PORT: (free: Free) => number][] = [
  ['admin ports where nodes usually listen', ([given]) => given, ([given]) => given + 101],
  ['an admin port where the last node usually listens', ([given]) => given, ([given]) => given + 103],
  ["the port of haproxy's page", ([, haproxy]) => haproxy, ([given]) => given],
  ['the port of Prometheus', ([, , prometheus]) => prometheus, ([given]) => given],
  ["nodes that would be on the port of haproxy's page", ([, haproxy]) => haproxy - 102, ([given]) => given],
  ['an admin port that is the one of Prometheus', ([given]) => given, ([, , prometheus]) => prometheus - 1],
  ['nodes that would be above the highest port', () => 65_500, ([given]) => given],
  ['any that are free', () => 0, () => 0],
];

for (const [what, portOf, adminPortOf] of asked) {
  test(`no two ports of a cluster are the same: ${what}`, async () => {
    const first = await freeRun(250);
    const free = [first, first + 120, first + 240] as const;
    const [PORT, ADMIN_PORT] = [portOf(free), adminPortOf(free)];
    const environment = readEnvironment({ PORT: `${PORT}`, ADMIN_PORT: `${ADMIN_PORT}`, NODES: '3' });
    const ports = await balancedPorts(environment, { balancer: free[1], prometheus: free[2] });
    const given = all(ports);
    assert.equal(new Set(given).size, 9, given.join(' '));
    for (const each of given) assert.ok(each > 0 && each <= 65_535, given.join(' '));
    if (PORT !== 0) assert.equal(ports.port, PORT);
    if (ADMIN_PORT !== 0) assert.equal(ports.nodes[2]?.adminPort, ADMIN_PORT + 2);
  });
}
