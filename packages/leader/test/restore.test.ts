/** A party that is put back after the store lost its data: who is in it, who stays out, and what is nobody else's. */
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { type Hold, type HostAction, projection } from '@partyline/core';
import { createMemoryArchive, createMemoryWorld, sampleParty, sampleQuiz, sampleRequest } from '@partyline/testkit';
import { createVirtualTime } from '../../testkit/src/simulation/virtual-time.ts';
import { createLeader } from '../src/leader.ts';
import type { LeaderMetrics, Log } from '../src/observe.ts';

const silent = new Proxy({} as LeaderMetrics & Log, { get: () => () => undefined });

/** A room led by the one node, with a host who speaks when told to. */
async function room(t: TestContext) {
  const time = createVirtualTime();
  const world = createMemoryWorld({ now: time.now });
  const [node, gateway] = [world.node(), world.node()];
  const archive = createMemoryArchive();
  const leader = createLeader({
    ...{ ...node, archive, timers: time.timers, log: silent, metrics: silent, random: () => 0.5 },
  });
  await leader.start();
  t.after(() => leader.drain());
  const party = sampleParty();
  const { party_id } = party;
  const shown = projection({ party, quiz: sampleQuiz, players: new Map(), scoreOf: () => 0, connected: 0 });
  await gateway.desk.open({ party, quiz: sampleQuiz, projection: shown, players: [] });
  let said = 0;

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let look = 0; look < 200; look += 1) {
      if (await holds()) return;
      let isOver = false;
      time.timers.after(100, () => {
        isOver = true;
      });
      await time.run({ limit_ms: 100, isDone: () => isOver });
    }
    assert.fail(`${what} has not come to hold`);
  }
  async function hostSays(action: HostAction): Promise<void> {
    said += 1;
    await gateway.desk.submit(party_id, { id: `c${said}`, by: 'host', session: 's', action });
  }
  const checkpoint = async () => (await archive.unfinished())[0];
  const phase = async () => (await gateway.desk.snapshot(party_id))?.phase;

  return {
    ...{ archive, until, hostSays, checkpoint },
    admits: async (user_id: string, held: Partial<Hold> = {}) =>
      gateway.desk.admit(sampleRequest(party_id, user_id, held)),
    state: () => world.parties.get(party_id)?.party(),
    async playsRound(round: number) {
      await hostSays(round === 1 ? { type: 'start' } : { type: 'next' });
      await until('the question', async () => (await phase()) === 'question');
      await hostSays({ type: 'next' });
      await until('its checkpoint', async () => (await checkpoint())?.party.archived_through === round);
    },
    async losesAll() {
      world.stop();
      world.start('empty');
      await until('the party is back', async () => (await phase()) !== undefined);
    },
  };
}

const held = (name: string): Partial<Hold> => ({
  ...{ nickname_key: name, roster_key: `line ${name}`, idempotency_key: `key ${name}` },
  identity_keys: [`user:${name}`, `ref:${name}`],
});

test('names, roster lines and repeated joins are known after the store came back empty', async (t) => {
  const { admits, playsRound, losesAll, state } = await room(t);
  const first = await admits('ann', held('ann'));
  assert.equal(first.result, 'admitted');
  await playsRound(1);
  await admits('late', held('late'));
  await losesAll();
  assert.equal((await admits('other', { nickname_key: 'ann' })).result, 'nickname_taken');
  assert.equal((await admits('other', { roster_key: 'line ann' })).result, 'roster_taken');
  const again = await admits('drawn-anew', held('ann'));
  assert.deepEqual(again.result === 'already_in' && [again.player.user_id, again.same_key], ['ann', true]);
  assert.equal(state()?.players_total, 1);
  assert.equal((await admits('late', held('late'))).result, 'admitted', 'who came after the checkpoint joins again');
});

test('a ban between two rounds is archived at once and keeps the banned out, who was in the checkpoint', async (t) => {
  const { admits, playsRound, hostSays, losesAll, until, checkpoint, archive, state } = await room(t);
  for (const name of ['ann', 'eve', 'mal']) await admits(name, held(name));
  await playsRound(1);
  assert.equal((await checkpoint())?.players.length, 3);
  await hostSays({ type: 'ban', user_id: 'eve' });
  await until('the ban is kept', async () => (await checkpoint())?.bans.includes('ref:eve') ?? false);
  archive.outage.begin();
  await hostSays({ type: 'ban', user_id: 'mal' });
  await until('mal is out', async () => state()?.players_total === 1);
  archive.outage.end();
  await until('the ban is kept later', async () => (await checkpoint())?.bans.includes('ref:mal') ?? false);
  await losesAll();
  for (const name of ['eve', 'mal']) {
    assert.equal((await admits(name)).result, 'banned');
    assert.equal((await admits('another', { identity_keys: [`ref:${name}`] })).result, 'banned');
  }
  assert.equal((await admits('another', { nickname_key: 'eve' })).result, 'admitted', 'the name is free');
  await until('all are counted', async () => state()?.players_total === 2);
});
