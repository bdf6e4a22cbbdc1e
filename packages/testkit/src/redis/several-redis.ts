/** More than one Redis, on loopback: a Cluster of masters with a replica each, and a master watched by three Sentinels. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { freePort, type RunningServer, startRedis } from '@partyline/provision';
import type { Certificates } from '../certificates.ts';
import { type RawReply, rawRedis } from './raw-redis.ts';
import { tlsArgs } from './tls-redis.ts';

const slots = 16_384;
const settleMs = 20_000;
const allOverTls = [
  ...['--tls-cluster', 'yes', '--tls-replication', 'yes'],
  ...['--cluster-announce-hostname', 'localhost', '--cluster-preferred-endpoint-type', 'hostname'],
];

export interface SeveralRedis {
  /** As REDIS_URL has it. */
  readonly url: string;
  readonly masters: RunningServer[];
}

async function ask(port: number, ...command: (string | number)[]): Promise<RawReply> {
  const raw = await rawRedis(`redis://127.0.0.1:${port}`);
  try {
    return await raw.send(...command);
  } finally {
    raw.close();
  }
}

async function settled(what: string, is: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + settleMs;
  while (!(await is().catch(() => false))) {
    if (performance.now() > end) throw new Error(`${what} did not settle within ${settleMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Stops what was started last first, and removes its folder at the very end. */
async function stage(t: TestContext): Promise<{ dir: string; keep: (server: RunningServer) => RunningServer }> {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-several-'));
  const servers: RunningServer[] = [];
  t.after(async () => {
    for (const server of servers.reverse()) await server.kill('SIGKILL').catch(() => undefined);
    await rm(dir, { recursive: true, force: true });
  });
  return {
    dir,
    keep(server) {
      servers.push(server);
      return server;
    },
  };
}

/** Each speaks to the others on a bus of its own: 10,000 above its port unless told otherwise, where anybody may be. */
async function clusterArgs(): Promise<string[]> {
  return ['--cluster-enabled', 'yes', '--cluster-port', `${await freePort()}`];
}

/** The address of a node of a Cluster that has no other and no slots. */
export async function loneClusterNode(t: TestContext): Promise<string> {
  const { dir, keep } = await stage(t);
  return keep(await startRedis({ dir: join(dir, 'node'), extraArgs: await clusterArgs() })).url;
}

export interface ClusterOptions {
  /** 3 when not given. */
  masters?: number;
  /** Clients, replicas and the bus speak TLS, and the nodes name each other `localhost`: the certificate is for no address. */
  tls?: Certificates;
}

/** Masters, each with one replica that takes over when it dies. */
export async function redisCluster(
  t: TestContext,
  { masters: count = 3, tls }: ClusterOptions = {},
): Promise<SeveralRedis> {
  const { dir, keep } = await stage(t);
  const failover = ['--cluster-node-timeout', '1500', '--cluster-replica-validity-factor', '0'];
  const servers: RunningServer[] = [];
  const tlsPorts: number[] = [];
  for (let index = 0; index < count * 2; index += 1) {
    if (tls !== undefined) tlsPorts.push(await freePort());
    const overTls = tls === undefined ? [] : [...tlsArgs(tlsPorts[index] ?? 0, tls), ...allOverTls];
    const extraArgs = [...(await clusterArgs()), ...failover, ...overTls];
    servers.push(keep(await startRedis({ dir: join(dir, `${index}`), extraArgs })));
  }
  const masters = servers.slice(0, count);
  const replicas = servers.slice(count);
  const ids = await Promise.all(servers.map(({ port }) => ask(port, 'CLUSTER', 'MYID')));
  const [first] = servers;
  if (first === undefined) throw new RangeError('a Cluster needs a master');
  for (const [index, { port }] of servers.entries()) {
    const [, busPort] = (await ask(port, 'CONFIG', 'GET', 'cluster-port')) as string[];
    if (index > 0) await ask(first.port, 'CLUSTER', 'MEET', '127.0.0.1', tlsPorts[index] ?? port, busPort ?? '');
  }
  for (const [index, { port }] of masters.entries()) {
    const [from, to] = [Math.floor((slots * index) / count), Math.floor((slots * (index + 1)) / count) - 1];
    await ask(port, 'CLUSTER', 'ADDSLOTSRANGE', from, to);
  }
  await settled('the Cluster', async () => {
    const known = await Promise.all(servers.map(({ port }) => ask(port, 'CLUSTER', 'NODES')));
    return known.every((nodes) => String(nodes).trim().split('\n').length === servers.length);
  });
  for (const [index, { port }] of replicas.entries()) await ask(port, 'CLUSTER', 'REPLICATE', String(ids[index]));
  await settled('the Cluster', async () => {
    const infos = await Promise.all(servers.map(({ port }) => ask(port, 'CLUSTER', 'INFO')));
    const links = await Promise.all(replicas.map(({ port }) => ask(port, 'INFO', 'replication')));
    return (
      infos.every((info) => String(info).includes('cluster_state:ok')) &&
      links.every((link) => String(link).includes('master_link_status:up'))
    );
  });
  const addresses = masters.map(({ port }, index) => (tls ? `localhost:${tlsPorts[index]}` : `127.0.0.1:${port}`));
  return { url: `${tls ? 'rediss' : 'redis'}+cluster://${addresses.join(',')}`, masters };
}

/** A master, its replica and three Sentinels that agree by two. */
export async function redisBehindSentinels(t: TestContext): Promise<SeveralRedis & { replica: RunningServer }> {
  const { dir, keep } = await stage(t);
  const master = keep(await startRedis({ dir: join(dir, 'master') }));
  const replicaOf = ['--replicaof', '127.0.0.1', `${master.port}`];
  const replica = keep(await startRedis({ dir: join(dir, 'replica'), extraArgs: replicaOf }));
  const ports: number[] = [];
  for (let index = 0; index < 3; index += 1) {
    const port = await freePort();
    const folder = await mkdtemp(join(dir, 'sentinel-'));
    const file = join(folder, 'sentinel.conf');
    await writeFile(
      file,
      [
        `sentinel monitor party 127.0.0.1 ${master.port} 2`,
        'sentinel down-after-milliseconds party 1000',
        'sentinel failover-timeout party 4000',
        'sentinel parallel-syncs party 1',
        '',
      ].join('\n'),
    );
    ports.push(port);
    keep(await startRedis({ dir: folder, port, configFile: file, sentinel: 'sentinel' }));
  }
  await settled('the Sentinels', async () => {
    const seen = await Promise.all(ports.map((port) => ask(port, 'SENTINEL', 'CKQUORUM', 'party')));
    const masters = await Promise.all(ports.map((port) => ask(port, 'SENTINEL', 'REPLICAS', 'party')));
    return (
      seen.every((text) => String(text).startsWith('OK 3')) &&
      masters.every((list) => Array.isArray(list) && list.length === 1)
    );
  });
  return {
    url: `redis+sentinel://${ports.map((port) => `127.0.0.1:${port}`).join(',')}/party`,
    masters: [master],
    replica,
  };
}
