/** The cost rules, counted by Redis itself. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  commits,
  openAndClaim,
  opensQuestion,
  ownRedis,
  type RawRedis,
  sampleDraft,
  sampleEnvelope,
  sampleRequest,
} from '@partyline/testkit';

/** Calls by command since the last reset, scripts' own included. */
async function counted(raw: RawRedis, act: () => Promise<unknown>): Promise<Record<string, number>> {
  await raw.send('CONFIG', 'RESETSTAT');
  await act();
  const info = String(await raw.send('INFO', 'commandstats'));
  const calls = [...info.matchAll(/^cmdstat_([a-z|]+):calls=(\d+)/gm)].map(
    ([, name, n]) => [name ?? '', Number(n)] as const,
  );
  // The probe that runs all the time, and our own counting.
  const others = ['time', 'get', 'publish', 'info', 'config|resetstat', 'ping', 'client|setname'];
  return Object.fromEntries(calls.filter(([name]) => !others.includes(name)));
}

test('a batch of answers is one script with one read, one write, and one increment per choice', async (t) => {
  const redis = await ownRedis(t);
  const node = await redis.store();
  const claim = await openAndClaim(node);
  const { party_id } = claim.party;
  await opensQuestion(node, claim, { instant_key: '{}' });
  const batch = (name: string, size: number) =>
    Array.from({ length: size }, (_, n) => sampleDraft(`${name}-${n}`, 'abcd'[n % 4]));
  await node.desk.accept(party_id, 1, batch('first', 1));
  for (const size of [10, 500]) {
    const calls = await counted(redis.raw, () => node.desk.accept(party_id, 1, batch(`b${size}`, size)));
    assert.deepEqual(calls, { evalsha: 1, hmget: 2, hset: 1, hincrby: 4, hlen: 1, rpush: 1 });
  }
  const resent = await counted(redis.raw, () => node.desk.accept(party_id, 1, batch('b500', 500)));
  assert.deepEqual(resent, { evalsha: 1, hmget: 2 }, 'one sent again reads and writes nothing');
});

test('a round of answers is kept as a table, however few there are', async (t) => {
  const redis = await ownRedis(t);
  const node = await redis.store();
  const claim = await openAndClaim(node);
  const { party_id } = claim.party;
  await opensQuestion(node, claim);
  await node.desk.accept(party_id, 1, [sampleDraft('ann'), sampleDraft('ben')]);
  const key = `${redis.prefix}:{${party_id}}:answers:1`;
  assert.equal(await redis.raw.send('OBJECT', 'ENCODING', key), 'hashtable');
  assert.deepEqual(((await redis.raw.send('HKEYS', key)) as string[]).toSorted(), ['ann', 'ben']);
});

test('a turn is one round trip, and so are a look and a reconnecting screen’s two', async (t) => {
  const redis = await ownRedis(t);
  const node = await redis.store();
  const claim = await openAndClaim(node);
  const { party_id } = claim.party;
  const look = { round: 1, counts: true, feed_from: 0 };
  await node.store.gather(party_id, look);
  await Promise.all([
    node.desk.snapshot(party_id),
    node.desk.seats(party_id, ['x'], { standings_round: 1, answers_round: 1 }),
  ]);
  const turns = await counted(redis.raw, () => commits(node, claim, { envelopes: [sampleEnvelope(claim, 1)] }));
  assert.equal(turns.evalsha, 1);
  assert.equal((await counted(redis.raw, () => node.store.gather(party_id, look))).evalsha, 1);
  const screen = await counted(redis.raw, async () => {
    await node.desk.snapshot(party_id);
    await node.desk.seats(party_id, ['ann'], { standings_round: 1, answers_round: 1 });
  });
  assert.equal(screen.evalsha, 2);
});

test('a party that is over leaves its room code’s tombstone and nothing else, and every key of a living one can end', async (t) => {
  const redis = await ownRedis(t);
  const node = await redis.store();
  const all = async () => (await redis.raw.send('KEYS', '*')) as string[];
  const before = await all();
  let claim = await openAndClaim(node);
  const { party_id, room_code } = claim.party;
  for (const user_id of ['ann', 'ben']) {
    const held = { nickname_key: user_id, roster_key: user_id, idempotency_key: user_id, identity_keys: ['d'] };
    await node.desk.admit(sampleRequest(party_id, user_id, held));
  }
  await node.desk.reportPresence(party_id, 'gw', { players: 1, hosts: 0, spectators: 0, answered_round: 0 }, 'now');
  await node.desk.submit(party_id, { id: 'c', by: 'host', session: 's', action: { type: 'start' } });
  claim = await opensQuestion(node, claim, { instant_key: '{}' });
  await node.desk.accept(party_id, 1, [sampleDraft('ann')]);
  await node.store.writeStandings(party_id, claim.fence, 1, []);
  await commits(node, claim, { players: { set: [], remove: [], ban: ['ben'] } });
  for (const key of await all()) {
    if (key.includes(party_id)) assert.ok(Number(await redis.raw.send('TTL', key)) > 80_000, key);
  }
  const lease = await node.election.elect(party_id);
  await node.store.remove(party_id, claim.fence, room_code);
  await node.election.forget(party_id);
  await lease?.release();
  assert.deepEqual((await all()).toSorted(), [...before, `${redis.prefix}:code:${room_code}`].toSorted());
  const ttl = Number(await redis.raw.send('TTL', `${redis.prefix}:code:${room_code}`));
  assert.ok(ttl > 86_000 && ttl <= 86_400, 'in quarantine for a day');
});

test('a led party’s keys are renewed by its looks', async (t) => {
  const redis = await ownRedis(t);
  const node = await redis.store();
  const claim = await openAndClaim(node);
  const { party_id, room_code } = claim.party;
  const party = `${redis.prefix}:{${party_id}}:party`;
  const keys = [party, `${redis.prefix}:{${party_id}}:quiz`, `${redis.prefix}:code:${room_code}`];
  for (const key of keys) await redis.raw.send('EXPIRE', key, 1_000);
  const look = () => node.store.gather(party_id, { round: 0, counts: false, feed_from: null });
  await look();
  assert.equal(await redis.raw.send('TTL', party), 1_000, 'not yet');
  await redis.raw.send('HSET', party, 'touched', Date.now() - 3_700_000);
  await look();
  // The renewal went out on the same connection before this does.
  await node.desk.snapshot(party_id);
  for (const key of keys) assert.ok(Number(await redis.raw.send('TTL', key)) > 80_000, key);
});
