/** The least rights the product needs of a Redis: what deploy/ gives its user, and what nobody can do with them. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  commits,
  openAndClaim,
  opensQuestion,
  ownRedis,
  record,
  sampleDraft,
  sampleEnvelope,
  sampleRequest,
} from '@partyline/testkit';

test('a user with its own prefix, no admin and no dangerous command but INFO can play a whole party', async (t) => {
  const redis = await ownRedis(t);
  const rights = [
    '+@all',
    '-@admin',
    '-@dangerous',
    '+info',
    `~${redis.prefix}:*`,
    'resetchannels',
    `&${redis.prefix}:*`,
  ];
  await redis.raw.send('ACL', 'SETUSER', 'app', 'on', '>secret', ...rights);
  const url = redis.url.replace('redis://', 'redis://app:secret@');
  const node = await redis.store({ url });
  assert.deepEqual(await node.health.checkSafeSettings(), []);
  const claim = await openAndClaim(node);
  const { party_id, room_code } = claim.party;
  const heard = record<string>();
  await node.desk.watch(party_id, { envelope: ({ type }) => heard.add(type), doubt: () => undefined });
  const lease = await node.election.elect(party_id);
  assert.ok(lease !== null);
  assert.equal((await node.desk.admit(sampleRequest(party_id, 'ann'))).result, 'admitted');
  await node.roll.beat('gw');
  const open = await opensQuestion(node, claim);
  assert.equal((await node.desk.accept(party_id, 1, [sampleDraft('ann')]))[0]?.verdict, 'accepted');
  await commits(node, open, { forget_rounds: [1], envelopes: [sampleEnvelope(open, 1, { type: 'said' })] });
  await heard.until((type) => type === 'said');
  assert.deepEqual(await node.election.renew(new Map([[party_id, lease]])), []);
  assert.equal(await node.store.remove(party_id, open.fence, room_code), true);
  await lease.release();
  await assert.rejects(redis.store({ url, prefix: 'another' }), { code: 'store_fault' });
});

test('a wrong password is told as the cause', async (t) => {
  const redis = await ownRedis(t, ['--requirepass', 'right']);
  const url = redis.url.replace('redis://', 'redis://:wrong@');
  await assert.rejects(redis.store({ url, startTimeoutMs: 500 }), (error: Error) => /WRONGPASS/.test(`${error.cause}`));
});
