/** A party with its leader and archive in memory, in virtual time. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  ArchiveUnavailable,
  type Checkpoint,
  type Crowd,
  type Hold,
  type HostAction,
  projection,
} from '@partyline/core';
import { createMemoryArchive, createMemoryWorld, sampleParty, sampleQuiz, sampleRequest } from '@partyline/testkit';
import { createVirtualTime } from '../../testkit/src/simulation/virtual-time.ts';
import { createLeader, type Leader } from '../src/leader.ts';
import type { LeaderMetrics, Log } from '../src/observe.ts';

const silent = new Proxy({} as LeaderMetrics & Log, { get: () => () => undefined });

/** A room led by one node at a time, with a host who speaks when told to. */
export async function room(t: TestContext, { log = silent }: { log?: Log } = {}) {
  const time = createVirtualTime();
  const world = createMemoryWorld({ now: time.now });
  const gateway = world.node();
  const archive = createMemoryArchive();
  const crowds: Checkpoint['crowd'][] = [];
  let holdsRead = 0;
  let toLose = 0;

  async function startLeader(): Promise<Leader> {
    const node = world.node();
    const started = createLeader({
      ...{ ...node, timers: time.timers, log, metrics: silent, random: () => 0.5 },
      archive: {
        ...archive,
        async checkpoint(told) {
          crowds.push(told.crowd);
          await archive.checkpoint(told);
          if (toLose === 0) return;
          toLose -= 1;
          throw new ArchiveUnavailable('stored, and the acknowledgement lost, as the test asked');
        },
      },
      store: {
        ...node.store,
        holds(party_id) {
          holdsRead += 1;
          return node.store.holds(party_id);
        },
      },
    });
    await started.start();
    return started;
  }

  let leader = await startLeader();
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
    /** What the archive was told of the crowd since this was last asked, and how often all holds were read for it. */
    crowdsTold() {
      const read = holdsRead;
      holdsRead = 0;
      return { read, crowds: crowds.splice(0).map((crowd) => (crowd === 'as_before' ? crowd : namesOf(crowd))) };
    },
    /** The next `count` checkpoints are stored without the leader hearing of it. */
    losesAcknowledgements(count: number) {
      toLose = count;
    },
    async takesOver() {
      await leader.drain();
      leader = await startLeader();
    },
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

function namesOf({ players, holds }: Crowd): string[] {
  const names = players.map(({ user_id }) => user_id);
  assert.deepEqual(holds.map(([user_id]) => user_id).toSorted(), names.toSorted());
  return names;
}

export const held = (name: string): Partial<Hold> => ({
  ...{ nickname_key: name, roster_key: `line ${name}`, idempotency_key: `key ${name}` },
  identity_keys: [`user:${name}`, `ref:${name}`],
});
