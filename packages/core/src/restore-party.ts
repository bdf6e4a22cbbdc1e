/** A party put back from its last checkpoint, after the live store lost its data: at most the running question is lost. */
import { evolve } from './evolve.ts';
import { roundOpened } from './moves.ts';
import type { Party } from './party.ts';
import type { Player } from './player.ts';
import type { Quiz } from './question.ts';
import { scoredRound } from './scored-round.ts';

/** Who was banned after the checkpoint stays out. */
export function restoredPlayers(players: Player[], bans: string[]): Map<string, Player> {
  const banned = new Set(bans);
  const returning = players.filter(({ user_id }) => !banned.has(user_id));
  return new Map(returning.map((player) => [player.user_id, player]));
}

/**
 * The first round that is not in the archive is opened again from the start: its answers are gone, and its clock ran while
 * nobody was looking. Where everything played is archived, the party goes on where it stood. `players`: those who are put
 * back with it.
 */
export function restoredParty(
  party: Party,
  at: { now: number; quiz: Quiz; players: ReadonlyMap<string, Player> },
): Party {
  const { archived_through } = party;
  const phase = party.phase.name === 'paused' ? party.phase.was : party.phase;
  const fresh: Party = { ...withPlayers(party, at.players), compensated_until: at.now, controller: null };
  const isRoundLost = phase.name === 'question' || phase.name === 'closing' || archived_through < scoredRound(party);
  if (!isRoundLost) return { ...fresh, phase };
  const replayed: Party = {
    ...fresh,
    windows: party.windows.slice(0, archived_through),
    skipped_rounds: party.skipped_rounds.filter((round) => round <= archived_through),
  };
  return evolve(replayed, roundOpened(archived_through + 1, at));
}

function withPlayers(party: Party, players: ReadonlyMap<string, Player>): Party {
  const waiting_total = [...players.values()].filter(({ status }) => status === 'waiting').length;
  const leaderboard = party.ranking.leaderboard.filter(({ user_id }) => players.has(user_id));
  return {
    ...party,
    ...{ players_total: players.size - waiting_total, waiting_total },
    ranking: { ...party.ranking, leaderboard },
  };
}
