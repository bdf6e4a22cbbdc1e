/**
 * Real nodes on one real Redis and one real Postgres, for tests that kill them. Redis is the test's own, with its file on
 * disk, since most faults are done to it; everything is stopped when the test ends, however it ends.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createPostgres, type Postgres } from '@partyline/postgres';
import { type RunningPostgres, type RunningServer, startPostgres, startRedis } from '@partyline/provision';
import { testDatabase } from '../postgres.ts';
import { type RealNode, startRealNode } from './real-node.ts';

export interface RealCluster {
  readonly nodes: RealNode[];
  readonly redis: RunningServer;
  /** Where it keeps its data: a test that removes it has Redis come back empty. */
  readonly redisDir: string;
  readonly databaseUrl: string;
  /** The server behind `databaseUrl`, where the test asked for one of its own. */
  readonly postgresServer: RunningPostgres | null;
  readonly postgres: Postgres;
  /** Done when the test ends, however it ends, before anything is stopped. */
  atEnd(cleanUp: () => void): void;
  up(): RealNode[];
  addNode(env?: Record<string, string>): Promise<RealNode>;
  /** The node that leads most parties; the first where none leads any. */
  leader(): Promise<RealNode>;
  /** One HTTP call on a node that is up. */
  call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: T }>;
}

export interface ClusterOptions {
  nodes?: number;
  env?: Record<string, string>;
  /** A Postgres that the test may stop. */
  ownPostgres?: 'own' | 'shared';
  /** Replaces Redis' address in the nodes' environment, such as by a proxy's. */
  redisUrlFor?: (url: string) => Promise<string>;
  /** As on redis-server's command line. */
  redisArgs?: readonly string[];
}

const patientLimits = {
  JOINS_PER_MINUTE: '1000000',
  INITS_PER_MINUTE: '1000000',
  MESSAGES_PER_SECOND: '1000',
  MESSAGE_BURST: '2000',
};

export async function realCluster(t: TestContext, options: ClusterOptions = {}): Promise<RealCluster> {
  const { nodes: count = 3, env = {}, ownPostgres = 'shared' } = options;
  const cleanUps: (() => Promise<unknown>)[] = [];
  t.after(async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp().catch(() => undefined);
  });
  const dir = await mkdtemp(join(tmpdir(), 'partyline-cluster-'));
  cleanUps.push(() => rm(dir, { recursive: true, force: true }));
  const redis = await startRedis({ dir: join(dir, 'redis'), extraArgs: options.redisArgs ?? [] });
  cleanUps.push(() => redis.stop());
  const postgresServer =
    ownPostgres === 'own' ? await startPostgres({ dir: join(dir, 'postgres'), settings: { fsync: 'off' } }) : null;
  if (postgresServer !== null) cleanUps.push(() => postgresServer.stop());
  const databaseUrl =
    postgresServer?.url ?? (await testDatabase({ after: (cleanUp: () => Promise<void>) => cleanUps.push(cleanUp) }));
  const postgres = createPostgres({ url: databaseUrl });
  cleanUps.push(() => postgres.close());
  await postgres.migrate();
  await postgres.seed();

  const nodes: RealNode[] = [];
  let started = 0;
  const REDIS_URL = (await options.redisUrlFor?.(redis.url)) ?? redis.url;
  const shared = {
    ...patientLimits,
    REDIS_URL,
    DATABASE_URL: databaseUrl,
    TOKEN_KEYS: 'k'.repeat(32),
    LOG_LEVEL: 'warn',
    ...env,
  };
  async function addNode(more: Record<string, string> = {}): Promise<RealNode> {
    started += 1;
    const node = await startRealNode(`node-${started}`, { ...shared, ...more });
    cleanUps.push(() => node.kill());
    nodes.push(node);
    return node;
  }
  await Promise.all(Array.from({ length: count }, () => addNode()));
  const up = (): RealNode[] => nodes.filter((node) => node.isUp());

  return {
    nodes,
    redis,
    redisDir: join(dir, 'redis'),
    databaseUrl,
    postgresServer,
    postgres,
    atEnd: (cleanUp) => void cleanUps.push(async () => cleanUp()),
    up,
    addNode,
    async leader() {
      const led = await Promise.all(
        up().map(async (node) => ({ node, parties: await node.metric('partyline_led_parties') })),
      );
      const [most] = led.sort((a, b) => b.parties - a.parties);
      if (most === undefined) throw new Error('no node is up');
      return most.node;
    },
    async call(method, path, body, headers = {}) {
      const [node] = up();
      const response = await fetch(`http://127.0.0.1:${node?.port}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    },
  };
}
