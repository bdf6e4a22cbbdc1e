/** The moves from one round to the next, which the clock and the host's word share. */
import type { PartyEvent } from './event.ts';
import type { Closing, Party, Paused, QuestionOpen } from './party.ts';
import type { Player } from './player.ts';
import type { Question, Quiz } from './question.ts';

/** Opens a round now. A round that the quiz does not have is a fault of the caller. */
export function roundOpened(
  round: number,
  at: { now: number; quiz: Quiz; players: ReadonlyMap<string, Player> },
): PartyEvent {
  const question = at.quiz.questions[round - 1];
  if (question === undefined) throw new RangeError(`round ${round} has no question`);
  return {
    type: 'round_opened',
    round,
    opens_at: at.now,
    closes_at: at.now + question.time_limit_ms,
    extra_ms: extraMs(question, at.players.values()),
  };
}

/** A new leader's clock may be a little behind the old one's: a round never closes before it opened. */
export function roundClosed(phase: QuestionOpen, now: number, cause: Closing['cause']): PartyEvent {
  return { type: 'round_closed', round: phase.round, closed_at: Math.max(now, phase.opens_at), cause };
}

/** For the same reason a pause is never shorter than nothing. */
export function resumed(phase: Paused, now: number): Extract<PartyEvent, { type: 'resumed' }> {
  return { type: 'resumed', shift_ms: Math.max(0, now - phase.paused_at) };
}

/** Makes a running question wait for those who came in after it opened and have more extra time than the others. */
export function moreExtraTime(phase: QuestionOpen, players: Iterable<Player>, quiz: Quiz): PartyEvent[] {
  const { round, opens_at, closes_at } = phase;
  const question = quiz.questions[round - 1];
  const extra_ms = question === undefined ? 0 : extraMs(question, players);
  if (extra_ms <= phase.extra_ms) return [];
  return [{ type: 'round_extended', round, opens_at, closes_at, extra_ms, compensated_until: null }];
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

function extraMs(question: Question, players: Iterable<Player>): number {
  let percent = 0;
  for (const player of players) if (player.status === 'playing') percent = Math.max(percent, player.extra_time_percent);
  return Math.round((question.time_limit_ms * percent) / 100);
}
