/** Leases on independent Redises, and under a wall clock that jumps. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { contractTimes, ownRedis, sampleParty } from '@partyline/testkit';

const { leaseMs } = contractTimes;

test('with three masters a lease outlives one of them, and not two', async (t) => {
  const masters = [await ownRedis(t), await ownRedis(t), await ownRedis(t)] as const;
  const lockUrls = masters.map(({ url }) => url);
  const [a, b] = [
    await masters[0].store({ lockUrls, leaseMs: 3_000 }),
    await masters[0].store({ lockUrls, leaseMs: 3_000 }),
  ];
  const { party_id } = sampleParty();
  const lease = await a.election.elect(party_id);
  assert.ok(lease !== null);
  await masters[1].server.kill('SIGKILL');
  assert.deepEqual(await a.election.renew(new Map([[party_id, lease]])), []);
  assert.equal(await b.election.elect(party_id), null);
  const other = await b.election.elect(sampleParty().party_id);
  assert.ok(other !== null, 'two of three are a quorum');
  await other.release();

  await masters[2].server.kill('SIGKILL');
  const { deadline } = lease;
  assert.deepEqual(
    await a.election.renew(new Map([[party_id, lease]])),
    [],
    'not lost yet: it lasts until its deadline',
  );
  assert.equal(lease.deadline, deadline);
  assert.equal(await b.election.elect(sampleParty().party_id), null);
  await pass(Math.max(0, deadline - a.clock.monotonic()) + 5);
  assert.deepEqual(await a.election.renew(new Map([[party_id, lease]])), [party_id]);
});

test('a lease is held and renewed while the wall clock jumps both ways', async (t) => {
  const redis = await ownRedis(t);
  const [a, b] = [await redis.store({ leaseMs }), await redis.store({ leaseMs })];
  const { party_id } = sampleParty();
  const now = Date.now.bind(Date);
  for (const step of [30_000, -30_000, 0]) {
    const wall = t.mock.method(Date, 'now', () => now() + step);
    const lease = await a.election.elect(party_id);
    assert.ok(lease !== null);
    for (const jump of [60_000, -60_000, 0]) {
      wall.mock.mockImplementation(() => now() + step + jump);
      await pass(leaseMs / 2);
      assert.deepEqual(await a.election.renew(new Map([[party_id, lease]])), []);
      assert.equal(await b.election.elect(party_id), null);
      assert.ok(lease.deadline > a.clock.monotonic() && lease.deadline < a.clock.monotonic() + leaseMs);
    }
    assert.ok(Math.abs(a.clock.now() - now()) < 50);
    await lease.release();
    wall.mock.restore();
  }
});

test('a lease deleted behind its holder’s back is lost at the next renewal', async (t) => {
  const redis = await ownRedis(t);
  const { election } = await redis.store({ leaseMs: 5_000 });
  const { party_id } = sampleParty();
  const lease = await election.elect(party_id);
  assert.ok(lease !== null);
  await redis.raw.send('DEL', `${redis.prefix}:{${party_id}}:lease`);
  assert.deepEqual(await election.renew(new Map([[party_id, lease]])), [party_id]);
});
