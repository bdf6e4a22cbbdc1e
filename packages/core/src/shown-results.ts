/**
 * What is told over HTTP of how a party went, by who asks. A host is told everything; others the ranking where the
 * settings show it, and their own line wherever they have one.
 */

import type { LeaderboardEntry } from './player.ts';
import type { StoredLeaderboard, StoredResults } from './ports/archive.ts';
import type { Settings } from './settings.ts';
import { isRankingShown } from './view.ts';

/** `watcher`: who took no part, and may look where strangers may watch. */
export type ResultAudience = { as: 'host' } | { as: 'player'; user_id: string } | { as: 'watcher' };

/** `rank` is null in one's own line where the ranking is not shown. */
export type ShownLine = Omit<LeaderboardEntry, 'rank'> & { rank: number | null };

export interface ShownBoard extends Omit<StoredLeaderboard, 'leaderboard'> {
  leaderboard: ShownLine[];
}

export interface ShownResults extends ShownBoard, Pick<StoredResults, 'answers' | 'categories'> {
  /** Who opened the party is told to its host alone. */
  party: Omit<StoredResults['party'], 'owner_id'> & { owner_id?: string };
}

export function shownBoard(board: StoredLeaderboard, audience: ResultAudience, isShown: boolean): ShownBoard {
  if (isShown || audience.as === 'host') return board;
  const own = audience.as === 'player' ? board.leaderboard.filter(({ user_id }) => user_id === audience.user_id) : [];
  return { leaderboard: own.map((line) => ({ ...line, rank: null })), players_total: board.players_total };
}

/** Of a party that is over. Answers and categories are those that were read for the audience. */
export function shownResults(stored: StoredResults, audience: ResultAudience): ShownResults {
  const { answers, categories, party, ...board } = stored;
  const isShown = isRankingShown(party.settings as Partial<Settings>, { is_finished: true });
  const { owner_id: _, ...told } = party;
  return {
    party: audience.as === 'host' ? party : told,
    ...shownBoard(board, audience, isShown),
    ...{ answers, categories },
  };
}
