/**
 * A party: one live session, quick or in a room. One state machine serves both; what differs is in `settings`.
 *
 *   lobby ─▶ question ─▶ closing ─▶ reveal ─▶ question … ─▶ finished
 *               ▲  └───────▶ paused ◀──────┘ (back to where it was)
 *
 * Instants are epoch ms on the server's one clock (Redis TIME). Players, answers and standings are not in here: they
 * grow with the crowd and are kept beside it, so that a turn costs the same for 10 players and for 30,000.
 */
import type { LeaderboardEntry, TeamEntry } from './player.ts';
import type { Settings } from './settings.ts';

/** Entry: created. Exits: `question` (start, or the first socket), `finished` (end, abandoned). */
export interface Lobby {
  name: 'lobby';
}

/** Answers are accepted between the two instants. Exits: `closing` (its causes), `paused`. */
export interface QuestionOpen {
  name: 'question';
  round: number;
  opens_at: number;
  closes_at: number;
  /** How much longer than `closes_at` the player with the most extra time may answer, ms. */
  extra_ms: number;
}

/** No answer is accepted any more and the leader is scoring. To players it still looks like a question whose time is up.
 * Exits: `reveal`, or for a skipped round the next `question` or `finished`. */
export interface Closing {
  name: 'closing';
  round: number;
  opens_at: number;
  closed_at: number;
  cause: 'deadline' | 'all_answered' | 'next' | 'skip' | 'end' | 'abandoned';
}

/** Entry: scored. `next_at` is null where a host decides. Exits: `question`, `finished`, `paused`. */
export interface Revealed {
  name: 'reveal';
  round: number;
  next_at: number | null;
  reveal: Reveal;
}

/** Entry: the host's `pause`. Exits: `was`, moved on by the time it stood still; `finished`. */
export interface Paused {
  name: 'paused';
  paused_at: number;
  was: QuestionOpen | Revealed;
}

/** Entry: the last round revealed, the host's `end`, or nobody left. Exits: none; `results` turns to `saved` once. */
export interface Finished {
  name: 'finished';
  ended_at: number;
  reason: 'completed' | 'ended' | 'abandoned';
  results: 'pending' | 'saved';
}

export type Phase = Lobby | QuestionOpen | Closing | Revealed | Paused | Finished;

/** What is shown of the right answer after a round. */
export type CorrectShown = string[] | string | number | null;

/** What everybody may see of a scored round, the leaderboard aside. */
export interface Reveal {
  round: number;
  correct: CorrectShown;
  /** Answers per choice id, per rating, per word; absent kinds have none. */
  counts: Record<string, number>;
  answered: number;
  explanation: string | null;
}

/** The best 100 and the teams, as the last scored round left them. Kept whether or not the settings show it. */
export interface Ranking {
  leaderboard: LeaderboardEntry[];
  teams: TeamEntry[];
}

/** The outcome of a command, kept so that the same message id gets the same reply. */
export interface SettledCommand {
  id: string;
  by: string;
  refused: { code: RefusalCode; detail: string } | null;
}

export type RefusalCode = 'not_allowed' | 'invalid';

export interface Party {
  party_id: string;
  game_id: string;
  room_code: string;
  kind: 'quick' | 'room';
  title: string;
  /** The player who started a quick party; the host key's id for a room. */
  owner_id: string;
  /**
   * Secret of a room's host, the same in all rooms of one host key: who is known by a reference gets an id made with it.
   * Not there in quick parties, and in rooms opened by an older node. Never shown, not even to the host.
   */
  person_key?: string;
  created_at: number;
  /** When round 1 opened; null before. */
  started_at: number | null;
  settings: Settings;
  /** How many rounds there are. */
  rounds: number;
  /** The round being played or last played; 1 from the start. */
  current_round: number;
  phase: Phase;
  ranking: Ranking;
  /** Whether `party_initialized` has been told. */
  initialized: boolean;
  locked: boolean;
  players_total: number;
  waiting_total: number;
  /** Answers of the running round that screens have been told of. */
  answered_told: number;
  /** Live votes as last told; null where none are shown. */
  counts_told: Record<string, number> | null;
  skipped_rounds: number[];
  /** When each round was open: `windows[round - 1]`. A pause or an outage inside is not taken out. */
  windows: { opened_at: number; closed_at: number }[];
  /** Rounds up to this one are checkpointed in the archive; later ones must stay in the live store. */
  archived_through: number;
  /** When the last turn was committed. */
  turned_at: number;
  /** An outage of ours that ended here has already been given back to the running question. */
  compensated_until: number;
  /** The host's socket that controls; null before the first one. */
  controller: string | null;
  /** The last 64 commands that were settled, oldest first. */
  settled: SettledCommand[];
}
