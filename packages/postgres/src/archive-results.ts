/** Writes what is final of a party. Knows nothing of when that is. */
import {
  compareStandings,
  type FinalResults,
  leaderboardEntry,
  newcomer,
  type Party,
  type Settings,
} from '@partyline/core';
import { writeChunks } from './chunks.ts';
import type { Session } from './database.ts';
import { statement } from './statement.ts';
import { plainArray, storableJson, storableText, textArray } from './storable.ts';

const insertParty = statement('archive/insert-party');
const openGame = statement('archive/open-game');
const endGame = statement('archive/end-game');
const deletePlayers = statement('archive/delete-players');
const insertPlayers = statement('archive/insert-players');
const insertPlayerResults = statement('archive/insert-player-results');
const deleteRounds = statement('archive/delete-rounds');
const sumCategories = statement('archive/sum-categories');
const deleteCheckpoint = statement('archive/delete-checkpoint');

const LAST_ROUND = 2_147_483_647;

/** The party's row and the game's, still open. Writes nothing where they are there. */
export async function writeOpening(session: Session, party: Party): Promise<void> {
  const { party_id, game_id, owner_id } = party;
  await session.run(insertParty, [party_id, game_id, storableText(owner_id)]);
  await session.run(openGame, [
    game_id,
    party_id,
    party.room_code,
    party.kind,
    storableText(party.title),
    storableText(owner_id),
    storableJson(keptSettings(party.settings)),
    party.rounds,
    new Date(party.created_at),
  ]);
}

/** Needs the party's lock, and that the party was neither ended nor erased before. */
export async function writeResults(session: Session, results: FinalResults): Promise<void> {
  const { party, quiz } = results;
  if (party.phase.name !== 'finished')
    throw new TypeError(`party ${party.party_id} has no results before it is finished`);
  const lines = finalLines(results);
  await writeOpening(session, party);
  await session.run(endGame, [
    party.game_id,
    quiz.quiz_id,
    storableText(party.title),
    storableJson(keptSettings(party.settings)),
    party.started_at === null ? null : new Date(party.started_at),
    new Date(party.phase.ended_at),
    party.phase.reason,
    lines.length,
  ]);
  await writePlayers(session, party, lines);
  // Left over from a history that was lost with the live store and not played again.
  await session.run(deleteRounds, [party.game_id, party.current_round + 1, LAST_ROUND]);
  await session.run(sumCategories, [party.game_id]);
  await session.run(deleteCheckpoint, [party.party_id]);
}

/** Passcode and roster are secrets and names, and blocked words may be somebody's; nobody needs them once the party is over. */
function keptSettings(settings: Settings): Settings {
  const { blocked_words: _, ...nickname_policy } = settings.nickname_policy;
  return { ...settings, passcode: null, roster: null, nickname_policy };
}

type FinalLine = ReturnType<typeof finalLines>[number];

async function writePlayers(session: Session, { party_id, game_id }: Party, lines: FinalLine[]): Promise<void> {
  await session.run(deletePlayers, [party_id]);
  await writeChunks(lines, columnsOf, async ([user_ids, nicknames, teams, ranks, scores, ...counted]) => {
    await session.run(insertPlayers, [party_id, user_ids, scores]);
    await session.run(insertPlayerResults, [game_id, user_ids, nicknames, teams, ranks, scores, ...counted]);
  });
}

const columnsOf = (lines: FinalLine[]): string[] => [
  textArray(lines.map((line) => line.user_id)),
  textArray(lines.map((line) => line.nickname)),
  textArray(lines.map((line) => line.team ?? null)),
  plainArray(lines.map((line) => line.rank)),
  plainArray(lines.map((line) => line.score)),
  plainArray(lines.map((line) => line.correct)),
  plainArray(lines.map((line) => line.answered)),
  plainArray(lines.map((line) => line.mean_ms)),
  plainArray(lines.map((line) => line.extra_time_percent)),
];

/**
 * One line per player let in. Somebody who came after the last scored round has no account yet and ranks where it
 * would.
 */
function finalLines({ players, standings }: FinalResults) {
  const accounts = new Map(standings);
  const unscored = {
    ...newcomer,
    rank: 1 + standings.filter(([, other]) => compareStandings(other, newcomer) < 0).length,
  };
  return players
    .filter((player) => player.status === 'playing')
    .map((player) => ({
      ...leaderboardEntry(player, accounts.get(player.user_id) ?? unscored),
      extra_time_percent: player.extra_time_percent,
    }));
}
