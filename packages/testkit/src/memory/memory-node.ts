/** One node's view of the in-memory store: every port, over a link that can be cut, delayed, and made to lie. */
import {
  type Clock,
  type Election,
  type GatewayRoll,
  type PartyDesk,
  type PartyStore,
  type StoreHealth,
  StoreUnavailable,
} from '@partyline/core';
import type { CallFate, ChannelMessage, Faults, StoreCall } from './faults.ts';
import { MemoryChannels } from './memory-channels.ts';
import { createMemoryDesk } from './memory-desk.ts';
import { createMemoryElection } from './memory-election.ts';
import { createMemoryStore } from './memory-store.ts';
import type { MemoryWorld, Receiver } from './memory-world.ts';

export interface NodeOptions {
  faults?: Faults;
  /** How far this node's idea of the server's clock lags behind it, ms. */
  clockLagMs?: number;
  /** Where this node's monotonic clock stood when the server's stood at 0. */
  monotonicOffset?: number;
}

export interface MemoryNode {
  store: PartyStore;
  desk: PartyDesk;
  election: Election;
  roll: GatewayRoll;
  clock: Clock;
  health: StoreHealth;
  /** Replaced whenever the test likes. */
  faults: Faults;
  /** The store is out of reach: calls throw, messages are lost. */
  cut(): void;
  /** Within reach again: the outage is known, and all that is watched is in doubt. */
  heal(): void;
  /** As after a broken subscriber connection. */
  raiseDoubt(): void;
  /** Hands out what was held, in the order given. */
  deliverHeld(order?: (held: ChannelMessage[]) => ChannelMessage[]): void;
  /** Channels listened to. */
  readonly listening: number;
  /** Nothing comes in any more. */
  close(): void;
}

/** Runs `effect` on the world in one step, as far as this node's link lets it. */
export type Link = <T>(call: StoreCall, effect: () => T) => Promise<T>;

export function createMemoryNode(world: MemoryWorld, options: NodeOptions): MemoryNode & Receiver {
  const { clockLagMs = 0, monotonicOffset = 0 } = options;
  const clock: Clock = { now: () => world.now() - clockLagMs, monotonic: () => world.now() + monotonicOffset };
  const health = createHealth(world, clock);
  const channels = new MemoryChannels();
  let held: ChannelMessage[] = [];

  const link: Link = async ({ name, party_id }, effect) => {
    const call = { name, party_id };
    const fate: CallFate = (await node.faults.call?.(call)) ?? 'done';
    if (fate === 'refused' || !health.reachable()) throw new StoreUnavailable(`${name}: the store was not reached`);
    const result = effect();
    await node.faults.reply?.(call);
    if (fate === 'reply_lost' || !health.reachable()) throw new StoreUnavailable(`${name}: the reply was lost`);
    return result;
  };

  const parts = { world, link, channels, clock };
  const election = createMemoryElection(parts);
  const node: MemoryNode & Receiver = {
    store: createMemoryStore(parts),
    desk: createMemoryDesk({ ...parts, election }),
    election,
    roll: { beat: (gateway_id) => link({ name: 'beat', party_id: null }, () => world.beat(gateway_id)) },
    clock,
    health,
    faults: options.faults ?? {},
    cut: () => health.cut(),
    heal() {
      health.heal();
      channels.raiseDoubt();
    },
    raiseDoubt: () => channels.raiseDoubt(),
    deliverHeld(order = (messages) => messages) {
      const messages = held;
      held = [];
      for (const message of order(messages)) channels.deliver(message);
    },
    receive(channel, message) {
      if (!health.reachable() || !channels.has(channel)) return;
      const delivery = node.faults.delivery?.({ channel, message }) ?? 'delivered';
      if (delivery === 'held') held.push({ channel, message });
      const times = { delivered: 1, twice: 2, dropped: 0, held: 0 }[delivery];
      for (let time = 0; time < times; time += 1) channels.deliver({ channel, message });
    },
    get listening() {
      return channels.size;
    },
    close() {
      world.nodes.delete(node);
    },
  };
  world.nodes.add(node);
  return node;
}

interface MemoryHealth extends StoreHealth {
  cut(): void;
  heal(): void;
}

function createHealth(world: MemoryWorld, clock: Clock): MemoryHealth {
  let downSince: number | null = null;
  let outage: { from: number; to: number } | null = null;
  let birth = world.birth();
  const emptied = new Set<() => void>();
  return {
    reachable: () => downSince === null,
    lastOutage: () => outage,
    onEmptied(call) {
      emptied.add(call);
      return () => void emptied.delete(call);
    },
    cut() {
      downSince ??= clock.monotonic();
    },
    heal() {
      if (downSince !== null) outage = { from: clock.now() - (clock.monotonic() - downSince), to: clock.now() };
      downSince = null;
      if (birth === world.birth()) return;
      birth = world.birth();
      for (const call of [...emptied]) call();
    },
  };
}
