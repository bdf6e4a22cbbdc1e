/** Order among players and among teams. */
import type { LeaderboardEntry, Player, Standing, TeamEntry } from './player.ts';

/**
 * Higher score first; a tie goes to the lower summed time of correct answers; still equal is equal, and so are all who have
 * no points: without points to share, less time of correct answers means fewer of them.
 */
export function compareStandings(a: Standing, b: Standing): number {
  return b.score - a.score || (a.score === 0 ? 0 : a.correct_ms - b.correct_ms);
}

/** The same standings in order, each with its rank. Equal standings share one, and the next rank skips as many. */
export function rankStandings(standings: ReadonlyMap<string, Standing>): Map<string, Standing> {
  const ordered = [...standings].sort(([idA, a], [idB, b]) => compareStandings(a, b) || (idA < idB ? -1 : 1));
  const ranked = new Map<string, Standing>();
  let place = 0;
  let previous: Standing | null = null;
  for (const [user_id, standing] of ordered) {
    place += 1;
    const rank: number = previous !== null && compareStandings(previous, standing) === 0 ? previous.rank : place;
    previous = { ...standing, rank };
    ranked.set(user_id, previous);
  }
  return ranked;
}

/** The first `limit` lines. `standings` must be in order, as `rankStandings` returns them. */
export function leaderboard(
  standings: ReadonlyMap<string, Standing>,
  players: ReadonlyMap<string, Player>,
  limit: number,
): LeaderboardEntry[] {
  const lines: LeaderboardEntry[] = [];
  for (const [user_id, standing] of standings) {
    if (lines.length === limit) break;
    const player = players.get(user_id);
    if (player !== undefined) lines.push(leaderboardEntry(player, standing));
  }
  return lines;
}

export function leaderboardEntry(player: Player, standing: Standing): LeaderboardEntry {
  return {
    rank: standing.rank,
    user_id: player.user_id,
    nickname: player.nickname,
    score: standing.score,
    correct: standing.correct,
    answered: standing.answered,
    mean_ms: standing.answered === 0 ? 0 : Math.round(standing.answered_ms / standing.answered),
    ...(player.team === null ? {} : { team: player.team }),
  };
}

/** The lines with what the round between the two accounts did to each. */
export function withGains(
  lines: readonly LeaderboardEntry[],
  { before, after }: Record<'before' | 'after', ReadonlyMap<string, Standing>>,
): LeaderboardEntry[] {
  return lines.map((line) => {
    const gained = after.get(line.user_id)?.last.points ?? 0;
    const moved = (before.get(line.user_id)?.rank ?? line.rank) - line.rank;
    return { ...line, ...(gained === 0 ? {} : { gained }), ...(moved === 0 ? {} : { moved }) };
  });
}

/** Teams by the mean of their members' scores, so that a small team can win. Empty teams are left out. */
export function teamLeaderboard(
  standings: ReadonlyMap<string, Standing>,
  players: ReadonlyMap<string, Player>,
): TeamEntry[] {
  const playing = [...players.values()].filter(({ status }) => status === 'playing');
  return teamStandings(
    playing.map(({ user_id, team }) => ({
      score: standings.get(user_id)?.score ?? 0,
      ...(team === null ? {} : { team }),
    })),
  );
}

/** The same from the lines of everybody who plays. */
export function teamStandings(lines: Iterable<Pick<LeaderboardEntry, 'team' | 'score'>>): TeamEntry[] {
  const sums = new Map<string, { score: number; members: number }>();
  for (const { team, score } of lines) {
    if (team === undefined) continue;
    const sum = sums.get(team) ?? { score: 0, members: 0 };
    sums.set(team, { score: sum.score + score, members: sum.members + 1 });
  }
  const teams = [...sums].map(([team, { score, members }]) => ({ team, members, score: Math.round(score / members) }));
  teams.sort((a, b) => b.score - a.score || (a.team < b.team ? -1 : 1));
  return teams.map((team) => ({ rank: 1 + teams.filter((other) => other.score > team.score).length, ...team }));
}
