/**
 * A whole Partyline on this machine, as `make run` brings it up: stores, tables, keys, nodes; and takes it down again in the
 * opposite order. Prints progress, never a secret.
 */
import { mkdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { holdFolder } from '@partyline/provision';
import type { Environment } from '../config-schema.ts';
import { developmentHostKey, developmentTokenKey } from '../secrets.ts';
import type { Console } from './console.ts';
import { choosePorts } from './ports.ts';
import { adoptHostKey, checkRedis, preparePostgres } from './prepare.ts';
import { forgetRunning, mustBeAlone, noteRunning } from './running.ts';
import { blaming, postgresOf, redisOf, whereabouts } from './stores.ts';
import { type SupervisedNode, startSupervisedNode } from './supervised-node.ts';

export interface Cluster {
  /** The public port; the nodes share it wherever the system lets them. Null where none of them takes players in. */
  readonly port: number | null;
  readonly nodes: readonly SupervisedNode[];
  /** Null where none was asked for. */
  readonly hostKey: string | null;
  readonly logs: string;
  /** Graceful. Nothing runs afterwards that was started here. */
  stop(): Promise<void>;
}

export interface ClusterPlan {
  environment: Environment;
  /** What child processes inherit; the environment's own variables win. */
  inherited: NodeJS.ProcessEnv;
  console: Console;
  /** Aborted: whatever has been started is stopped again, and `startCluster` throws. */
  signal: AbortSignal;
}

/** What a node may need beyond DRAIN_SECONDS to close its connections. */
const stopAllowanceMs = 3_000;

export async function startCluster({ environment, inherited, console, signal }: ClusterPlan): Promise<Cluster> {
  const { DATA_DIR, DRAIN_SECONDS } = environment;
  // Before the ports: the one that runs here has them, and its address helps more than another port would.
  await mustBeAlone(DATA_DIR);
  const ports = await choosePorts(environment);
  const logs = join(DATA_DIR, 'logs');
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const undo of stops.splice(0).toReversed()) await undo();
  };
  async function step<T>(label: string, work: () => Promise<T>, done?: (result: T) => string): Promise<T> {
    signal.throwIfAborted();
    return console.step(label, work, done);
  }

  async function start(): Promise<Cluster> {
    stops.push(await holdFolder(DATA_DIR));
    await mkdir(logs, { recursive: true });
    const redis = await step('Redis', () => redisOf(environment, { console, logs }), whereabouts);
    stops.push(redis.stop);
    const warn = (text: string) => console.line(`  ${text}`);
    await checkRedis(environment, redis, warn);
    const postgres = await step('Postgres', () => postgresOf(environment, { console, logs }), whereabouts);
    stops.push(postgres.stop);
    const complete = { ...environment, REDIS_URL: redis.url, DATABASE_URL: postgres.url };
    const preparing = () => preparePostgres(postgres.url).catch(blaming('DATABASE_URL', postgres));
    await step('Tables and questions', preparing, said);
    const hostKey = await hostKeyOf(environment);
    if (hostKey !== null) await adoptHostKey(postgres.url, hostKey);
    const tokenKeys =
      environment.TOKEN_KEYS.length > 0 ? environment.TOKEN_KEYS : [await developmentTokenKey(DATA_DIR)];

    const nodes = await step(environment.NODES === 1 ? 'Node' : `${environment.NODES} nodes`, () =>
      startNodes({ ...complete, TOKEN_KEYS: tokenKeys }),
    );
    signal.throwIfAborted();
    const port = nodes.find((node) => node.port === ports.port)?.port ?? nodes[0]?.port ?? null;
    await noteRunning(DATA_DIR, {
      pid: process.pid,
      url: port === null ? null : `http://localhost:${port}`,
      admin_urls: nodes.map(({ adminPort }) => `http://${environment.ADMIN_HOST}:${adminPort}`),
      node_pids: nodes.map(({ pid }) => pid),
      redis_url: redis.url,
      database_url: postgres.url,
      host_key: hostKey,
    });
    stops.push(() => forgetRunning(DATA_DIR));
    return { port, nodes, hostKey, logs, stop };
  }

  /** All at once; where one fails, the others are stopped by `stop`. */
  async function startNodes(complete: Environment): Promise<SupervisedNode[]> {
    const starting = ports.adminPorts.map((adminPort, index) => {
      const name = `node-${index + 1}`;
      return startSupervisedNode({
        name,
        env: nodeEnvironment(complete, { inherited, name, port: ports.port, adminPort }),
        logFile: join(logs, `${name}.log`),
        console,
      });
    });
    stops.push(async () => {
      const started = (await Promise.allSettled(starting)).flatMap((node) =>
        node.status === 'fulfilled' ? [node.value] : [],
      );
      await Promise.all(started.map((node) => node.stop(DRAIN_SECONDS * 1_000 + stopAllowanceMs)));
    });
    return Promise.all(starting);
  }

  try {
    return await start();
  } catch (error) {
    await stop();
    throw error;
  }
}

async function hostKeyOf({ HOST_KEY, NODE_ENV, DATA_DIR }: Environment): Promise<string | null> {
  if (HOST_KEY !== '') return HOST_KEY;
  return NODE_ENV === 'production' ? null : developmentHostKey(DATA_DIR);
}

function nodeEnvironment(
  { REDIS_URL, DATABASE_URL, TOKEN_KEYS }: Environment,
  at: { inherited: NodeJS.ProcessEnv; name: string; port: number; adminPort: number },
): NodeJS.ProcessEnv {
  const { HOST_KEY, ...inherited } = at.inherited;
  return {
    ...inherited,
    ...{ REDIS_URL, DATABASE_URL, TOKEN_KEYS: TOKEN_KEYS.join() },
    NODE_ID: at.name,
    NODES: '1',
    PORT: String(at.port),
    ADMIN_PORT: String(at.adminPort),
  };
}

function said({ migrations, questions }: { migrations: number; questions: number }): string {
  const news = [
    ...(migrations > 0 ? [`${migrations} migrations`] : []),
    ...(questions > 0 ? [`${questions} questions`] : []),
  ];
  return news.length > 0 ? `${news.join(', ')} new` : 'as they were';
}

/** From here where it lies below, else from the root. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? resolve(path) : short;
}
