/**
 * One node of Partyline, put together: the only place where ports and adapters meet. Starts what its roles need, and stops
 * it in the order that costs nobody an answer: not ready, leadership handed over, sockets sent elsewhere, connections closed.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { createGateway } from '@partyline/gateway';
import { createLeader } from '@partyline/leader';
import { createTelemetry, type Telemetry } from '@partyline/telemetry';
import { startAdmin } from './admin.ts';
import { chooseTransport } from './choose-transport.ts';
import type { Environment } from './config-schema.ts';
import { drain, passed } from './drain.ts';
import { watchNode } from './node-gauges.ts';
import { openStores } from './node-stores.ts';
import { buildPages } from './pages.ts';
import { type NodeState, type Readiness, readiness } from './readiness.ts';
import { startRetention } from './retention.ts';
import { gatewayConfig, vocabulary } from './role-options.ts';
import { createTimers } from './timers.ts';
import { version } from './version.ts';

export interface RunningNode {
  /** Null without the gateway role. */
  readonly port: number | null;
  readonly adminPort: number;
  /** Graceful, and by then at the latest: whatever is not done within `DRAIN_SECONDS` is left undone. Repeatable. */
  stop(): Promise<void>;
}

/** What closing connections may take at the end; the process ends anyway. */
const closeLimitMs = 1_000;

export function createNodeTelemetry({ LOG_LEVEL, NODE_ID }: Environment): Telemetry {
  return createTelemetry({ level: LOG_LEVEL, node_id: NODE_ID || `node-${randomUUID().slice(0, 8)}`, vocabulary });
}

export async function startNode(
  environment: Environment,
  telemetry: Telemetry = createNodeTelemetry(environment),
): Promise<RunningNode> {
  const closing: (() => unknown)[] = [() => telemetry.stop()];
  const closeAll = async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  };
  try {
    return await start(environment, { telemetry, closing, closeAll });
  } catch (error) {
    await closeAll();
    throw error;
  }
}

interface Frame {
  telemetry: Telemetry;
  /** What must be closed at the end, in the order it was opened. */
  closing: (() => unknown)[];
  closeAll: () => Promise<void>;
}

async function start(environment: Environment, { telemetry, closing, closeAll }: Frame): Promise<RunningNode> {
  const { log } = telemetry;
  const { ROLES, TRANSPORT, ADMIN_HOST, ADMIN_PORT, DRAIN_SECONDS } = environment;
  const isGateway = ROLES.includes('gateway');
  let state: () => NodeState = () => ({
    ...{ life: 'starting', isListening: null, isStoreReachable: false, isArchiveReachable: true },
    lockMasters: { answering: 1, total: 1 },
  });
  const isReady = (): Readiness => readiness(state());
  const admin = await startAdmin(
    { host: ADMIN_HOST, port: ADMIN_PORT },
    { ...telemetry, readiness: isReady, setLevel: (level) => changeLevel(level, telemetry) },
  );
  closing.push(() => admin.close());

  const chosen = await chooseTransport(TRANSPORT, { log });
  const building = isGateway ? buildPages(log) : null;
  const stores = await openStores(environment, { telemetry, closing });
  const { redis, postgres, archive, reachability } = stores;
  const timers = createTimers();
  const { clock, health } = redis;
  const leader = ROLES.includes('leader')
    ? createLeader({
        ...{ store: redis.store, desk: redis.desk, election: redis.election, archive },
        ...{ clock, health, timers, random: Math.random, log, metrics: telemetry.leader },
      })
    : null;
  const gateway = isGateway
    ? createGateway({
        config: gatewayConfig(environment),
        version,
        ...{ desk: redis.desk, roll: redis.roll, archive, pool: postgres.pool, quizzes: postgres.quizzes },
        ...{ hostKeys: postgres.hostKeys, audit: postgres.audit },
        ...{ clock, health, timers, random: Math.random, randomInt: (n: number) => randomInt(n) },
        transport: chosen.transport,
        assets: (await building) ?? (() => null),
        ...{ log, metrics: telemetry.gateway },
      })
    : null;
  let life: NodeState['life'] = 'starting';
  let isListening = isGateway ? false : null;
  state = () => ({
    life,
    isListening,
    isStoreReachable: reachability.isStoreReachable(),
    isArchiveReachable: reachability.isArchiveReachable(),
    lockMasters: reachability.lockMasters(),
  });
  watchNode(telemetry, environment, { ...stores, gateway, readiness: isReady, transport: chosen.name });

  if (gateway !== null) closing.push(() => gateway.close());
  const port = (await gateway?.listen())?.port ?? null;
  if (gateway !== null) isListening = true;
  await leader?.start();
  if (leader !== null) closing.push(startRetention(environment.RESULTS_KEPT_DAYS, { archive, clock, timers, log }));
  life = 'serving';
  log.info({ port, admin_port: admin.port, roles: ROLES, transport: chosen.name, version }, 'serving');

  async function stop(): Promise<void> {
    life = 'draining';
    log.info({ parties: leader?.leads() ?? 0, sockets: gateway?.sockets() ?? 0 }, 'draining');
    await drain({ leader, gateway, limitMs: DRAIN_SECONDS * 1_000 - closeLimitMs });
    await Promise.race([closeAll(), passed(closeLimitMs)]);
    log.info({}, 'stopped');
  }
  let stopping: Promise<void> | null = null;
  return {
    port,
    adminPort: admin.port,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

function changeLevel(level: string, { log, setLevel, level: current }: Telemetry): void {
  const before = current();
  setLevel(level);
  log.warn({ before, level }, 'the log level was changed');
}
