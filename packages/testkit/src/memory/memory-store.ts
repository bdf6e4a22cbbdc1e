/** The leader's port on the in-memory store. */
import { randomUUID } from 'node:crypto';
import type { Clock, PartyStore } from '@partyline/core';
import { listenOver, type MemoryChannels } from './memory-channels.ts';
import type { Link } from './memory-node.ts';
import type { MemoryParty } from './memory-party.ts';
import { channelOf, type MemoryWorld } from './memory-world.ts';

const codeQuarantineMs = 24 * 3_600_000;
const chunk = 1_000;

export interface MemoryParts {
  world: MemoryWorld;
  link: Link;
  channels: MemoryChannels;
  clock: Clock;
}

export function createMemoryStore({ world, link, channels }: MemoryParts): PartyStore {
  const on = <T>(name: string, party_id: string, effect: (party: MemoryParty | undefined) => T): Promise<T> =>
    link({ name, party_id }, () => effect(world.parties.get(party_id)));

  /** Read at once and handed out in pieces, each of which is a call that can fail. */
  async function* inChunks<T>(name: string, party_id: string, read: (party: MemoryParty) => T[]): AsyncGenerator<T[]> {
    const items = await on(name, party_id, (party) => (party === undefined ? [] : read(party)));
    for (let from = 0; from < items.length; from += chunk) {
      if (from > 0) await on(name, party_id, () => undefined);
      yield items.slice(from, from + chunk);
    }
  }

  return {
    claim: (party_id) => on('claim', party_id, (party) => party?.claim(randomUUID()) ?? null),
    players: (party_id) => inChunks('players', party_id, (party) => party.players()),
    holds: (party_id) => inChunks('holds', party_id, (party) => party.holds()),
    bans: (party_id) => on('bans', party_id, (party) => party?.bans() ?? []),
    gather: (party_id, at) =>
      on(
        'gather',
        party_id,
        (party) => party?.gather({ ...at, now: world.now(), roll: world.gateways, silence: world.silence }) ?? null,
      ),
    commit: (turn) => on('commit', turn.party_id, (party) => party?.commit(turn) ?? { result: 'gone' }),
    answers: (party_id, round) => inChunks('answers', party_id, (party) => party.answers(round)),
    tally: (party_id, round) => on('tally', party_id, (party) => party?.tally(round) ?? {}),
    standings: (party_id, round) =>
      inChunks('standings', party_id, (party) => (round === 0 ? [] : party.standings(round))),
    writeStandings: (party_id, fence, round, standings) =>
      on('write-standings', party_id, (party) => party?.writeStandings(fence, round, standings) ?? false),

    async remove(party_id, fence, room_code) {
      const isFenced = await on('remove', party_id, (party) => {
        if (party?.isFenced(fence)) return true;
        world.parties.delete(party_id);
        return false;
      });
      if (isFenced) return false;
      await link({ name: 'retire-code', party_id }, () => {
        if (world.codes.get(room_code)?.party_id !== party_id) return;
        world.codes.set(room_code, { party_id: '', until: world.now() + codeQuarantineMs });
      });
      return true;
    },

    onWake: (party_id, wake) =>
      listenOver(link, {
        name: 'on-wake',
        party_id,
        channels,
        channel: channelOf('wake', party_id),
        listener: { message: (text) => wake(text === 'now' ? 'now' : 'soon'), doubt: () => wake('now') },
      }),
  };
}
