/** A running party's leaderboard from its live standings, as much of it as the one who asks may be shown. */
import {
  isRankingShown,
  type LeaderboardEntry,
  leaderboardEntry,
  type PartyDesk,
  type PartyView,
  type ResultAudience,
  type ShownBoard,
  type Snapshot,
  shownBoard,
  type TeamEntry,
  teamStandings,
} from '@partyline/core';

/** Of a larger party the first who came are listed, and the teams as they were last shown. */
const listedLive = 1_000;

export async function liveLeaderboard(
  snapshot: Snapshot,
  audience: ResultAudience,
  desk: PartyDesk,
): Promise<ShownBoard> {
  const { door, party_id, players_total } = snapshot;
  const isShown = audience.as === 'host' || isRankingShown(door.settings, { is_finished: door.phase === 'finished' });
  if (door.scored_round === 0) return { leaderboard: [], players_total };
  const listed = isShown ? await desk.listPlayers(party_id, listedLive) : [];
  const asking = audience.as === 'player' ? [audience.user_id] : [];
  const user_ids = [...new Set([...listed.map(({ user_id }) => user_id), ...asking])];
  const seats = await desk.seats(party_id, user_ids, { standings_round: door.scored_round, answers_round: 0 });
  const leaderboard: LeaderboardEntry[] = [];
  const scores: Pick<LeaderboardEntry, 'team' | 'score'>[] = [];
  for (const { player, standing } of seats) {
    if (player?.status !== 'playing') continue;
    if (standing !== null) leaderboard.push(leaderboardEntry(player, standing));
    scores.push({ score: standing?.score ?? 0, ...(player.team === null ? {} : { team: player.team }) });
  }
  leaderboard.sort((a, b) => a.rank - b.rank || (a.user_id < b.user_id ? -1 : 1));
  const teams = teamsOf(snapshot, scores);
  return shownBoard({ leaderboard, ...(teams.length === 0 ? {} : { teams }), players_total }, audience, isShown);
}

function teamsOf({ door, view, players_total }: Snapshot, scores: Parameters<typeof teamStandings>[0]): TeamEntry[] {
  if (door.settings.teams === null) return [];
  return players_total > listedLive ? ((JSON.parse(view) as PartyView).teams ?? []) : teamStandings(scores);
}
