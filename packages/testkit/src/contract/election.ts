/** What every Election owes the nodes: one holder at a time, an end it knows beforehand, and no party without a leader. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Lease } from '@partyline/core';
import { sampleParty } from './samples.ts';
import { contractTimes, eventually, openAndClaim, record, type StoreWorldFor } from './store-world.ts';

const { leaseMs } = contractTimes;

function granted(lease: Lease | null): Lease {
  assert.ok(lease !== null, 'the lease was free');
  return lease;
}

export function electionContract(worldFor: StoreWorldFor): void {
  test('election: of many who want a party one gets it, and the others are told so', async (t) => {
    const world = await worldFor(t);
    const nodes = [await world.node(), await world.node(), await world.node()];
    const { party_id } = sampleParty();
    const leases = await Promise.all([...nodes, ...nodes].map(({ election }) => election.elect(party_id)));
    const won = leases.filter((lease) => lease !== null);
    assert.equal(won.length, 1);
    t.after(() => won[0]?.release());
  });

  test('election: a holder knows its end, which comes before the store forgets it', async (t) => {
    const world = await worldFor(t);
    const { election, clock } = await world.node();
    assert.equal(election.lease_ms, leaseMs);
    const before = clock.monotonic();
    const lease = granted(await election.elect(sampleParty().party_id));
    t.after(() => lease.release());
    assert.ok(lease.deadline > before + leaseMs * 0.9 - 10);
    assert.ok(lease.deadline < clock.monotonic() + leaseMs);
  });

  test('election: a released lease is free at once, and its holder done', async (t) => {
    const world = await worldFor(t);
    const [a, b] = [await world.node(), await world.node()];
    const { party_id } = sampleParty();
    const first = granted(await a.election.elect(party_id));
    await first.release();
    assert.ok(first.deadline <= a.clock.monotonic());
    const second = granted(await b.election.elect(party_id));
    t.after(() => second.release());
    await first.release();
    assert.equal(await a.election.elect(party_id), null, 'a second release takes nothing from the next holder');
  });

  test('election: renewed leases last, all of them in one go', async (t) => {
    const world = await worldFor(t);
    const [a, b] = [await world.node(), await world.node()];
    const party_ids = Array.from({ length: 40 }, () => sampleParty().party_id);
    const leases = new Map<string, Lease>();
    for (const party_id of party_ids) leases.set(party_id, granted(await a.election.elect(party_id)));
    t.after(() => Promise.all([...leases.values()].map((lease) => lease.release())));
    for (let cycle = 0; cycle < 4; cycle += 1) {
      const before = [...leases.values()].map(({ deadline }) => deadline);
      await world.pass(leaseMs / 3);
      assert.deepEqual(await a.election.renew(leases), []);
      assert.ok([...leases.values()].every(({ deadline }, at) => deadline > (before[at] ?? 0)));
    }
    for (const party_id of party_ids.slice(0, 5)) assert.equal(await b.election.elect(party_id), null);
  });

  test('election: a lease that ran out is lost for good, and another may lead', async (t) => {
    const world = await worldFor(t);
    const [a, b] = [await world.node(), await world.node()];
    const { party_id } = sampleParty();
    const first = granted(await a.election.elect(party_id));
    await world.pass(leaseMs);
    assert.ok(first.deadline <= a.clock.monotonic());
    const taken: Lease[] = [];
    await eventually(world, async () => {
      const lease = await b.election.elect(party_id);
      if (lease !== null) taken.push(lease);
      return lease !== null;
    });
    t.after(() => taken[0]?.release());
    assert.deepEqual(await a.election.renew(new Map([[party_id, first]])), [party_id]);
    assert.equal(await a.election.elect(party_id), null);
  });

  test('election: a party without a leader is found, a led one is not, one that is over never again', async (t) => {
    const world = await worldFor(t);
    const node = await world.node();
    const { party_id } = (await openAndClaim(node)).party;
    assert.deepEqual(await node.election.orphans(10), [party_id], 'just opened');
    const lease = granted(await node.election.elect(party_id));
    t.after(() => lease.release());
    assert.deepEqual(await node.election.orphans(10), []);
    await world.pass(leaseMs);
    await eventually(world, async () => (await node.election.orphans(10)).includes(party_id));
    await node.election.forget(party_id);
    assert.deepEqual(await node.election.orphans(10), []);
  });

  test('election: the most overdue come first, and no more than asked for', async (t) => {
    const world = await worldFor(t);
    const node = await world.node();
    const late = (await openAndClaim(node)).party.party_id;
    const lease = granted(await node.election.elect(late));
    t.after(() => lease.release());
    await world.pass(leaseMs);
    await eventually(world, async () => (await node.election.orphans(10)).includes(late));
    const fresh = (await openAndClaim(node)).party.party_id;
    assert.deepEqual(await node.election.orphans(10), [fresh, late]);
    assert.deepEqual(await node.election.orphans(1), [fresh]);
  });

  test('election: an opened party and a handed-over one are announced to every node', async (t) => {
    const world = await worldFor(t);
    const [a, b] = [await world.node(), await world.node()];
    const heard = record<string>();
    const leave = await b.election.onAnnounced((party_ids) => party_ids.forEach(heard.add));
    t.after(leave);
    const { party_id } = (await openAndClaim(a)).party;
    await heard.until((id) => id === party_id);
    const lease = granted(await a.election.elect(party_id));
    await lease.release();
    const others = Array.from({ length: 700 }, () => sampleParty().party_id);
    await a.election.announce([party_id, ...others]);
    await heard.until((id) => id === others.at(-1));
    assert.deepEqual(heard.seen.slice(1), [party_id, ...others]);
    assert.ok((await b.election.orphans(1_000)).includes(party_id), 'one who missed it finds it in the index');
    await leave();
    await a.election.announce([]);
  });
}
