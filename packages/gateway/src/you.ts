/** What is personal in a frame: a receiver's own place, from its seat. */
import type { PartyView, Seat } from '@partyline/core';
import type { You } from '@partyline/protocol';
import type { Caller } from './caller.ts';

export interface Place {
  caller: Caller;
  /** null for those who hold no seat. */
  seat: Seat | null;
  /** The round of the last scored standings, and the running round (0: none open). */
  scored_round: number;
  open_round: number;
  settings: Pick<PartyView['settings'], 'leaderboard'>;
  is_finished: boolean;
}

export function you({ caller, seat, scored_round, open_round, settings, is_finished }: Place): You {
  const player = seat?.player ?? null;
  const standing = seat?.standing ?? null;
  const isRankShown = settings.leaderboard === 'each_round' || (settings.leaderboard === 'end' && is_finished);
  const answer = seat?.answer ?? null;
  return {
    role: caller.role,
    ...(caller.user_id === null ? {} : { user_id: caller.user_id }),
    ...(player === null ? {} : { nickname: player.nickname }),
    ...(player?.team == null ? {} : { team: player.team }),
    score: standing?.score ?? 0,
    rank: isRankShown && standing !== null && standing.rank > 0 ? standing.rank : null,
    streak: standing?.streak ?? 0,
    answer: answer === null || open_round === 0 ? null : { round: open_round, choice: answer.choice },
    last:
      standing === null || scored_round === 0
        ? null
        : { round: scored_round, correct: standing.last.correct, points: standing.last.points },
    status: player?.status ?? 'playing',
  };
}
