/**
 * What a screen shows: the last `state`, kept current by `fold`. Names are the wire's own; durations of the wire have
 * become instants on this machine's monotonic clock, so that a countdown needs no right time of day.
 */
import type { AnswerChoice, LeaderboardLine, StateData } from '@partyline/protocol';

/** The player's own answer of the running round, from the tap to the verdict. */
export interface OwnAnswerView {
  round: number;
  /** null where votes are kept without their voter and this client did not send it. */
  choice: AnswerChoice | null;
  /** `sending`: not acknowledged yet. `refused`: it does not count. */
  status: 'sending' | 'accepted' | 'refused';
  /** Why it was refused, as a stable code. */
  code?: string;
  /** `feedback: instant` only. */
  correct?: boolean | null;
  points?: number;
}

export interface View extends Omit<StateData, 'closes_in_ms' | 'server_time_ms' | 'second_step' | 'extra_time_ms'> {
  /** Which place of the party's history this is. */
  epoch: number;
  seq: number;
  /** When the running question closes, monotonic ms; null where none is open. In the past: time is up. */
  closes_at: number | null;
  /** When the next round opens by itself, monotonic ms; null where a host decides or it is not known. */
  next_at: number | null;
  /** What was left of the question when the clock was stopped, ms; null where none was open. */
  paused_with_ms: number | null;
  /** The round the host left out last; null where none. */
  skipped_round: number | null;
  answer: OwnAnswerView | null;
  podium: LeaderboardLine[];
  /** Why the party ended, where that was told. */
  ended: 'completed' | 'ended' | 'abandoned' | null;
  /** Whether this screen is heard; of the host's screens only one is. */
  leads: boolean;
  /** How much longer than `closes_at` somebody may answer, ms; null where it is not known, as to everybody but the host. */
  extra_time_ms: number | null;
  second_step: { code: string; changes_at: number } | null;
}
