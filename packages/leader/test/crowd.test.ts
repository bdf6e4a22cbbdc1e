/** A crowd that joins at once, and a host who does not wait for it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type Envelope, replyAddress } from '@partyline/core';
import {
  createMemoryArchive,
  createMemoryWorld,
  sampleParty,
  sampleProjection,
  sampleQuiz,
  sampleRequest,
} from '@partyline/testkit';
import { createLeader, type LeaderMetrics, type Log } from '../src/index.ts';

const crowd = 3_500;
const silent = new Proxy({} as LeaderMetrics & Log, { get: () => () => undefined });
const timers = {
  after(ms: number, call: () => void) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

test('a host’s word behind a crowd that joins at once takes effect at once, and the crowd is told of in one message', async (t) => {
  const node = createMemoryWorld().node();
  const sample = sampleParty();
  const party = sampleParty({ settings: { ...sample.settings, max_players: 5_000 } });
  const { party_id } = party;
  await node.desk.open({ party, quiz: sampleQuiz, projection: sampleProjection(party), players: [] });
  const heard: Envelope[] = [];
  const replied = new Promise<void>((resolve) => {
    const reply = replyAddress('host', 'c1');
    const envelope = (told: Envelope): void => {
      heard.push(told);
      if (typeof told.audience === 'object' && told.audience.reply_to === reply) resolve();
    };
    void node.desk.watch(party_id, { envelope, doubt: () => undefined });
  });
  for (let n = 0; n < crowd; n += 1) await node.desk.admit(sampleRequest(party_id, `u${n}`));
  const submitted = performance.now();
  await node.desk.submit(party_id, { id: 'c1', by: 'host', session: 's1', action: { type: 'start' } });

  const ports = { store: node.store, desk: node.desk, election: node.election, archive: createMemoryArchive() };
  const { clock, health } = node;
  const leader = createLeader({ ...ports, clock, health, timers, random: Math.random, log: silent, metrics: silent });
  t.after(() => leader.drain());
  await leader.start();

  await replied;
  assert.ok(performance.now() - submitted < 1_500, 'far less than the pause between two broadcasts to such a crowd');
  const lobbies = heard.filter(({ type }) => type === 'lobby').map(({ frame }) => JSON.parse(frame).data.players_total);
  assert.deepEqual(lobbies, [crowd]);
});
