import assert from 'node:assert/strict';
import test from 'node:test';
import { openAndClaim, opensQuestion, ownRedis, sampleDraft, sampleParty, sampleTurn } from '@partyline/testkit';

test('a Redis that has forgotten its scripts is taught them again, in the middle of a burst', async (t) => {
  const redis = await ownRedis(t);
  const node = await redis.store();
  const claim = await openAndClaim(node);
  const { party_id } = claim.party;
  const open = await opensQuestion(node, claim);
  for (const round of [1, 2, 3]) {
    await redis.raw.send('SCRIPT', 'FLUSH', 'SYNC');
    const answers = Array.from({ length: 40 }, (_, n) => node.desk.accept(party_id, 1, [sampleDraft(`${round}-${n}`)]));
    const leases = Array.from({ length: 40 }, () => node.election.elect(sampleParty().party_id));
    for (const [reply] of await Promise.all(answers)) assert.equal(reply?.verdict, 'accepted');
    const taken = await Promise.all(leases);
    assert.ok(taken.every((lease) => lease !== null));
    await redis.raw.send('SCRIPT', 'FLUSH', 'SYNC');
    const held = new Map(taken.flatMap((lease, n) => (lease === null ? [] : [[`party-${n}`, lease] as const])));
    assert.deepEqual(await node.election.renew(held), []);
    await Promise.all(taken.map((lease) => lease?.release()));
  }
  assert.deepEqual(await node.store.commit(sampleTurn(open)), { result: 'committed', seq: 0 });
});

test('junk on every channel is counted and survived', async (t) => {
  const redis = await ownRedis(t);
  const junk: string[] = [];
  const node = await redis.store({ observer: { junk: (channel) => junk.push(channel) } });
  const { party } = await openAndClaim(node);
  const tag = `${redis.prefix}:{${party.party_id}}`;
  const seen: string[] = [];
  const done = new Promise<void>((resolve) => {
    t.after(() =>
      node.desk.watch(party.party_id, { envelope: () => undefined, doubt: () => undefined }).then((leave) => leave()),
    );
    void node.election.onAnnounced((ids) => {
      seen.push(...ids);
      if (ids.includes('barrier')) resolve();
    });
  });
  await node.desk.watch(party.party_id, { envelope: ({ type }) => seen.push(type), doubt: () => undefined });
  await node.store.onWake(party.party_id, (urgency) => seen.push(urgency));
  for (const text of ['', '{', '[2]\n', '\u0000\ud800', '[1]', '["a",1]', 'x'.repeat(100_000)]) {
    for (const channel of [`${tag}:channel`, `${tag}:wake`, `${redis.prefix}:announce`])
      await redis.raw.send('PUBLISH', channel, text);
  }
  await redis.raw.send('PUBLISH', `${redis.prefix}:announce`, '["barrier"]');
  await done;
  assert.deepEqual(seen, ['barrier']);
  assert.equal(junk.length, 7 * 3);
});
