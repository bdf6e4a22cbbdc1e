/**
 * What may be asked of a party. A command may be refused. Host commands come from outside and carry the sender's message
 * id; the others are the leader's own observations, put as commands so that every change of a party passes one door.
 */
import type { Ranking, Reveal } from './party.ts';
import type { Player } from './player.ts';

export type HostAction =
  /** Put by the gateway when a host's socket opens: the newest one controls, others may watch. */
  | { type: 'take_control' }
  | { type: 'start' | 'next' | 'skip' | 'pause' | 'resume' | 'lock' | 'unlock' | 'end' }
  | { type: 'extend'; seconds: number }
  | { type: 'kick' | 'ban' | 'approve'; user_id: string };

export interface HostCommand {
  /** The message id, unique per sender. */
  id: string;
  /** Who sent it: a user id, or `host`. */
  by: string;
  /** The socket it came from. */
  session: string;
  action: HostAction;
}

/** Who is connected, summed over the live gateways. */
export interface Attendance {
  players: number;
  hosts: number;
  spectators: number;
  /** The round every connected player has answered, by their gateways' word; 0 where that is not so. */
  all_answered_round: number;
}

export type Command =
  | { type: 'tick' }
  | { type: 'host'; command: HostCommand }
  | { type: 'joined'; player: Player }
  | { type: 'attendance'; attendance: Attendance }
  /** How many answers the open round has; `counts` only where votes are shown live. */
  | { type: 'answers'; round: number; answered: number; counts: Record<string, number> | null }
  /** `feedback: instant`: the accounts that changed since the last look. */
  | { type: 'live_scores'; round: number; scores: { user_id: string; score: number }[] }
  /** Our own outage, over: the running question gets the time back. */
  | { type: 'outage'; from: number; to: number }
  | { type: 'scored'; round: number; reveal: Reveal; ranking: Ranking }
  /** A finished round is safe in the archive. */
  | { type: 'archived'; round: number }
  | { type: 'abandoned' }
  | { type: 'results_saved' };
