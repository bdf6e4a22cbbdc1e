/** The gateway's side of the live store: each call is one script on one party, exact on every gateway. */

import {
  type Admission,
  type AdmissionRequest,
  type AnswerGate,
  type Door,
  type Election,
  type Hold,
  headCount,
  type Party,
  type PartyDesk,
  type Player,
  type Seat,
  type Snapshot,
  type Standing,
  StoreUnavailable,
  scoredRound,
} from '@partyline/core';
import type { Redis } from 'ioredis';
import { answerBatch, verdicts } from './answer-batch.ts';
import { decodeCame, encodeCame } from './came-line.ts';
import type { Channels } from './channels.ts';
import { decodeEnvelope } from './envelope-line.ts';
import { asStoreError } from './errors.ts';
import type { Keys } from './keys.ts';
import { inboxCapacity, largestBatch, openingMs, partyTtlS } from './limits.ts';
import type { StoreObserver } from './observe.ts';
import { unpackedAnswer } from './packed-answer.ts';
import { packedHold } from './packed-hold.ts';
import { packedStanding, unpackedStanding } from './packed-standing.ts';
import { partyFields } from './party-fields.ts';
import type { Scripts } from './scripts.ts';
import { expected, refusalIn } from './status.ts';

export interface DeskParts {
  client: Redis;
  scripts: Scripts;
  keys: Keys;
  channels: Channels;
  election: Election;
  observer: StoreObserver;
  clock: { now(): number };
  /** How long after the deadline answers still count that were on their way. */
  grace_ms: number;
}

export function createPartyDesk(parts: DeskParts): PartyDesk {
  const { client, scripts, keys, channels, observer } = parts;

  async function seatPlayers(party_id: string, players: Player[]): Promise<void> {
    const { party, players: seats, joined } = keys.ofParty(party_id);
    for (let from = 0; from < players.length; from += largestBatch) {
      const some = players.slice(from, from + largestBatch);
      const seated = some.flatMap((player) => [player.user_id, JSON.stringify(player)]);
      await scripts.run('seat-players', [party, seats, joined], [partyTtlS, from, ...seated]);
    }
  }

  async function restoreStandings(party: Party, standings: [string, Standing][]): Promise<void> {
    const { party: partyKey, standings: standingsOf } = keys.ofParty(party.party_id);
    for (let from = 0; from < standings.length; from += largestBatch) {
      const some = standings.slice(from, from + largestBatch);
      const packed = some.flatMap(([user_id, standing]) => [user_id, packedStanding(standing)]);
      await scripts.run('restore-standings', [partyKey, standingsOf(scoredRound(party))], [partyTtlS, ...packed]);
    }
  }

  async function restoreHolds(party_id: string, held: [string, Hold][]): Promise<void> {
    const { party, names, roster, idempotency, holds } = keys.ofParty(party_id);
    for (let from = 0; from < held.length; from += largestBatch) {
      const packed = held.slice(from, from + largestBatch).flatMap(([user_id, hold]) => [user_id, packedHold(hold)]);
      await scripts.run('restore-holds', [party, names, roster, idempotency, holds], [partyTtlS, ...packed]);
    }
  }

  /** A ban is never taken back, so it does no harm where somebody else was quicker to open the party. */
  async function restoreBans(party_id: string, banned: string[]): Promise<void> {
    const { bans } = keys.ofParty(party_id);
    if (banned.length === 0) return;
    await client.sadd(bans, ...banned).catch(rethrow);
    await client.expire(bans, partyTtlS).catch(rethrow);
  }

  async function seatsOf(party_id: string, user_ids: string[], at: SeatRounds): Promise<Seat[]> {
    const { players, standings, answers } = keys.ofParty(party_id);
    const seatKeys = [players, standings(at.standings_round), answers(at.answers_round)];
    const wanted = [at.standings_round > 0 ? 1 : 0, at.answers_round > 0 ? 1 : 0];
    const reply = await scripts.run('read-seats', seatKeys, [...wanted, ...user_ids]);
    const [playersFound, standingsFound, answersFound] = reply as [Found[], Found[], Found[]];
    return user_ids.map((_, place) => ({
      player: ifFound(playersFound[place], (text) => JSON.parse(text) as Player),
      standing: ifFound(standingsFound[place], unpackedStanding),
      answer: ifFound(answersFound[place], unpackedAnswer),
    }));
  }

  return {
    async open({ party, quiz, projection, players, epoch = 1, standings = [], holds = [], bans = [] }) {
      const { party_id, room_code } = party;
      const reserved = await scripts.run('reserve-code', [keys.code(room_code)], [party_id, partyTtlS]);
      if (reserved === 0) return 'code_taken';
      // Known to the leaders before it is there, so that an opener that dies half-way leaves nothing that is never led.
      await client.zadd(keys.live, 'NX', parts.clock.now() + openingMs, party_id).catch(rethrow);
      await seatPlayers(party_id, players);
      await restoreStandings(party, standings);
      await restoreHolds(party_id, holds);
      await restoreBans(party_id, bans);
      const { party: partyKey, quiz: quizKey } = keys.ofParty(party_id);
      const args = [epoch, partyTtlS, players.length, JSON.stringify(quiz), ...partyFields(party, projection)];
      await scripts.run('open-party', [partyKey, quizKey], args);
      await parts.election.announce([party_id]);
      return 'opened';
    },

    async partyOfRoomCode(room_code) {
      const party_id = await client.get(keys.code(room_code)).catch(rethrow);
      return party_id === '' ? null : party_id;
    },

    async snapshot(party_id) {
      const { party, players } = keys.ofParty(party_id);
      const reply = await scripts.run('read-snapshot', [party, players], []);
      return refusalIn(reply) === null ? snapshotFrom(party_id, reply as SnapshotReply) : null;
    },

    async seats(party_id, user_ids, at) {
      const seats: Seat[] = [];
      for (let from = 0; from < user_ids.length; from += largestBatch) {
        seats.push(...(await seatsOf(party_id, user_ids.slice(from, from + largestBatch), at)));
      }
      return seats;
    },

    async standingsOf(party_id, user_ids, round) {
      const { standings } = keys.ofParty(party_id);
      const found: (Standing | null)[] = [];
      for (let from = 0; from < user_ids.length; from += largestBatch) {
        const some = user_ids.slice(from, from + largestBatch);
        const texts = await client.hmget(standings(round), ...some).catch(rethrow);
        for (const text of texts) found.push(ifFound(text, unpackedStanding));
      }
      return found;
    },

    async bannedAmong(party_id, user_ids) {
      const { bans } = keys.ofParty(party_id);
      const banned: string[] = [];
      for (let from = 0; from < user_ids.length; from += largestBatch) {
        const some = user_ids.slice(from, from + largestBatch);
        const found = await client.smismember(bans, ...some).catch(rethrow);
        banned.push(...some.filter((_, place) => found[place] === 1));
      }
      return banned;
    },

    async listPlayers(party_id, limit) {
      const { joined, players } = keys.ofParty(party_id);
      const found = (await scripts.run('list-players', [joined, players], [limit])) as Found[];
      return found.flatMap((text) => (typeof text === 'string' ? [JSON.parse(text) as Player] : []));
    },

    async admit(request) {
      const reply = await scripts.run('admit-player', admissionKeys(keys, request), admissionArgs(keys, request));
      return admissionFrom(reply);
    },

    async accept(party_id, round, drafts) {
      if (drafts.length > largestBatch) throw new RangeError(`a batch holds at most ${largestBatch} answers`);
      if (drafts.length === 0) return [];
      const { party, answers, tally, feed, wake } = keys.ofParty(party_id);
      const batch = answerBatch(drafts);
      const { tallySets, extraTimes, seconds, answers: given } = batch;
      const args = [wake, round, parts.grace_ms, partyTtlS, tallySets, extraTimes, seconds, ...given];
      const reply = await scripts.run('accept-answers', [party, answers(round), tally(round), feed(round)], args);
      return verdicts(batch, reply);
    },

    async submit(party_id, command) {
      const { party, inbox, wake } = keys.ofParty(party_id);
      const item = JSON.stringify({ type: 'command', command });
      const reply = await scripts.run('submit-command', [party, inbox], [wake, partyTtlS, item, inboxCapacity]);
      const refusal = refusalIn(reply);
      if (refusal === null) return 'queued';
      if (refusal === 'inbox_full') throw new StoreUnavailable('the inbox is full: no leader has looked for long');
      return expected(refusal, ['no_party']);
    },

    async reportPresence(party_id, gateway_id, presence, urgency) {
      const { party, presence: presenceKey, wake } = keys.ofParty(party_id);
      const { players, hosts, spectators } = presence;
      const seen = players + hosts + spectators === 0 ? '' : JSON.stringify(presence);
      await scripts.run('report-presence', [party, presenceKey], [wake, partyTtlS, gateway_id, seen, urgency]);
    },

    async tellCame(party_id, gateway_id, user_ids) {
      const { channel } = keys.ofParty(party_id);
      await channels.publish(client, channel, encodeCame({ gateway_id, user_ids })).catch(rethrow);
    },

    watch: (party_id, on) => {
      const { channel } = keys.ofParty(party_id);
      return channels.listen(channel, {
        message(text) {
          const envelope = decodeEnvelope(text);
          if (envelope !== null) return on.envelope(envelope);
          const came = decodeCame(text);
          if (came === null) observer.junk?.(channel);
          else on.came?.(came.gateway_id, came.user_ids);
        },
        doubt: on.doubt,
      });
    },
  };
}

type Found = string | null | undefined;
type SeatRounds = Parameters<PartyDesk['seats']>[2];

type SnapshotReply = [
  ...[epoch: string, seq: string, phase: Party['phase']['name'], round: string, opens_at: string, closes_at: string],
  ...[view: string, host_view: string, gate: string, door: string, instant_key: string, seated: number],
];

function snapshotFrom(party_id: string, reply: SnapshotReply): Snapshot {
  const [epoch, seq, phase, round, opens_at, closes_at, view, host_view, gate, doorText, instant_key, seated] = reply;
  const door = JSON.parse(doorText) as Door;
  return {
    party_id,
    epoch: Number(epoch),
    seq: Number(seq),
    phase,
    round: Number(round),
    opens_at: Number(opens_at),
    closes_at: Number(closes_at),
    view,
    host_view,
    gate: gate === '' ? null : (JSON.parse(gate) as AnswerGate),
    door,
    instant_key: instant_key === '' ? null : instant_key,
    ...headCount(seated, door),
  };
}

function admissionKeys(keys: Keys, { party_id }: AdmissionRequest): string[] {
  const { party, players, joined, names, roster, bans, idempotency, holds, inbox } = keys.ofParty(party_id);
  return [party, players, joined, names, roster, bans, idempotency, holds, inbox];
}

function admissionArgs(keys: Keys, request: AdmissionRequest): (string | number)[] {
  const { player, auto_teams, identity_keys } = request;
  const name = request.nickname_key ?? '';
  const line = request.roster_key ?? '';
  const idempotency = request.idempotency_key ?? '';
  const { wake } = keys.ofParty(request.party_id);
  const forms = auto_teams.length === 0 ? [player] : auto_teams.map((team) => ({ ...player, team }));
  return [
    ...[wake, partyTtlS, player.user_id, name, line, idempotency, packedHold(request)],
    ...[forms.length, ...forms.map((form) => JSON.stringify(form))],
    ...identity_keys,
  ];
}

function admissionFrom(reply: unknown): Admission {
  const refusal = refusalIn(reply);
  if (refusal !== null) {
    const possible = ['no_party', 'banned', 'too_late', 'locked', 'full', 'roster_taken', 'nickname_taken'] as const;
    return { result: expected(refusal, possible) };
  }
  const [isNew, found, more] = reply as [isNew: number, player: string, players_total_or_same_key: number];
  const player = JSON.parse(found) as Player;
  if (isNew === 1) return { result: 'admitted', player, players_total: more };
  return { result: 'already_in', player, same_key: more === 1 };
}

function ifFound<T>(found: Found, read: (text: string) => T): T | null {
  return found === null || found === undefined ? null : read(found);
}

function rethrow(error: unknown): never {
  throw asStoreError(error);
}
