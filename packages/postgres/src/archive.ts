/**
 * The `Archive` port on Postgres. Decides which of a party's writes still count: nothing is written of a party that has
 * ended or was erased, so every write may be repeated, and one that was held up for minutes does no harm.
 */
import type { Archive, Crowd } from '@partyline/core';
import { writeBans, writeCheckpoint } from './archive-checkpoint.ts';
import {
  readCounts,
  readFinished,
  readLeaderboard,
  readPerformance,
  readQuestions,
  readResults,
} from './archive-reading.ts';
import { writeOpening, writeResults } from './archive-results.ts';
import type { CheckpointDocument } from './checkpoint-document.ts';
import type { Database, Session } from './database.ts';
import { eraseEndedBefore, eraseParty, erasePlayer } from './erasure.ts';
import { type Fate, fateOf, lockParties } from './party-lock.ts';
import { statement } from './statement.ts';
import { storableText } from './storable.ts';
import { isUuid } from './uuid.ts';

const enrollPlayers = statement('archive/enroll-players');
const listUnfinished = statement('archive/list-unfinished');
const listRunning = statement('archive/list-running');

interface UnfinishedRow {
  epoch: number;
  seq: number;
  bans: string[];
  crowd: Partial<Crowd> | null;
  /** One written by an older version has the crowd in it, which is then newer than that beside it. */
  document: CheckpointDocument & Partial<Crowd>;
}

/** What a version that knew of no holds has left out. */
const nobody: Crowd = { players: [], holds: [] };

export function createArchive(database: Database): Archive {
  function writeRunning(party_id: string, write: (session: Session, fate: Fate) => Promise<void>): Promise<void> {
    return database.transaction(party_id, async (session) => {
      await lockParties(session, [party_id]);
      const fate = await fateOf(session, party_id);
      if (fate === 'unknown' || fate === 'running') await write(session, fate);
    });
  }

  return {
    openParty: (party) => writeRunning(party.party_id, (session) => writeOpening(session, party)),

    enroll: (party_id, players) =>
      writeRunning(party_id, async (session) => {
        await session.run(enrollPlayers, [party_id, players.map((player) => storableText(player.user_id))]);
      }),

    checkpoint: (checkpoint) =>
      writeRunning(checkpoint.party.party_id, async (session, fate) => {
        if (fate === 'unknown') await writeOpening(session, checkpoint.party);
        await writeCheckpoint(session, checkpoint);
      }),

    keepBans: (party_id, bans) => writeRunning(party_id, (session) => writeBans(session, party_id, bans)),

    unfinished: () =>
      database.session('unfinished', async (session) => {
        const rows = await session.rows<UnfinishedRow>(listUnfinished);
        return rows.map(({ crowd, document, ...row }) => ({ ...row, ...nobody, ...crowd, ...document }));
      }),

    running: (owner_id, limit) =>
      database.session(`host ${owner_id}`, async (session) => {
        const rows = await session.rows<{ party_id: string }>(listRunning, [owner_id, limit]);
        return rows.map(({ party_id }) => party_id);
      }),

    finished: (owner_id, at) =>
      database.session(`host ${owner_id}`, (session) => readFinished(session, { owner_id, ...at })),

    saveResults: (results) => writeRunning(results.party.party_id, (session) => writeResults(session, results)),

    isOver: async (party_id) =>
      isUuid(party_id) &&
      database.session(party_id, async (session) => ['ended', 'erased'].includes(await fateOf(session, party_id))),

    leaderboard: async (party_id) =>
      isUuid(party_id) ? database.session(party_id, (session) => readLeaderboard(session, party_id)) : null,

    results: async (party_id, only_user) =>
      isUuid(party_id) ? database.session(party_id, (session) => readResults(session, { party_id, only_user })) : null,

    questions: async (party_id) =>
      isUuid(party_id) ? database.session(party_id, (session) => readQuestions(session, party_id)) : [],

    counts: async (party_id) =>
      isUuid(party_id) ? database.session(party_id, (session) => readCounts(session, party_id)) : null,

    performance: (user_id) => database.session(`player ${user_id}`, (session) => readPerformance(session, user_id)),

    eraseParty: async (party_id) => isUuid(party_id) && eraseParty(database, party_id),

    erasePlayer: async (party_id, user_id) =>
      isUuid(party_id) ? erasePlayer(database, { party_id, user_id }) : 'not_found',

    eraseEndedBefore: (instant) => eraseEndedBefore(database, instant),
  };
}
