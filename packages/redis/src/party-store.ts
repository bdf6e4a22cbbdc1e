/** The leader's side of the live store: claims, looks, commits. Every write carries its fence into the script. */
import { randomUUID } from 'node:crypto';
import type {
  Answer,
  Claimed,
  CommitResult,
  Fence,
  Gathered,
  InboxItem,
  Party,
  PartyStore,
  Player,
  Quiz,
  Turn,
} from '@partyline/core';
import type { Redis } from 'ioredis';
import { attendance, presenceReport } from './attendance.ts';
import type { Channels } from './channels.ts';
import { encodeEnvelope } from './envelope-line.ts';
import { asStoreError } from './errors.ts';
import type { Roll } from './gateway-roll.ts';
import { type Keys, keysOfParty, keysOfRound } from './keys.ts';
import { codeQuarantineS, largestBatch, mostGathered, partyTtlS, renewTtlAfterMs } from './limits.ts';
import type { StoreObserver } from './observe.ts';
import { unpackedAnswer } from './packed-answer.ts';
import { unpackedHold } from './packed-hold.ts';
import { packedStanding, unpackedStanding } from './packed-standing.ts';
import { partyFields } from './party-fields.ts';
import { pairs, scanHash } from './scan-hash.ts';
import type { Scripts } from './scripts.ts';
import { expected, refusalIn } from './status.ts';

export interface StoreParts {
  client: Redis;
  scripts: Scripts;
  keys: Keys;
  channels: Channels;
  roll: () => Promise<Roll>;
  clock: { now(): number };
  observer: StoreObserver;
}

export function createPartyStore(parts: StoreParts): PartyStore {
  const { client, scripts, keys, channels, observer } = parts;
  /** A turn is told by the object: the same one sent again is a retry, whatever it says. */
  const turnIds = new WeakMap<Turn, string>();

  function turnId(turn: Turn): string {
    const id = turnIds.get(turn) ?? randomUUID();
    turnIds.set(turn, id);
    return id;
  }

  /** Once an hour per party; where it fails a day is left to try again. */
  async function renewTtls(party_id: string): Promise<void> {
    const ofParty = keys.ofParty(party_id);
    const [rounds, room_code] = await client.hmget(ofParty.party, 'rounds', 'room_code');
    const all = [...keysOfParty(ofParty, Number(rounds)), keys.code(room_code ?? '')];
    await Promise.all(all.map((key) => client.expire(key, partyTtlS)));
  }

  return {
    async claim(party_id) {
      const { party, quiz } = keys.ofParty(party_id);
      const nonce = randomUUID();
      const reply = await scripts.run('claim-party', [party, quiz], [nonce]);
      return refusalIn(reply) === null ? claimedFrom(reply as ClaimReply, nonce) : null;
    },

    async *players(party_id) {
      for await (const entries of scanHash(client, keys.ofParty(party_id).players)) {
        yield entries.map(([, text]) => JSON.parse(text) as Player);
      }
    },

    async *holds(party_id) {
      for await (const entries of scanHash(client, keys.ofParty(party_id).holds)) {
        yield entries.map(([user_id, packed]) => [user_id, unpackedHold(packed)]);
      }
    },

    bans: (party_id) => client.smembers(keys.ofParty(party_id).bans).catch(rethrow),

    async gather(party_id, { round, counts, feed_from }) {
      const { party, inbox, presence, answers, tally, feed, wake } = keys.ofParty(party_id);
      const roll = await parts.roll();
      const gatherKeys = [party, inbox, presence, answers(round), tally(round), feed(round)];
      const args = [wake, round, counts ? 1 : 0, feed_from ?? -1, mostGathered, renewTtlAfterMs];
      const reply = await scripts.run('gather-party', gatherKeys, args);
      if (refusalIn(reply) !== null) return null;
      const [, , , , , , mustRenew] = reply as GatherReply;
      if (mustRenew === 1) void renewTtls(party_id).catch(() => undefined);
      return gatheredFrom(reply as GatherReply, { roll, now: parts.clock.now() });
    },

    async commit(turn) {
      const reply = await scripts.run('commit-turn', commitKeys(keys, turn), commitArgs(keys, turn, turnId(turn)));
      const refusal = refusalIn(reply);
      if (refusal === null) return { result: 'committed', seq: Number(reply) };
      return {
        result: expected(refusal, ['no_party', 'fenced']) === 'fenced' ? 'fenced' : 'gone',
      } satisfies CommitResult;
    },

    async *answers(party_id, round) {
      for await (const entries of scanHash(client, keys.ofParty(party_id).answers(round))) {
        yield entries.map(([user_id, packed]): Answer => ({ user_id, ...unpackedAnswer(packed) }));
      }
    },

    async tally(party_id, round) {
      const votes: [string, number][] = [];
      for await (const entries of scanHash(client, keys.ofParty(party_id).tally(round))) {
        for (const [choice, count] of entries) votes.push([choice, Number(count)]);
      }
      return Object.fromEntries(votes);
    },

    async *standings(party_id, round) {
      if (round === 0) return;
      for await (const entries of scanHash(client, keys.ofParty(party_id).standings(round))) {
        yield entries.map(([user_id, packed]) => [user_id, unpackedStanding(packed)]);
      }
    },

    async writeStandings(party_id, fence, round, standings) {
      const { party, standings: standingsKey } = keys.ofParty(party_id);
      for (let from = 0; from < standings.length; from += largestBatch) {
        const some = standings.slice(from, from + largestBatch);
        const packed = some.flatMap(([user_id, standing]) => [user_id, packedStanding(standing)]);
        const args = [fence.number, fence.nonce, partyTtlS, ...packed];
        const reply = await scripts.run('write-standings', [party, standingsKey(round)], args);
        if (refusalIn(reply) !== null) return false;
      }
      return true;
    },

    async remove(party_id, fence, room_code) {
      const ofParty = keys.ofParty(party_id);
      const rounds = await client.hget(ofParty.party, 'rounds').catch(rethrow);
      const reply = await scripts.run('remove-party', keysOfParty(ofParty, Number(rounds)), [
        fence.number,
        fence.nonce,
      ]);
      if (refusalIn(reply) === 'fenced') return false;
      // Gone already: an earlier try got this far. Its room code may still be there.
      await scripts.run('retire-code', [keys.code(room_code)], [party_id, codeQuarantineS]);
      return true;
    },

    onWake: (party_id, wake) => {
      const channel = keys.ofParty(party_id).wake;
      return channels.listen(channel, {
        message(text) {
          if (text === 'now' || text === 'soon') wake(text);
          else observer.junk?.(channel);
        },
        // A wake-up may have been missed, and the party stays silent until it is looked at.
        doubt: () => wake('now'),
      });
    },
  };
}

type ClaimReply = [fence: number, epoch: string, seq: string, party: string, quiz: string];

function claimedFrom([number, epoch, seq, party, quiz]: ClaimReply, nonce: string): Claimed {
  return {
    fence: { number, nonce } satisfies Fence,
    epoch: Number(epoch),
    seq: Number(seq),
    party: JSON.parse(party) as Party,
    quiz: JSON.parse(quiz) as Quiz,
  };
}

type GatherReply = [
  ...[inbox: string[], presence: string[], answered: number, counts: string[]],
  ...[feedUsers: string[], feedAnswers: (string | null)[], mustRenew: number, inboxLeft: number],
];

function gatheredFrom(reply: GatherReply, at: { roll: Roll; now: number }): Gathered {
  const [inbox, presence, answered, counts, users, packed, , inbox_left] = reply;
  return {
    inbox: inbox.map((item) => JSON.parse(item) as InboxItem),
    inbox_left,
    ...attendance(
      pairs(presence).map(([gateway_id, stored]) => presenceReport(gateway_id, stored)),
      at,
    ),
    silence: at.roll.silence,
    answered,
    counts: Object.fromEntries(pairs(counts).map(([choice, count]) => [choice, Number(count)])),
    feed: users.flatMap((user_id, place): Answer[] => {
      const answer = packed[place];
      return answer === null || answer === undefined ? [] : [{ user_id, ...unpackedAnswer(answer) }];
    }),
  };
}

function commitKeys(keys: Keys, turn: Turn): string[] {
  const ofParty = keys.ofParty(turn.party_id);
  const { party, players, joined, names, roster, bans, idempotency, holds, inbox } = ofParty;
  const forgotten = turn.forget_rounds.flatMap((round) => keysOfRound(ofParty, round));
  return [party, players, joined, names, roster, bans, idempotency, holds, inbox, ...forgotten];
}

function commitArgs(keys: Keys, turn: Turn, turn_id: string): (string | number)[] {
  const { fence, epoch, seq, taken, envelopes, players } = turn;
  const seq_after = envelopes.reduce((highest, envelope) => Math.max(highest, envelope.seq), seq);
  const listed = (list: string[]) => [list.length, ...list];
  return [
    ...[fence.number, fence.nonce, epoch, seq, seq_after, turn_id, taken, partyTtlS],
    keys.ofParty(turn.party_id).channel,
    ...listed(partyFields(turn.party, turn.projection)),
    ...listed(players.set.flatMap((player) => [player.user_id, JSON.stringify(player)])),
    ...listed(players.remove),
    ...listed(players.ban),
    ...listed(envelopes.map(encodeEnvelope)),
  ];
}

function rethrow(error: unknown): never {
  throw asStoreError(error);
}
