/**
 * Several nodes behind one balancer on this machine: the topology of compose.yaml without containers. Made of the pieces of
 * `make run`; differs in that each node has ports of its own, as on a machine of its own, and haproxy decides who gets whom.
 */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerProcess } from '../../packages/provision/src/server-process.ts';
import { holdFolder } from '../../packages/provision/src/sole-holder.ts';
import type { Environment } from '../../packages/server/src/config-schema.ts';
import { developmentHostKey, developmentTokenKey } from '../../packages/server/src/secrets.ts';
import type { Console } from '../../packages/server/src/supervisor/console.ts';
import { adoptHostKey, checkRedis, preparePostgres } from '../../packages/server/src/supervisor/prepare.ts';
import { forgetRunning, mustBeAlone, noteRunning } from '../../packages/server/src/supervisor/running.ts';
import { blaming, postgresOf, redisOf, whereabouts } from '../../packages/server/src/supervisor/stores.ts';
import { type SupervisedNode, startSupervisedNode } from '../../packages/server/src/supervisor/supervised-node.ts';
import { type Balancer, mostNodes, startBalancer } from './balancer.ts';
import { balancedPorts } from './ports.ts';
import { alertsPage, startPrometheus } from './prometheus.ts';
import { findTool, ToolMissing } from './tool.ts';

export interface BalancedCluster {
  /** Where players come in: the balancer. */
  readonly url: string;
  readonly nodes: readonly SupervisedNode[];
  readonly balancer: Balancer;
  readonly balancerUrl: string;
  /** Null where Prometheus cannot be had. */
  readonly prometheusUrl: string | null;
  readonly alertsUrl: string | null;
  readonly hostKey: string | null;
  readonly logs: string;
  /** Graceful. Nothing runs afterwards that was started here. */
  stop(): Promise<void>;
}

export interface BalancedPlan {
  environment: Environment;
  /** What child processes inherit; the environment's own variables win. */
  inherited: NodeJS.ProcessEnv;
  console: Console;
  /** Aborted: whatever has been started is stopped again, and `startBalancedCluster` throws. */
  signal: AbortSignal;
}

/** What a node may need beyond DRAIN_SECONDS to close its connections. */
const stopAllowanceMs = 3_000;

export async function startBalancedCluster(plan: BalancedPlan): Promise<BalancedCluster> {
  const { environment, console, signal } = plan;
  const { DATA_DIR, DRAIN_SECONDS, HOST, NODES } = environment;
  if (NODES > mostNodes) throw new Error(`NODES is ${NODES}: haproxy.cfg has lines for ${mostNodes} nodes.`);
  await mustBeAlone(DATA_DIR);
  const ports = await balancedPorts(environment);
  const logs = join(DATA_DIR, 'logs');
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const undo of stops.splice(0).toReversed()) await undo();
  };
  async function step<T>(label: string, work: () => Promise<T>, done?: (result: T) => string): Promise<T> {
    signal.throwIfAborted();
    return console.step(label, work, done);
  }
  const say = (text: string) => console.line(`  ${text}`);
  async function startLogged<S extends ServerProcess>(
    name: string,
    start: (onLog: (line: string) => void) => Promise<S>,
  ) {
    const log = createWriteStream(join(logs, `${name}.log`), { flags: 'a' });
    stops.push(async () => void log.end());
    const server = await start((line) => void log.write(`${line}\n`));
    stops.push(() => server.stop());
    return server;
  }

  async function start(): Promise<BalancedCluster> {
    stops.push(await holdFolder(DATA_DIR));
    await mkdir(logs, { recursive: true });
    // Before anything is started: without a balancer there is nothing to start for.
    const haproxy = await findTool('haproxy', say);
    const prometheus = await findTool('prometheus', say).catch((error: unknown) => {
      if (!(error instanceof ToolMissing)) throw error;
      say(`Goes on without Prometheus. ${error.message}`);
      return null;
    });
    const redis = await step('Redis', () => redisOf(environment, { console, logs }), whereabouts);
    stops.push(redis.stop);
    const postgres = await step('Postgres', () => postgresOf(environment, { console, logs }), whereabouts);
    stops.push(postgres.stop);
    const stores = { REDIS_URL: redis.url, DATABASE_URL: postgres.url };
    await checkRedis(environment, redis, say);
    const preparing = () => preparePostgres(postgres.url).catch(blaming('DATABASE_URL', postgres));
    await step('Tables and questions', preparing);
    const hostKey = await hostKeyOf(environment);
    if (hostKey !== null) await adoptHostKey(postgres.url, hostKey);
    const keys = environment.TOKEN_KEYS.length > 0 ? environment.TOKEN_KEYS : [await developmentTokenKey(DATA_DIR)];
    const nodes = await step(NODES === 1 ? 'Node' : `${NODES} nodes`, () =>
      startNodes({ ...stores, TOKEN_KEYS: keys.join() }),
    );

    const balancer = await step(
      'haproxy',
      () =>
        startLogged('haproxy', (onLog) =>
          startBalancer({
            ...{ haproxy, host: HOST, port: ports.port, adminPort: ports.balancer, nodes: ports.nodes },
            ...{ dir: join(DATA_DIR, 'haproxy'), onLog },
          }),
        ),
      () => `on port ${ports.port}`,
    );
    if (prometheus !== null) {
      await step('Prometheus', () =>
        startLogged('prometheus', (onLog) =>
          startPrometheus({
            ...{ prometheus, port: ports.prometheus, dir: join(DATA_DIR, 'prometheus'), onLog },
            ...{ nodes: ports.nodes.map(({ adminPort }) => adminPort), balancer: ports.balancer },
          }),
        ),
      );
    }
    signal.throwIfAborted();
    const url = `http://localhost:${ports.port}`;
    const prometheusUrl = prometheus === null ? null : `http://127.0.0.1:${ports.prometheus}`;
    await noteRunning(DATA_DIR, {
      ...{ pid: process.pid, url, host_key: hostKey, redis_url: redis.url, database_url: postgres.url },
      admin_urls: ports.nodes.map(({ adminPort }) => `http://127.0.0.1:${adminPort}`),
      node_pids: nodes.map(({ pid }) => pid),
    });
    stops.push(() => forgetRunning(DATA_DIR));
    return {
      ...{ url, nodes, balancer, hostKey, logs, stop },
      balancerUrl: `http://127.0.0.1:${ports.balancer}`,
      prometheusUrl,
      alertsUrl: prometheusUrl === null ? null : await alertsPage(prometheusUrl),
    };
  }

  /** All at once; where one fails, the others are stopped by `stop`. */
  async function startNodes(stores: Record<string, string>): Promise<SupervisedNode[]> {
    const { HOST_KEY, ...inherited } = plan.inherited;
    const starting = ports.nodes.map(({ port, adminPort }, index) => {
      const name = `node-${index + 1}`;
      return startSupervisedNode({
        ...{ name, console, logFile: join(logs, `${name}.log`) },
        env: {
          ...inherited,
          ...stores,
          ...{ NODE_ID: name, NODES: '1', HOST: '127.0.0.1', ADMIN_HOST: '127.0.0.1' },
          ...{ PORT: String(port), ADMIN_PORT: String(adminPort) },
          TRUSTED_PROXIES: [...new Set([...environment.TRUSTED_PROXIES, '127.0.0.1'])].join(),
        },
      });
    });
    stops.push(async () => {
      const started = (await Promise.allSettled(starting)).flatMap((node) =>
        node.status === 'fulfilled' ? [node.value] : [],
      );
      await Promise.all(started.map((node) => node.stop(DRAIN_SECONDS * 1_000 + stopAllowanceMs)));
    });
    const nodes = await Promise.all(starting);
    // A node whose port was taken meanwhile falls back to another, where the balancer would not find it.
    const astray = nodes.find((node, index) => node.port !== ports.nodes[index]?.port);
    if (astray !== undefined) throw new Error(`${astray.name} came up on port ${astray.port}: its own was taken.`);
    return nodes;
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
