/**
 * One node of Partyline, put together: the only place where ports and adapters meet. Starts what its roles need, and stops
 * it in the order that costs nobody an answer: not ready, leadership handed over, sockets sent elsewhere, connections closed.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGateway, createUwsTransport, createWsTransport, type Gateway } from '@partyline/gateway';
import { createLeader, type Leader } from '@partyline/leader';
import { createPostgres } from '@partyline/postgres';
import { createTelemetry, type Telemetry } from '@partyline/telemetry';
import { startAdmin } from './admin.ts';
import type { Environment } from './config-schema.ts';
import { connectStore } from './connect-store.ts';
import { observeArchive } from './observed-archive.ts';
import { pages } from './pages.ts';
import { createReachability } from './reachability.ts';
import { type NodeState, readiness } from './readiness.ts';
import { gatewayConfig, postgresOptions, redisOptions, vocabulary } from './role-options.ts';
import { createTimers } from './timers.ts';
import { version } from './version.ts';

export interface RunningNode {
  /** Null without the gateway role. */
  readonly port: number | null;
  readonly adminPort: number;
  /** Graceful, and by then at the latest: whatever is not done within `DRAIN_SECONDS` is left undone. Repeatable. */
  stop(): Promise<void>;
}

/** What a handover may take; a leader that cannot reach Redis has nothing to hand over. */
const handoverLimitMs = 2_000;
/** Sockets are told to leave in steps of this, over no more than a third of the time there is. */
const drainStepMs = 50;
const longestDrainMs = 5_000;
const smallestBatch = 50;

export function createNodeTelemetry({ LOG_LEVEL, NODE_ID }: Environment): Telemetry {
  return createTelemetry({ level: LOG_LEVEL, node_id: NODE_ID || `node-${randomUUID().slice(0, 8)}`, vocabulary });
}

export async function startNode(
  environment: Environment,
  telemetry: Telemetry = createNodeTelemetry(environment),
): Promise<RunningNode> {
  const closing: (() => unknown)[] = [() => telemetry.stop()];
  const closeAll = async () => {
    for (const close of closing.toReversed()) await close();
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
  const roles = new Set(environment.ROLES);
  const state: NodeState = {
    life: 'starting',
    isListening: roles.has('gateway') ? false : null,
    isStoreReachable: false,
    isArchiveReachable: true,
  };
  let current = (): NodeState => state;
  const isReady = () => readiness(current());
  const admin = await startAdmin(
    { host: environment.ADMIN_HOST, port: environment.ADMIN_PORT },
    { ...telemetry, readiness: isReady, setLevel: (level) => changeLevel(level, telemetry) },
  );
  closing.push(() => admin.close());

  const timers = createTimers();
  const redis = await connectStore(
    { ...redisOptions(environment), observer: telemetry.store },
    { log, patience: 'endless' },
  );
  closing.push(() => redis.close());
  redis.health.onEmptied(() => {
    log.error({}, 'Redis has come back without its data');
    telemetry.store.emptied();
  });
  const postgres = createPostgres({
    ...postgresOptions(environment),
    onQuery: telemetry.archive.query,
    onError: (error) => log.warn({ err: error }, 'a connection to Postgres was lost'),
  });
  closing.push(() => postgres.close());
  const { archive, pending } = observeArchive(postgres.archive, { clock: redis.clock, write: telemetry.archive.write });
  const reachability = createReachability({ ...redis, pingArchive: postgres.ping, timers, log });
  closing.push(() => reachability.stop());
  current = () => ({
    ...state,
    isStoreReachable: reachability.isStoreReachable(),
    isArchiveReachable: reachability.isArchiveReachable(),
  });

  const shared = {
    ...redis,
    ...postgres,
    archive,
    timers,
    log,
    random: Math.random,
    randomInt: (n: number) => randomInt(n),
  };
  const leader = roles.has('leader') ? createLeader({ ...shared, metrics: telemetry.leader }) : null;
  await leader?.start();
  const gateway = roles.has('gateway')
    ? createGateway({
        ...shared,
        config: gatewayConfig(environment),
        version,
        transport: environment.TRANSPORT === 'uws' ? createUwsTransport() : createWsTransport(),
        metrics: telemetry.gateway,
        assets: pages,
      })
    : null;
  if (gateway) closing.push(() => gateway.close());
  const listening = await gateway?.listen();
  if (gateway) state.isListening = true;

  const { watch } = telemetry;
  telemetry.gauge('partyline_node_info')(1, {
    version,
    roles: [...roles].sort().join(),
    transport: environment.TRANSPORT,
  });
  watch('partyline_node_ready', () => Number(isReady().ready));
  watch('partyline_store_reachable', () => Number(reachability.isStoreReachable()));
  watch('partyline_archive_reachable', () => Number(reachability.isArchiveReachable()));
  watch('partyline_open_sockets', () => gateway?.sockets() ?? 0);
  watch('partyline_pending_results', () => pending().results);
  watch('partyline_pending_results_age_seconds', () => pending().oldest_ms / 1_000);
  watch('partyline_archive_connections', () => {
    const { connections, idle, waiting } = postgres.poolUse();
    return { busy: connections - idle, idle, waiting };
  });

  state.life = 'serving';
  const port = listening?.port ?? null;
  log.info({ port, admin_port: admin.port, roles: [...roles], version }, 'serving');

  let stopping: Promise<void> | null = null;
  async function stop(): Promise<void> {
    state.life = 'draining';
    log.info({ parties: leader?.leads() ?? 0, sockets: gateway?.sockets() ?? 0 }, 'draining');
    await Promise.race([
      drain(leader, gateway, environment),
      sleep(environment.DRAIN_SECONDS * 1_000, null, { ref: false }),
    ]);
    state.isListening = false;
    await Promise.race([closeAll(), sleep(handoverLimitMs, null, { ref: false })]);
    log.info({}, 'stopped');
  }
  return {
    port,
    adminPort: admin.port,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

async function drain(leader: Leader | null, gateway: Gateway | null, { DRAIN_SECONDS }: Environment): Promise<void> {
  await Promise.race([leader?.drain(), sleep(handoverLimitMs, null, { ref: false })]);
  if (gateway === null) return;
  const steps = Math.min(longestDrainMs, (DRAIN_SECONDS * 1_000) / 3) / drainStepMs;
  const batch = Math.max(smallestBatch, Math.ceil(gateway.sockets() / steps));
  await gateway.drain({ batch, every_ms: drainStepMs });
}

function changeLevel(level: string, { log, setLevel, level: current }: Telemetry): void {
  const before = current();
  setLevel(level);
  log.warn({ before, level }, 'the log level was changed');
}
