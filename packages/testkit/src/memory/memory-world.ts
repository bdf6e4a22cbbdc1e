/**
 * "The Redis" of simulated clusters and unit tests: the data, the one clock, and the channels between nodes. Nodes are
 * views onto it (`memory-node.ts`); what goes wrong goes wrong there, between a node and the world.
 */

import { createMemoryNode, type MemoryNode, type NodeOptions } from './memory-node.ts';
import { type MemoryOpening, MemoryParty } from './memory-party.ts';

export interface MemoryWorldOptions {
  /** Epoch ms; the server's one clock. The machine's own by default. */
  now?: () => number;
  leaseMs?: number;
  rollMs?: number;
  graceMs?: number;
}

/** Something that knows what comes in on channels. */
export interface Receiver {
  receive(channel: string, message: string): void;
}

export interface MemoryWorld {
  readonly leaseMs: number;
  readonly rollMs: number;
  readonly graceMs: number;
  now(): number;
  readonly parties: Map<string, MemoryParty>;
  /** Room code → party, or '' while in quarantine, until an instant. */
  readonly codes: Map<string, { party_id: string; until: number }>;
  readonly leases: Map<string, { holder: object; until: number }>;
  /** Party → end of its lease; 0: wants a leader now. */
  readonly live: Map<string, number>;
  /** Gateway → the instant it lapses. */
  readonly gateways: Map<string, number>;
  /** The last time that no gateway was there. */
  readonly silence: { from: number; to: number } | null;
  beat(gateway_id: string): void;
  readonly nodes: Set<MemoryNode & Receiver>;
  /** Names the data; another name means that the old one is gone. */
  birth(): number;
  open(opening: MemoryOpening): void;
  publish(channel: string, message: string): void;
  node(options?: NodeOptions): MemoryNode;
  /** Cuts every node off, as when the store itself is away. */
  stop(): void;
  /** Brings it back, with its data or without. */
  start(as: 'it_was' | 'empty'): void;
}

export function createMemoryWorld(options: MemoryWorldOptions = {}): MemoryWorld {
  const { now = wallClock, leaseMs = 2_000, rollMs = 5_000, graceMs = 250 } = options;
  let birth = 1;
  let silence: MemoryWorld['silence'] = null;
  const world: MemoryWorld = {
    leaseMs,
    rollMs,
    graceMs,
    now,
    parties: new Map(),
    codes: new Map(),
    leases: new Map(),
    live: new Map(),
    gateways: new Map(),
    get silence() {
      return silence;
    },
    beat(gateway_id) {
      const lastLapse = Math.max(0, ...world.gateways.values());
      if (lastLapse > 0 && lastLapse < now()) silence = { from: lastLapse - rollMs, to: now() };
      world.gateways.set(gateway_id, now() + rollMs);
    },
    nodes: new Set(),
    birth: () => birth,
    open(opening) {
      const { party_id } = opening.party;
      const say = (kind: 'wake' | 'envelopes', message: string) => world.publish(channelOf(kind, party_id), message);
      world.parties.set(party_id, new MemoryParty(opening, say));
    },
    publish(channel, message) {
      for (const node of world.nodes) node.receive(channel, message);
    },
    node: (nodeOptions = {}) => createMemoryNode(world, nodeOptions),
    stop() {
      for (const node of world.nodes) node.cut();
    },
    start(as) {
      if (as === 'empty') {
        birth += 1;
        silence = null;
        for (const data of [world.parties, world.codes, world.leases, world.live, world.gateways]) data.clear();
      }
      for (const node of world.nodes) node.heal();
    },
  };
  return world;
}

export function channelOf(kind: 'wake' | 'envelopes', party_id: string): string {
  return `${kind}:${party_id}`;
}

/** Real time that does not jump. */
function wallClock(): number {
  return Math.floor(performance.timeOrigin + performance.now());
}
