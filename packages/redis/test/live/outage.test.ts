/** Redis away, stalled, emptied, full, half gone: what callers are told, and what is there afterwards. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { StoreUnavailable } from '@partyline/core';
import {
  all,
  commits,
  openAndClaim,
  opensQuestion,
  ownRedis,
  record,
  sampleDraft,
  sampleEnvelope,
  sampleRequest,
  sampleStanding,
  sampleTurn,
} from '@partyline/testkit';
import { proxyTo } from './proxy.ts';

const look = { round: 1, counts: false, feed_from: null };

/** Resolves with how long it took, ms; fails after `limit_ms`. */
async function within(limit_ms: number, holds: () => boolean | Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  while (!(await holds())) {
    assert.ok(performance.now() - startedAt < limit_ms, `not within ${limit_ms} ms`);
    await pass(10);
  }
  return performance.now() - startedAt;
}

test('a killed Redis is unreachable at once; back with its data nothing is lost and the outage is known', async (t) => {
  const redis = await ownRedis(t);
  const node = await redis.store();
  const emptied = t.mock.fn();
  node.health.onEmptied(emptied);
  const doubts = t.mock.fn();
  const claim = await openAndClaim(node);
  const { party_id } = claim.party;
  const heard = record<string>();
  await node.desk.watch(party_id, { envelope: ({ type }) => heard.add(type), doubt: doubts });
  const woken = record<string>();
  await node.store.onWake(party_id, woken.add);
  let open = await opensQuestion(node, claim);
  await node.desk.accept(party_id, 1, [sampleDraft('ann')]);

  const from = node.clock.now();
  await redis.server.kill('SIGKILL');
  await within(1_000, () => !node.health.reachable());
  await assert.rejects(node.desk.accept(party_id, 1, [sampleDraft('ben')]), StoreUnavailable);
  await assert.rejects(node.store.gather(party_id, look), StoreUnavailable);
  await assert.rejects(node.store.commit(sampleTurn(open)), StoreUnavailable);
  await assert.rejects(all(node.store.answers(party_id, 1)), StoreUnavailable);
  await assert.rejects(
    node.desk.watch('other', { envelope: () => undefined, doubt: () => undefined }),
    StoreUnavailable,
  );
  assert.equal(await node.election.elect('other'), null);
  assert.equal(node.health.lastOutage(), null);
  await pass(500);
  await redis.server.restart();
  await within(2_000, () => node.health.reachable() && doubts.mock.callCount() > 0);
  const to = node.clock.now();

  const outage = node.health.lastOutage();
  assert.ok(outage !== null && outage.from >= from - 20 && outage.to <= to && outage.to - outage.from >= 500);
  assert.deepEqual(
    (await all(node.store.answers(party_id, 1))).map(({ user_id }) => user_id),
    ['ann'],
  );
  assert.equal(emptied.mock.callCount(), 0);
  assert.ok(woken.seen.includes('now'), 'the leader looks: it may have missed a wake-up');
  open = await commits(node, open, { envelopes: [sampleEnvelope(open, 1, { type: 'after' })] });
  await heard.until((type) => type === 'after');
});

test('a Redis that comes back empty is noticed within two seconds, once, by every node', async (t) => {
  const redis = await ownRedis(t);
  const nodes = [await redis.store(), await redis.store()];
  const emptied = nodes.map(({ health }) => {
    const call = t.mock.fn();
    health.onEmptied(call);
    return call;
  });
  await redis.wipe();
  await redis.server.restart();
  await within(2_000, () => emptied.every((call) => call.mock.callCount() === 1));
  await redis.raw.close();
  await Promise.all(nodes.map((node) => within(2_000, () => node.health.reachable())));
  await pass(1_100); // two more probes
  assert.deepEqual(
    emptied.map((call) => call.mock.callCount()),
    [1, 1],
  );
  await openAndClaim(nodes[0] ?? assert.fail());
});

test('data that vanishes under a standing connection is noticed too', async (t) => {
  const redis = await ownRedis(t);
  const { health } = await redis.store();
  const emptied = t.mock.fn();
  health.onEmptied(emptied);
  await redis.raw.send('FLUSHALL');
  await within(2_000, () => emptied.mock.callCount() === 1);
});

test('a stalled Redis answers nothing and accepts nothing meanwhile; the stall is an outage', async (t) => {
  const redis = await ownRedis(t);
  const node = await redis.store();
  const claim = await openAndClaim(node);
  const { party_id } = claim.party;
  await opensQuestion(node, claim);
  await redis.server.kill('SIGSTOP');
  await assert.rejects(node.desk.accept(party_id, 1, [sampleDraft('ann')]), StoreUnavailable);
  await within(3_000, () => !node.health.reachable());
  await redis.server.kill('SIGCONT');
  await within(3_000, () => node.health.reachable());
  const outage = node.health.lastOutage();
  assert.ok(outage !== null && outage.to - outage.from > 1_000);
  const [again] = await node.desk.accept(party_id, 1, [sampleDraft('ann')]);
  assert.ok(again?.verdict === 'accepted' || (again?.verdict === 'stored' && again.id === 'm-ann-a'));
  assert.equal((await all(node.store.answers(party_id, 1))).length, 1);
});

test('a half-open line is known within three seconds, given up, and play goes on over another', async (t) => {
  const redis = await ownRedis(t);
  const proxy = await proxyTo(t, redis.url);
  const node = await redis.store({ url: proxy.url });
  const claim = await openAndClaim(node);
  for (const line of proxy.lines) line.deafen();
  await within(3_000, () => !node.health.reachable());
  await within(6_000, () => node.health.reachable());
  await commits(node, claim);
});

test('a dead subscriber alone is noticed within three seconds, and raises doubt when it is back', async (t) => {
  const redis = await ownRedis(t);
  const proxy = await proxyTo(t, redis.url);
  const node = await redis.store({ url: proxy.url });
  const claim = await openAndClaim(node);
  const heard = record<string>();
  await node.desk.watch(claim.party.party_id, {
    envelope: ({ type }) => heard.add(type),
    doubt: () => heard.add('doubt'),
  });
  const [subscriber] = proxy.lines.filter(({ sent }) => /subscribe/i.test(sent));
  assert.ok(subscriber);
  subscriber.deafen();
  const missed = await commits(node, claim, { envelopes: [sampleEnvelope(claim, 1, { type: 'missed' })] });
  await within(3_500, () => !node.health.reachable());
  await heard.until((type) => type === 'doubt');
  await commits(node, missed, { envelopes: [sampleEnvelope(missed, 2, { type: 'after' })] });
  await heard.until((type) => type === 'after');
  assert.deepEqual(heard.seen, ['doubt', 'after']);
  assert.equal(node.health.lastOutage(), null, 'the store itself was never away');
});

test('a thousand watched parties are watched again after a killed subscriber, then put in doubt', async (t) => {
  const redis = await ownRedis(t);
  const node = await redis.store();
  const claim = await openAndClaim(node);
  const doubted = new Set<string>();
  const parties = Array.from({ length: 1_200 }, (_, n) => `party-${n}`);
  await Promise.all(
    parties.map((id) => node.desk.watch(id, { envelope: () => undefined, doubt: () => doubted.add(id) })),
  );
  const heard = record<string>();
  const { party_id } = claim.party;
  await node.desk.watch(party_id, { envelope: ({ type }) => heard.add(type), doubt: () => heard.add('doubt') });
  await redis.raw.send('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await heard.until((type) => type === 'doubt');
  await commits(node, claim, { envelopes: [sampleEnvelope(claim, 1, { type: 'after' })] });
  await heard.until((type) => type === 'after');
  assert.equal(doubted.size, parties.length);
});

test('a commit and an answer whose replies were lost are told as done when sent again', async (t) => {
  const redis = await ownRedis(t);
  const proxy = await proxyTo(t, redis.url);
  const [cut, other] = [await redis.store({ url: proxy.url }), await redis.store()];
  const claim = await openAndClaim(cut);
  const { party_id } = claim.party;
  const heard = record<number>();
  await other.desk.watch(party_id, { envelope: ({ seq }) => heard.add(seq), doubt: () => undefined });
  const open = await opensQuestion(cut, claim);
  await other.desk.submit(party_id, { id: 'c1', by: 'host', session: 's', action: { type: 'lock' } });
  await other.desk.submit(party_id, { id: 'c2', by: 'host', session: 's', action: { type: 'unlock' } });
  // A script that Redis does not know yet would have to be sent twice, and nobody would hear the call for it.
  await cut.desk.accept(party_id, 1, [sampleDraft('ben', 'd')]);
  for (const line of proxy.lines) line.deafen();
  const turn = sampleTurn(open, { taken: 1, envelopes: [sampleEnvelope(open, 1), sampleEnvelope(open, 2)] });
  const answer = () => cut.desk.accept(party_id, 1, [sampleDraft('ann', 'c')]);
  const lost = await Promise.allSettled([cut.store.commit(turn), answer()]);
  for (const { status } of lost) assert.equal(status, 'rejected');
  await heard.until((seq) => seq === 2);
  await within(3_000, () => !cut.health.reachable());
  await within(6_000, () => cut.health.reachable());

  assert.deepEqual(await cut.store.commit(turn), { result: 'committed', seq: 2 });
  const [stored] = await answer();
  assert.ok(stored?.verdict === 'stored' && stored.id === 'm-ann-c');
  assert.deepEqual(await cut.store.tally(party_id, 1), { c: 1, d: 1 });
  assert.equal((await cut.store.gather(party_id, look))?.inbox.length, 1);
  await commits(cut, { ...open, seq: 2 }, { envelopes: [sampleEnvelope(open, 3)] });
  await heard.until((seq) => seq === 3);
  assert.deepEqual(heard.seen, [1, 2, 3]);
});

test('a full Redis writes nothing at all, says so as unavailable, and goes on when there is room', async (t) => {
  const redis = await ownRedis(t);
  const node = await redis.store();
  const claim = await openAndClaim(node);
  const { party_id } = claim.party;
  const open = await opensQuestion(node, claim);
  await redis.raw.send('CONFIG', 'SET', 'maxmemory', 1);
  const refused = [
    node.desk.admit(sampleRequest(party_id, 'ann')),
    node.desk.accept(party_id, 1, [sampleDraft('ann')]),
    node.desk.submit(party_id, { id: 'c', by: 'host', session: 's', action: { type: 'end' } }),
    node.store.commit(sampleTurn(open, { taken: 5, forget_rounds: [1], envelopes: [sampleEnvelope(open, 1)] })),
    node.store.writeStandings(party_id, open.fence, 1, [['ann', sampleStanding(1)]]),
  ];
  for (const outcome of await Promise.allSettled(refused)) {
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof StoreUnavailable);
  }
  await redis.raw.send('CONFIG', 'SET', 'maxmemory', 0);
  const snapshot = await node.desk.snapshot(party_id);
  assert.deepEqual([snapshot?.seq, snapshot?.players_total], [0, 0]);
  const gathered = await node.store.gather(party_id, look);
  assert.deepEqual([gathered?.inbox, gathered?.answered], [[], 0]);
  await commits(node, open);
});

test('settings that endanger the data are told', async (t) => {
  const safe = await ownRedis(t);
  assert.deepEqual(await (await safe.store()).health.checkSafeSettings(), []);
  const unsafe = await ownRedis(t, ['--maxmemory-policy', 'allkeys-lru', '--appendonly', 'no']);
  assert.deepEqual(await (await unsafe.store()).health.checkSafeSettings(), [
    { setting: 'maxmemory-policy', found: 'allkeys-lru', wanted: 'noeviction', severity: 'fatal' },
    { setting: 'appendonly', found: 'no', wanted: 'yes', severity: 'warning' },
  ]);
});

test('a store that is not there is said to be unavailable, and leaves nothing running', async (t) => {
  const redis = await ownRedis(t);
  await redis.server.kill('SIGKILL');
  await assert.rejects(redis.store({ startTimeoutMs: 300 }), StoreUnavailable);
});
