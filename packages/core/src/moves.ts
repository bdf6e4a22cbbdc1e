/** The moves from one round to the next, which the clock and the host's word share. */
import type { PartyEvent } from './event.ts';
import type { Closing, Party, QuestionOpen } from './party.ts';
import type { Player } from './player.ts';
import type { Quiz } from './question.ts';

/** Opens a round now. A round that the quiz does not have is a fault of the caller. */
export function roundOpened(round: number, at: { now: number; quiz: Quiz; players: ReadonlyMap<string, Player> }): PartyEvent {
  const question = at.quiz.questions[round - 1];
  if (question === undefined) throw new RangeError(`round ${round} has no question`);
  return {
    type: 'round_opened',
    round,
    opens_at: at.now,
    closes_at: at.now + question.time_limit_ms,
    extra_ms: Math.round((question.time_limit_ms * mostExtraPercent(at.players)) / 100),
  };
}

export function roundClosed(phase: QuestionOpen, now: number, cause: Closing['cause']): PartyEvent {
  return { type: 'round_closed', round: phase.round, closed_at: now, cause };
}

/** What follows a round that is over: the next one, or the end. */
export function afterRound(
  party: Party,
  round: number,
  at: { now: number; quiz: Quiz; players: ReadonlyMap<string, Player> },
): PartyEvent[] {
  if (round >= party.rounds) return [{ type: 'finished', at: at.now, reason: 'completed' }];
  return [roundOpened(round + 1, at)];
}

function mostExtraPercent(players: ReadonlyMap<string, Player>): number {
  let most = 0;
  for (const player of players.values()) most = Math.max(most, player.extra_time_percent);
  return most;
}
