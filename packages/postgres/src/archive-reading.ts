/**
 * Reads what is stored of parties. Until a party's results are final there are none of them, but its rounds can be
 * counted.
 */
import type {
  AnswerRow,
  AskedRound,
  CategoryRow,
  FinishedRoom,
  LeaderboardEntry,
  PartyCounts,
  Performance,
  RoundCounts,
  Settings,
  StoredLeaderboard,
  StoredResults,
  TeamEntry,
} from '@partyline/core';
import type { Session } from './database.ts';
import { statement } from './statement.ts';

const findGame = statement('archive/find-game');
const listLeaderboard = statement('archive/list-leaderboard');
const listFinished = statement('archive/list-finished');
const findLine = statement('archive/find-line');
const listAnswers = statement('archive/list-answers');
const listTeams = statement('archive/list-teams');
const listCategories = statement('archive/list-categories');
const listQuestions = statement('archive/list-questions');
const countRounds = statement('archive/count-rounds');
const countPlayers = statement('archive/count-players');
const sumPerformance = statement('archive/sum-performance');

/** Every player of a party may ask for its leaderboard, so what each is shown must not grow with how many they are. */
const LISTED_IN_FULL = 1_000;
const LISTED_OF_MORE = 100;

interface Game {
  party: StoredResults['party'];
  players_total: number;
}

export async function readLeaderboard(session: Session, party_id: string): Promise<StoredLeaderboard | null> {
  const game = await gameOf(session, party_id);
  return game && shownBoard(session, game, null);
}

/** `only_user` null: everything, for the host. */
export async function readResults(
  session: Session,
  { party_id, only_user }: { party_id: string; only_user: string | null },
): Promise<StoredResults | null> {
  const game = await gameOf(session, party_id);
  if (game === null) return null;
  const { game_id } = game.party;
  const board = only_user === null ? wholeBoard(session, game) : shownBoard(session, game, only_user);
  return {
    party: game.party,
    ...(await board),
    answers: await session.rows<AnswerRow>(listAnswers, [game_id, only_user]),
    categories: await session.rows<Omit<CategoryRow, 'answered_ms'>>(listCategories, [game_id, only_user]),
  };
}

export async function readFinished(
  session: Session,
  { owner_id, before, limit }: { owner_id: string; before: number; limit: number },
): Promise<FinishedRoom[]> {
  const values = [owner_id, new Date(before), limit];
  const rows = await session.rows<Omit<FinishedRoom, 'ended_at'> & { ended_at: Date }>(listFinished, values);
  return rows.map(({ ended_at, ...room }) => ({ ...room, ended_at: ended_at.toISOString() }));
}

export async function readQuestions(session: Session, party_id: string): Promise<AskedRound[]> {
  return session.rows<AskedRound>(listQuestions, [party_id]);
}

export async function readCounts(session: Session, party_id: string): Promise<PartyCounts | null> {
  const [totals] = await session.rows<Omit<PartyCounts, 'rounds'>>(countPlayers, [party_id]);
  if (totals === undefined) return null;
  return { ...totals, rounds: await session.rows<RoundCounts>(countRounds, [party_id]) };
}

export async function readPerformance(session: Session, user_id: string): Promise<Performance | null> {
  const categories = await session.rows<Performance['categories'][number]>(sumPerformance, [user_id]);
  return categories.length === 0 ? null : { user_id, categories };
}

type GameRow = Omit<StoredResults['party'], 'started_at' | 'ended_at'> & {
  started_at: Date | null;
  ended_at: Date;
  players_total: number;
};

async function gameOf(session: Session, party_id: string): Promise<Game | null> {
  const [row] = await session.rows<GameRow>(findGame, [party_id]);
  if (row === undefined) return null;
  const { players_total, started_at, ended_at, ...party } = row;
  return {
    party: { ...party, started_at: started_at?.toISOString() ?? null, ended_at: ended_at.toISOString() },
    players_total,
  };
}

async function wholeBoard(session: Session, { party, players_total }: Game): Promise<StoredLeaderboard> {
  const leaderboard = await lines(session, [party.game_id, null]);
  return { leaderboard, ...(await teamsOf(session, party)), players_total };
}

async function shownBoard(session: Session, game: Game, asking: string | null): Promise<StoredLeaderboard> {
  if (game.players_total <= LISTED_IN_FULL) return wholeBoard(session, game);
  const { game_id } = game.party;
  const leaderboard = await lines(session, [game_id, LISTED_OF_MORE]);
  const isListed = asking === null || leaderboard.some((line) => line.user_id === asking);
  if (!isListed) leaderboard.push(...(await lines(session, [game_id, asking], findLine)));
  return { leaderboard, ...(await teamsOf(session, game.party)), players_total: game.players_total };
}

/** Counted over all players: not asked where the party had no teams. */
async function teamsOf(session: Session, { game_id, settings }: Game['party']): Promise<{ teams?: TeamEntry[] }> {
  if ((settings as Partial<Settings>).teams == null) return {};
  const teams = await session.rows<TeamEntry>(listTeams, [game_id]);
  return teams.length === 0 ? {} : { teams };
}

async function lines(session: Session, values: unknown[], at = listLeaderboard): Promise<LeaderboardEntry[]> {
  const rows = await session.rows<Omit<LeaderboardEntry, 'team'> & { team: string | null }>(at, values);
  return rows.map(({ team, ...line }) => (team === null ? line : { ...line, team }));
}
