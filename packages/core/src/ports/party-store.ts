/**
 * The leader's side of a party's live state. Every write names the fence it was made under; a store refuses what comes
 * under an older one, so a deposed leader can neither write nor speak.
 */
import type { Answer } from '../answer.ts';
import type { Attendance, HostCommand } from '../command.ts';
import type { AnswerGate } from '../gate.ts';
import type { Hold } from '../hold.ts';
import type { Party } from '../party.ts';
import type { Player, Standing } from '../player.ts';
import type { Quiz } from '../question.ts';
import type { Envelope } from './envelope.ts';

/** The right to write: raised by every claim; `nonce` tells claims apart where the counter was lost with the data. */
export interface Fence {
  number: number;
  nonce: string;
}

export interface Claimed {
  fence: Fence;
  epoch: number;
  /** The seq of the last envelope committed in this epoch. */
  seq: number;
  party: Party;
  quiz: Quiz;
}

/** What a gateway needs of a party, written with each commit so that it can never disagree with it. */
export interface Projection {
  /** The shared part of a `state` message as JSON text, without `you` and `closes_in_ms`. */
  view: string;
  /** The same for the host, where it differs (waiting list, answered count). */
  host_view: string;
  door: Door;
  gate: AnswerGate | null;
  /** The open round's secret key as JSON, only where `feedback` is `instant`. */
  instant_key: string | null;
}

/** What decides whether somebody may come in, and as whom. Holds secrets (passcode, roster, key): never shown. */
export interface Door {
  kind: 'quick' | 'room';
  phase: Party['phase']['name'];
  locked: boolean;
  settings: Party['settings'];
  owner_id: string;
  /** See `Party`. */
  person_key?: string;
  title: string;
  room_code: string;
  game_id: string;
  rounds: number;
  /** How many players were in with this commit, those who wait to be let in apart. */
  let_in: number;
  /** The last round whose standings exist. */
  scored_round: number;
  /** How much of a question was left when it was paused, ms. */
  question_left_ms?: number;
  /** When the clock ends the reveal, epoch ms. */
  next_at?: number;
}

/** Everything the crowd has done since the leader last looked. */
export interface Gathered {
  inbox: InboxItem[];
  /** How many inbox items did not fit and are there for the next look. */
  inbox_left: number;
  attendance: Attendance;
  /**
   * Where the players of some gateways have all answered and those of others have not: when the first of the others would
   * lapse, epoch ms, since a gateway that has died says nothing. null where nothing is waited for in this way.
   */
  waits_until: number | null;
  /** The last time that no gateway was there at all, epoch ms; null where none is known of. */
  silence: { from: number; to: number } | null;
  /** Answers of the open round so far; 0 when none is open. */
  answered: number;
  /** The tally of the open round, where it is asked for. */
  counts: Record<string, number>;
  /** New answers since `feedFrom`, where `feedback` is `instant`. */
  feed: Answer[];
}

export type InboxItem = { type: 'command'; command: HostCommand } | { type: 'joined'; player: Player };

/** One atomic step of a party. */
export interface Turn {
  party_id: string;
  fence: Fence;
  epoch: number;
  /** The seq this turn was decided on; the commit fails where another has moved on. */
  seq: number;
  party: Party;
  projection: Projection;
  /** Sent in order after the write, in the same script. Sequenced ones carry seq+1, seq+2, … */
  envelopes: Envelope[];
  /** How many inbox items this turn has dealt with. */
  taken: number;
  players: { set: Player[]; remove: string[]; ban: string[] };
  /** Rounds whose answers and standings nobody needs any more. */
  forget_rounds: number[];
}

export type CommitResult =
  | { result: 'committed'; seq: number }
  /** Somebody else leads now. */
  | { result: 'fenced' }
  /** The party is not in the store any more. */
  | { result: 'gone' };

export interface PartyStore {
  /** Raises the fence and returns the state in one step; null where there is no such party. */
  claim(party_id: string): Promise<Claimed | null>;
  /** All players, in chunks of at most 1,000. */
  players(party_id: string): AsyncIterable<Player[]>;
  /** What they hold, in chunks of at most 1,000. */
  holds(party_id: string): AsyncIterable<[user_id: string, hold: Hold][]>;
  /** Every identity that may not come back. */
  bans(party_id: string): Promise<string[]>;
  /** Reads and resets what has happened since the last look. */
  gather(party_id: string, at: { round: number; counts: boolean; feed_from: number | null }): Promise<Gathered | null>;
  /**
   * The same `Turn` object sent again, because its reply was lost, is not applied twice: it is `committed` as long as
   * nothing else has been written since. A turn decided on another seq, or under an older fence, is `fenced`.
   */
  commit(turn: Turn): Promise<CommitResult>;
  /** The answers of a round, in chunks of at most 1,000. Final once the round's closing is committed. */
  answers(party_id: string, round: number): AsyncIterable<Answer[]>;
  /** The tally of a round, counted on acceptance apart from the voters. */
  tally(party_id: string, round: number): Promise<Record<string, number>>;
  /** Standings after a round; empty for round 0. In chunks of at most 1,000. */
  standings(party_id: string, round: number): AsyncIterable<[user_id: string, standing: Standing][]>;
  /** Writes standings of a round; the same ones again change nothing. Refused (`false`) under an older fence. */
  writeStandings(party_id: string, fence: Fence, round: number, standings: [string, Standing][]): Promise<boolean>;
  /** Called once the results are safe elsewhere. `false` under an older fence. */
  remove(party_id: string, fence: Fence, room_code: string): Promise<boolean>;
  /** Calls back whenever a party has something to gather: at once (`now`) or within a quarter second (`soon`). */
  onWake(party_id: string, wake: (urgency: 'now' | 'soon') => void): Promise<() => Promise<void>>;
}
