/** Reads stored results. Knows nothing of running parties: until a party's results are final, there are none. */
import type {
  AnswerRow,
  CategoryRow,
  LeaderboardEntry,
  Performance,
  StoredLeaderboard,
  StoredResults,
} from '@partyline/core';
import type { Session } from './database.ts';
import { statement } from './statement.ts';

const findGame = statement('archive/find-game');
const listLeaderboard = statement('archive/list-leaderboard');
const listAnswers = statement('archive/list-answers');
const listCategories = statement('archive/list-categories');
const sumPerformance = statement('archive/sum-performance');

type GameRow = Omit<StoredResults['party'], 'started_at' | 'ended_at'> & { started_at: Date | null; ended_at: Date };

export async function readLeaderboard(session: Session, party_id: string): Promise<StoredLeaderboard | null> {
  const game = await gameOf(session, party_id);
  return game === null ? null : leaderboardOf(session, game.game_id);
}

export async function readResults(
  session: Session,
  { party_id, only_user }: { party_id: string; only_user: string | null },
): Promise<StoredResults | null> {
  const game = await gameOf(session, party_id);
  if (game === null) return null;
  return {
    party: { ...game, started_at: game.started_at?.toISOString() ?? null, ended_at: game.ended_at.toISOString() },
    ...(await leaderboardOf(session, game.game_id)),
    answers: await session.rows<AnswerRow>(listAnswers, [game.game_id, only_user]),
    categories: await session.rows<Omit<CategoryRow, 'answered_ms'>>(listCategories, [game.game_id, only_user]),
  };
}

export async function readPerformance(session: Session, user_id: string): Promise<Performance | null> {
  const categories = await session.rows<Performance['categories'][number]>(sumPerformance, [user_id]);
  return categories.length === 0 ? null : { user_id, categories };
}

async function gameOf(session: Session, party_id: string): Promise<GameRow | null> {
  return (await session.rows<GameRow>(findGame, [party_id]))[0] ?? null;
}

async function leaderboardOf(session: Session, game_id: string): Promise<StoredLeaderboard> {
  type Line = Omit<LeaderboardEntry, 'team'> & { team: string | null };
  const lines = await session.rows<Line>(listLeaderboard, [game_id]);
  const leaderboard = lines.map(({ team, ...line }) => (team === null ? line : { ...line, team }));
  return { leaderboard, players_total: leaderboard.length };
}
