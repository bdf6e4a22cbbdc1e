/** What is personal in a frame: a receiver's own place, from its seat. */
import type { PartyView, Seat, Standing } from '@partyline/core';
import type { You } from '@partyline/protocol';
import type { Caller } from './caller.ts';

export interface Place {
  caller: Caller;
  /** null for those who hold no seat. */
  seat: Seat | null;
  /** The round of the last scored standings, and the round on the screens, whose answer is the receiver's own (0: none). */
  scored_round: number;
  shown_round: number;
  settings: Pick<PartyView['settings'], 'leaderboard'>;
  is_finished: boolean;
}

export function you({ caller, seat, scored_round, shown_round, settings, is_finished }: Place): You {
  const player = seat?.player ?? null;
  const standing = seat?.standing ?? null;
  const answer = seat?.answer ?? null;
  return {
    role: caller.role,
    ...(caller.may_command ? { may_command: true } : {}),
    ...(caller.user_id === null ? {} : { user_id: caller.user_id }),
    ...(player === null ? {} : { nickname: player.nickname }),
    ...(player?.team == null ? {} : { team: player.team }),
    ...(standing === null ? { score: 0, rank: null, streak: 0 } : account(standing, { settings, is_finished })),
    answer: answer === null || shown_round === 0 ? null : { round: shown_round, choice: answer.choice },
    last: standing === null || scored_round === 0 ? null : { round: scored_round, ...resultIn(standing) },
    status: player?.status ?? 'playing',
  };
}

/**
 * The place of a receiver after a round was scored: who it is stays as it was shown. null where nothing true can be said: the
 * party has left the store, and the place shown is of an older round.
 */
export function youAfter(
  shown: You,
  standing: Standing | null,
  { round, ...at }: { round: number } & Pick<Place, 'settings' | 'is_finished'>,
): You | null {
  const answer = shown.answer?.round === round ? shown.answer : null;
  if (standing === null) return shown.last === null || shown.last.round === round ? { ...shown, answer } : null;
  return { ...shown, ...account(standing, at), answer, last: { round, ...resultIn(standing) } };
}

function account(
  { score, rank, streak }: Standing,
  { settings: { leaderboard }, is_finished }: Pick<Place, 'settings' | 'is_finished'>,
): Pick<You, 'score' | 'rank' | 'streak'> {
  const isRankShown = leaderboard === 'each_round' || (leaderboard === 'end' && is_finished);
  return { score, rank: isRankShown && rank > 0 ? rank : null, streak };
}

function resultIn({ last: { correct, points } }: Standing): Pick<NonNullable<You['last']>, 'correct' | 'points'> {
  return { correct, points };
}
