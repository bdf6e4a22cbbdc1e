/** The gateway's port on the in-memory store. */
import { type AnswerVerdict, type Election, type Envelope, type PartyDesk, StoreUnavailable } from '@partyline/core';
import { listenOver } from './memory-channels.ts';
import type { MemoryParty } from './memory-party.ts';
import type { MemoryParts } from './memory-store.ts';
import { channelOf } from './memory-world.ts';

const codeTtlMs = 25 * 3_600_000;
const openingMs = 5_000;
const largestBatch = 500;

export function createMemoryDesk({ world, link, channels, election }: MemoryParts & { election: Election }): PartyDesk {
  const on = <T>(name: string, party_id: string, effect: (party: MemoryParty | undefined) => T): Promise<T> =>
    link({ name, party_id }, () => effect(world.parties.get(party_id)));

  return {
    async open({ epoch = 1, ...opening }) {
      const { party_id, room_code } = opening.party;
      const isReserved = await link({ name: 'reserve-code', party_id }, () => {
        const holder = world.codes.get(room_code);
        if (holder !== undefined && holder.until > world.now() && holder.party_id !== party_id) return false;
        world.codes.set(room_code, { party_id, until: world.now() + codeTtlMs });
        if (!world.live.has(party_id)) world.live.set(party_id, world.now() + openingMs);
        return true;
      });
      if (!isReserved) return 'code_taken';
      await on('open', party_id, (party) => {
        if (party === undefined) world.open({ ...opening, epoch });
      });
      await election.announce([party_id]);
      return 'opened';
    },

    partyOfRoomCode: (room_code) =>
      link({ name: 'room-code', party_id: null }, () => {
        const holder = world.codes.get(room_code);
        return holder === undefined || holder.party_id === '' || holder.until <= world.now() ? null : holder.party_id;
      }),

    snapshot: (party_id) => on('snapshot', party_id, (party) => party?.snapshot() ?? null),

    seats: (party_id, user_ids, at) =>
      on('seats', party_id, (party) =>
        user_ids.map((user_id) => party?.seat(user_id, at) ?? { player: null, standing: null, answer: null }),
      ),

    standingsOf: (party_id, user_ids, round) =>
      on('standings-of', party_id, (party) => {
        const standings = new Map(party?.standings(round) ?? []);
        return user_ids.map((user_id) => standings.get(user_id) ?? null);
      }),

    bannedAmong: (party_id, user_ids) =>
      on('banned-among', party_id, (party) => user_ids.filter((user_id) => party?.bans().includes(user_id))),

    listPlayers: (party_id, limit) => on('list-players', party_id, (party) => party?.players().slice(0, limit) ?? []),

    admit: (request) =>
      on('admit', request.party_id, (party) => party?.admit(structuredClone(request)) ?? { result: 'no_party' }),

    async accept(party_id, round, batch) {
      if (batch.length > largestBatch) throw new RangeError(`a batch holds at most ${largestBatch} answers`);
      if (batch.length === 0) return [];
      return await on('accept', party_id, (party): AnswerVerdict[] => {
        if (party === undefined) return batch.map(() => ({ verdict: 'no_party' }));
        return party.accept(round, batch, { now: world.now(), grace_ms: world.graceMs });
      });
    },

    submit: (party_id, command) =>
      on('submit', party_id, (party) => {
        if (party === undefined) return 'no_party';
        if (!party.submit(command)) throw new StoreUnavailable('the inbox is full: no leader has looked for long');
        return 'queued';
      }),

    reportPresence: (party_id, gateway_id, presence, urgency) =>
      on('presence', party_id, (party) => party?.reportPresence(gateway_id, { presence, urgency, now: world.now() })),

    tellCame: (party_id, gateway_id, user_ids) =>
      on('came', party_id, () =>
        world.publish(channelOf('envelopes', party_id), JSON.stringify({ came: [gateway_id, ...user_ids] })),
      ),

    watch: (party_id, { envelope, came, doubt }) =>
      listenOver(link, {
        name: 'watch',
        party_id,
        channels,
        channel: channelOf('envelopes', party_id),
        listener: {
          message(text) {
            const said = JSON.parse(text) as Envelope | { came: [gateway_id: string, ...user_ids: string[]] };
            if (!('came' in said)) return envelope(said);
            const [gateway_id, ...user_ids] = said.came;
            came?.(gateway_id, user_ids);
          },
          doubt,
        },
      }),
  };
}
