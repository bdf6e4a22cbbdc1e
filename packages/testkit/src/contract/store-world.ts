/** What the suites of the live store run against: one set of data, and as many nodes on it as a test asks for. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type {
  Claimed,
  Clock,
  Election,
  Envelope,
  GatewayRoll,
  Party,
  PartyDesk,
  PartyStore,
  Player,
  Projection,
  Turn,
} from '@partyline/core';
import { sampleEnvelope, sampleParty, sampleProjection, sampleQuiz, sampleTurn } from './samples.ts';

export interface StoreNode {
  store: PartyStore;
  desk: PartyDesk;
  election: Election;
  roll: GatewayRoll;
  clock: Clock;
}

export interface StoreWorld {
  /** One more node on the same data. */
  node(): Promise<StoreNode>;
  /** Lets `ms` of the server's time go by. */
  pass(ms: number): Promise<void>;
}

/** A fresh world per test, with leases and beats of `contractTimes`; it cleans up after the test by itself. */
export type StoreWorldFor = (t: TestContext) => Promise<StoreWorld>;

/** Short, so that a test against a real store can wait them out. */
export const contractTimes = { leaseMs: 400, rollMs: 400, graceMs: 250 };

/** Opens a party on a node and claims it. */
export async function openAndClaim(
  { desk, store }: StoreNode,
  over: Partial<Party> = {},
  { players = [], epoch = 1 }: { players?: Player[]; epoch?: number } = {},
): Promise<Claimed> {
  const party = sampleParty(over);
  const opening = { party, quiz: sampleQuiz, projection: sampleProjection(party), players, epoch };
  assert.equal(await desk.open(opening), 'opened');
  return claimed(await store.claim(party.party_id));
}

export function claimed(claim: Claimed | null): Claimed {
  assert.ok(claim !== null, 'the party is there to be claimed');
  return claim;
}

/** Commits a turn that must succeed, and returns the claim with its seq moved on. */
export async function commits(node: StoreNode, claim: Claimed, over: Partial<Turn> = {}): Promise<Claimed> {
  const turn = sampleTurn(claim, over);
  const result = await node.store.commit(turn);
  assert.equal(result.result, 'committed');
  return { ...claim, party: turn.party, seq: result.result === 'committed' ? result.seq : claim.seq };
}

/** Opens a question from `from` to `to`, in ms from the server's now. */
export async function opensQuestion(
  node: StoreNode,
  claim: Claimed,
  {
    round = 1,
    from = 0,
    to = 60_000,
    ...projection
  }: { round?: number; from?: number; to?: number } & Partial<Projection> = {},
): Promise<Claimed> {
  const now = node.clock.now();
  const phase = { name: 'question', round, opens_at: now + from, closes_at: now + to, extra_ms: 0 } as const;
  const party = { ...claim.party, current_round: round, phase };
  return await commits(node, claim, { party, projection: sampleProjection(party, projection) });
}

export async function closesQuestion(node: StoreNode, claim: Claimed): Promise<Claimed> {
  const now = node.clock.now();
  const round = claim.party.current_round;
  const phase = { name: 'closing', round, opens_at: now - 1_000, closed_at: now, cause: 'next' } as const;
  return await commits(node, claim, { party: { ...claim.party, phase } });
}

/** All of a chunked read, its chunks checked. */
export async function all<T>(chunks: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const chunk of chunks) {
    assert.ok(chunk.length <= 1_000, 'chunks hold at most 1,000');
    items.push(...chunk);
  }
  return items;
}

/** Everything a listener is told, in order, and a way to wait for the next thing. */
export interface Heard<T> {
  readonly seen: T[];
  add(item: T): void;
  /** Resolves once `seen` has an item that fits. */
  until(fits: (item: T) => boolean): Promise<void>;
}

export function record<T>(): Heard<T> {
  const seen: T[] = [];
  const waiting = new Set<() => void>();
  return {
    seen,
    add(item) {
      seen.push(item);
      for (const look of [...waiting]) look();
    },
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          if (!seen.some(fits)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Watches a party on a node until the test ends. */
export async function watches(t: TestContext, node: StoreNode, party_id: string): Promise<Heard<Envelope>> {
  const envelopes = record<Envelope>();
  const leave = await node.desk.watch(party_id, { envelope: envelopes.add, doubt: () => undefined });
  t.after(leave);
  return envelopes;
}

/** Commits an envelope that nothing else looks like: once it has arrived, all that was sent before it has. */
export async function sendsBarrier(node: StoreNode, claim: Claimed): Promise<Claimed> {
  return await commits(node, claim, { envelopes: [sampleEnvelope(claim, claim.seq + 1, { type: 'barrier' })] });
}

export const isBarrier = (envelope: Envelope): boolean => envelope.type === 'barrier';

/** Waits for a condition that holds in a while: the store's time goes by between two looks. */
export async function eventually(world: StoreWorld, holds: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if (await holds()) return;
    await world.pass(25);
  }
  assert.fail('what was waited for has not come to hold');
}

/** A small seeded generator: a failing run is repeated by its seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffledBy<T>(random: () => number, items: T[]): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
