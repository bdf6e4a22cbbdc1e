/**
 * What every row stands on: one Redis and one Postgres for the whole run, and real nodes as processes of their own, started
 * anew for each row under a prefix of its own. Whatever is started here is stopped by `stop`.
 */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgres, type Postgres } from '@partyline/postgres';
import { type RunningPostgres, type RunningServer, startPostgres, startRedis } from '@partyline/provision';
import { type RealNode, startRealNode } from '@partyline/testkit';
import { cpuMs, familyCpuMs, rssBytes } from './process-cost.ts';
import { meterRedis, type RedisMeter } from './redis-cost.ts';

export const hostKey = 'bench-host-key-of-this-run';

export interface Cost {
  nodes_ms: number;
  redis_ms: number;
  postgres_ms: number;
}

export interface Nodes {
  readonly all: RealNode[];
  /** Of the nodes with the gateway role. */
  ports(): number[];
  add(env?: Record<string, string>): Promise<RealNode>;
  rss(): number;
  /** CPU spent so far. */
  cost(): Cost;
  stop(): Promise<void>;
}

export interface Rig {
  readonly redis: RunningServer;
  readonly postgres: Postgres;
  readonly databaseUrl: string;
  /** A folder whose files Postgres may read. */
  readonly exchange: string;
  readonly meter: RedisMeter;
  /** Environment of a node; every cluster has a Redis prefix of its own. */
  environment(prefix: string): Record<string, string>;
  startNodes(count: number, env?: Record<string, string>): Promise<Nodes>;
  stop(): Promise<void>;
}

/** One address plays everybody; and nothing may be refused for being much. */
const patience = {
  JOINS_PER_MINUTE: '1000000',
  INITS_PER_MINUTE: '1000000',
};

/** `PROFILE=folder`: every node leaves a CPU profile there when it ends. */
function profiling(): Record<string, string> {
  const { PROFILE } = process.env;
  return PROFILE === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${PROFILE}` };
}

export async function startRig(): Promise<Rig> {
  const undo: (() => Promise<unknown>)[] = [];
  async function stop(): Promise<void> {
    for (const step of undo.splice(0).toReversed()) await step();
  }
  try {
    const dir = await mkdtemp(join(tmpdir(), 'partyline-bench-'));
    undo.push(() => rm(dir, { recursive: true, force: true }));
    const exchange = await mkdtemp(join(tmpdir(), 'partyline-exchange-'));
    undo.push(() => rm(exchange, { recursive: true, force: true }));
    await chmod(exchange, 0o755);
    const redis = await startRedis({ dir: join(dir, 'redis') });
    undo.push(() => redis.stop());
    const server: RunningPostgres = await startPostgres({ dir: join(dir, 'postgres') });
    undo.push(() => server.stop());
    const postgres = createPostgres({ url: server.url });
    undo.push(() => postgres.close());
    await postgres.migrate();
    await postgres.seed();
    await postgres.hostKeys.adopt('bench', hostKey);
    const meter = meterRedis(redis.url);
    undo.push(async () => meter.close());

    const environment = (prefix: string): Record<string, string> => ({
      ...patience,
      REDIS_URL: redis.url,
      REDIS_PREFIX: prefix,
      DATABASE_URL: server.url,
      TOKEN_KEYS: 'k'.repeat(32),
      LOG_LEVEL: 'warn',
    });

    return {
      redis,
      postgres,
      databaseUrl: server.url,
      exchange,
      meter,
      environment,
      async startNodes(count, env = {}) {
        const shared = { ...environment(`bench-${randomUUID().slice(0, 8)}`), ...profiling(), ...env };
        const all: RealNode[] = [];
        async function add(more: Record<string, string> = {}): Promise<RealNode> {
          const node = await startRealNode(`node-${all.length + 1}`, { ...shared, ...more });
          all.push(node);
          return node;
        }
        const stopNodes = async (): Promise<void> => {
          const isProfiled = process.env.PROFILE !== undefined;
          await Promise.all(all.map((node) => (isProfiled ? node.terminate() : node.kill())));
        };
        undo.push(stopNodes);
        await Promise.all(Array.from({ length: count }, () => add()));
        const up = (): RealNode[] => all.filter((node) => node.isUp());
        return {
          all,
          ports: () => up().flatMap(({ port }) => port ?? []),
          add,
          rss: () => up().reduce((sum, { pid }) => sum + rssBytes(pid), 0),
          cost: () => ({
            nodes_ms: up().reduce((sum, { pid }) => sum + cpuMs(pid), 0),
            redis_ms: cpuMs(redis.pid ?? 0),
            postgres_ms: familyCpuMs(server.pid ?? 0),
          }),
          stop: stopNodes,
        };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export function costBetween(before: Cost, after: Cost): Cost {
  return {
    nodes_ms: after.nodes_ms - before.nodes_ms,
    redis_ms: after.redis_ms - before.redis_ms,
    postgres_ms: after.postgres_ms - before.postgres_ms,
  };
}
