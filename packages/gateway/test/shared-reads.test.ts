/** Reads of a party over HTTP: as new as the asking, and shared by those who ask together. */
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { type Claimed, projection } from '@partyline/core';
import {
  createMemoryArchive,
  createMemoryAuditTrail,
  createMemoryHostKeys,
  createMemoryNetwork,
  createMemoryQuestionPool,
  createMemoryQuizzes,
  createMemoryWorld,
  sampleParty,
  sampleQuiz,
  sampleTurn,
} from '@partyline/testkit';
import type { GatewayConfig } from '../src/config.ts';
import { createGateway } from '../src/gateway.ts';
import type { GatewayMetrics, Log } from '../src/observe.ts';
import { createSharedReads } from '../src/shared-reads.ts';
import { passingTime } from './virtual-time.ts';

/** Reads that end when the test says so, each with the number of the read as what it found. */
function slowReads() {
  const begun: { key: string; end: () => void; fail: () => void }[] = [];
  const read = createSharedReads((key) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const found = begun.length + 1;
    begun.push({ key, end: () => resolve(found), fail: () => reject(new Error('away')) });
    return promise;
  });
  return { read, begun };
}

test('who asks while a read is under way is answered by the one after it, with all others who do', async () => {
  const { read, begun } = slowReads();
  const [first, ...others] = Array.from({ length: 100 }, () => read('a'));
  assert.equal(begun.length, 1);
  begun[0]?.end();
  assert.equal(await first, 1);
  const last = read('a');
  assert.equal(begun.length, 2);
  begun[1]?.end();
  assert.deepEqual(new Set(await Promise.all(others)), new Set([2]));
  assert.equal(begun.length, 3, 'who asked after the second began gets a third');
  begun[2]?.end();
  assert.equal(await last, 3);
});

test('nothing is kept of a read that is over, and keys do not wait for each other', async () => {
  const { read, begun } = slowReads();
  const [a, b] = [read('a'), read('b')];
  assert.deepEqual(
    begun.map(({ key }) => key),
    ['a', 'b'],
  );
  for (const { end } of begun) end();
  assert.deepEqual(await Promise.all([a, b]), [1, 2]);
  const again = read('a');
  begun[2]?.end();
  assert.equal(await again, 3);
});

test('a read that fails fails for those it was for, and the next one is made all the same', async () => {
  const { read, begun } = slowReads();
  const [first, second] = [read('a'), read('a')];
  begun[0]?.fail();
  await assert.rejects(first, /away/);
  begun[1]?.end();
  assert.equal(await second, 2);
});

const config: GatewayConfig = {
  ...{ host: '127.0.0.1', port: 1, token_keys: ['k'.repeat(32)], token_lifetime_seconds: 3_600 },
  ...{ allowed_origins: [], cors_origins: ['*'], trusted_proxies: [], batch_ms: 4, disconnect_grace_seconds: 120 },
  ...{ ping_interval_seconds: 20, idle_timeout_seconds: 120 },
  ...{ max_message_bytes: 4_096, max_body_bytes: 65_536, max_backpressure_bytes: 65_536 },
  limits: {
    ...{ messages_per_second: 10, message_burst: 10, joins_per_minute: 10, inits_per_minute: 10 },
    ...{ failed_lookups_per_minute: 10, sockets_per_party: 10 },
  },
};

const silent = new Proxy({} as GatewayMetrics & Log, { get: () => () => undefined });

/** A party led on one node, and the gateway of another one. */
async function watched(t: TestContext) {
  const time = passingTime();
  const world = createMemoryWorld({ now: time.now });
  const [leader, node] = [world.node(), world.node()];
  const network = createMemoryNetwork();
  const gateway = createGateway({
    ...{ ...node, config, timers: time.timers, transport: network.node().transport, version: 'test' },
    ...{ archive: createMemoryArchive(), audit: createMemoryAuditTrail(), hostKeys: createMemoryHostKeys(time.now) },
    ...{
      pool: createMemoryQuestionPool([], () => 0),
      quizzes: createMemoryQuizzes(time.now),
      log: silent,
      metrics: silent,
    },
    ...{ random: () => 0.5, randomInt: () => 0, assets: () => null },
  });
  const { port } = await gateway.listen();
  t.after(() => gateway.close());
  const sample = sampleParty();
  const party = sampleParty({ settings: { ...sample.settings, spectators: true } });
  const shown = (of: typeof party) =>
    projection({ party: of, quiz: sampleQuiz, players: new Map(), scoreOf: () => 0, connected: 0 });
  await leader.desk.open({ party, quiz: sampleQuiz, projection: shown(party), players: [] });
  let claim = (await leader.store.claim(party.party_id)) as Claimed;
  const reads = { count: 0 };
  node.faults = {
    async call({ name }) {
      if (name === 'snapshot') reads.count += 1;
      return 'done' as const;
    },
  };
  return {
    reads,
    async opensSocket() {
      const socket = new network.WebSocket(`ws://gw:${port}/ws/${party.party_id}`);
      const { promise, resolve } = Promise.withResolvers<unknown>();
      socket.onmessage = resolve;
      await time.pass(50);
      await promise;
    },
    async opensRound(round: number) {
      const phase = { name: 'question', round, opens_at: time.now(), closes_at: time.now() + 9, extra_ms: 0 } as const;
      const moved = { ...claim.party, current_round: round, phase };
      await leader.store.commit(sampleTurn(claim, { party: moved, projection: shown(moved) }));
      claim = (await leader.store.claim(party.party_id)) as Claimed;
    },
    async currentRound(): Promise<number> {
      const reply = await network.fetch(`http://gw:${port}/api/party/${party.party_id}/question_data`);
      return ((await reply.json()) as { current_round: number }).current_round;
    },
  };
}

test('a question that opens on another node is seen by the next call, with no time between', async (t) => {
  const { opensRound, currentRound } = await watched(t);
  for (const round of [1, 2, 3]) {
    await opensRound(round);
    assert.equal(await currentRound(), round);
  }
});

test('and it is seen where a socket of this node has not heard of it yet', async (t) => {
  const { opensSocket, opensRound, currentRound } = await watched(t);
  await opensSocket();
  await opensRound(2);
  assert.equal(await currentRound(), 2);
});

test('100 calls at once cost two reads of the party', async (t) => {
  const { opensRound, currentRound, reads } = await watched(t);
  await opensRound(2);
  assert.deepEqual(new Set(await Promise.all(Array.from({ length: 100 }, currentRound))), new Set([2]));
  assert.ok(reads.count <= 2, `${reads.count} reads`);
});
