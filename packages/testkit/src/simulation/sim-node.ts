/** One simulated process: both roles on an in-memory store, with a life that can end or stand still at any instant. */

import type { Archive, AuditTrail, HostKeys, PartyStore, QuestionPool, Quizzes, Timers, Turn } from '@partyline/core';
import { createGateway, type Gateway, type GatewayConfig, type GatewayMetrics } from '@partyline/gateway';
import { createLeader, type Leader, type LeaderMetrics, type Log } from '@partyline/leader';
import type { MemoryNode } from '../memory/memory-node.ts';
import type { MemoryWorld } from '../memory/memory-world.ts';
import { between, type SeededRandom } from './seeded-random.ts';
import { createSimTransport, type SimTransport } from './sim-transport.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface SharedPorts {
  world: MemoryWorld;
  time: VirtualTime;
  random: SeededRandom;
  archive: Archive;
  pool: QuestionPool;
  quizzes: Quizzes;
  hostKeys: HostKeys;
  audit: AuditTrail;
  /** Told of every commit that went through, in order: what I12 is checked against. */
  committed: (turn: Turn, at: { seq: number; began: number }) => void;
  log: Log;
}

export interface SimNode {
  readonly name: string;
  readonly store: MemoryNode;
  readonly transport: SimTransport;
  readonly leader: Leader;
  readonly gateway: Gateway;
  isUp(): boolean;
  /** SIGKILL. */
  kill(): void;
  /** SIGSTOP and, after `ms`, SIGCONT. */
  pause(ms: number): void;
  /** SIGTERM. */
  drain(): Promise<void>;
}

const gatewayConfig: GatewayConfig = {
  host: '127.0.0.1',
  port: 0,
  token_keys: ['simulated-key-simulated-key-simulated'],
  token_lifetime_seconds: 86_400,
  allowed_origins: [],
  cors_origins: ['*'],
  trusted_proxies: [],
  ping_interval_seconds: 20,
  idle_timeout_seconds: 120,
  max_message_bytes: 4_096,
  max_body_bytes: 262_144,
  max_backpressure_bytes: 1_048_576,
  disconnect_grace_seconds: 120,
  batch_ms: 4,
  limits: {
    messages_per_second: 100,
    message_burst: 200,
    joins_per_minute: 10_000,
    inits_per_minute: 1_000,
    failed_lookups_per_minute: 100,
    sockets_per_party: 10_000,
  },
};

export async function startSimNode(name: string, shared: SharedPorts): Promise<SimNode> {
  const { world, time, random } = shared;
  let life: 'up' | 'dead' = 'up';
  let frozen: Promise<void> | null = null;

  /** A dead process never goes on; a stopped one goes on later. */
  async function alive(): Promise<void> {
    if (life === 'dead') await new Promise(() => undefined);
    while (frozen !== null) await frozen;
  }
  const pass = (ms: number): Promise<void> => new Promise((resolve) => time.timers.after(ms, resolve));
  const latency = (): number => (random() < 0.02 ? between(random, 20, 120) : between(random, 0, 3));

  const store = world.node({
    monotonicOffset: -between(random, 0, 1_000_000),
    clockLagMs: between(random, 0, 2),
    faults: {
      async call() {
        await alive();
        await pass(latency());
        await alive();
        return 'done' as const;
      },
      async reply() {
        await pass(latency());
        await alive();
      },
    },
  });
  const timers: Timers = {
    after(ms, call) {
      let isCancelled = false;
      const cancel = time.timers.after(ms, () => void alive().then(() => void (isCancelled ? undefined : call())));
      return () => {
        isCancelled = true;
        cancel();
      };
    },
  };
  const transport = createSimTransport();
  const ports = {
    ...store,
    store: watchedStore(store.store, { committed: shared.committed, now: time.now }),
    timers,
    random,
    log: shared.log,
  };
  const { archive, pool, quizzes, hostKeys, audit } = shared;
  const leader = createLeader({ ...ports, archive, metrics: silent<LeaderMetrics>() });
  const gateway = createGateway({
    ...{ ...ports, archive, pool, quizzes, hostKeys, audit, transport, version: 'simulated' },
    randomInt: (n) => between(random, 0, n - 1),
    config: gatewayConfig,
    metrics: silent<GatewayMetrics>(),
    assets: () => null,
  });
  await leader.start().catch((error: unknown) => {
    store.close();
    throw error;
  });
  await gateway.listen();

  return {
    name,
    store,
    transport,
    leader,
    gateway,
    isUp: () => life === 'up',
    kill() {
      life = 'dead';
      store.close();
      transport.die();
    },
    pause(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      frozen = promise;
      time.timers.after(ms, () => {
        frozen = null;
        resolve();
      });
    },
    async drain() {
      await leader.drain();
      await gateway.drain({ batch: 50, every_ms: 10 });
      await gateway.close();
      life = 'dead';
      store.close();
      transport.die();
    },
  };
}

function watchedStore(
  store: PartyStore,
  { committed, now }: Pick<SharedPorts, 'committed'> & { now: () => number },
): PartyStore {
  return {
    ...store,
    async commit(turn) {
      const began = now();
      const result = await store.commit(turn);
      if (result.result === 'committed') committed(turn, { seq: result.seq, began });
      return result;
    },
  };
}

/** Metrics that nobody reads. */
function silent<M extends object>(): M {
  return new Proxy({} as M, { get: () => () => undefined });
}
