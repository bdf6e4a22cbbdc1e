/**
 * What a party may be set to. Settings cross the wire as they are, so their names are the wire's own
 * (snake_case), here as everywhere; nothing maps them.
 */
import type { NicknameTheme } from './nickname/nickname-themes.ts';

export type Scoring = 'kahoot' | 'linear' | 'accuracy' | 'none';

export interface NicknamePolicy {
  mode: 'free' | 'letters' | 'real_name' | 'generated' | 'roster';
  /** Length bounds in graphemes, 1-20. */
  min: number;
  max: number;
  profanity: 'off' | 'mask' | 'refuse';
  unique: boolean;
  /** Of the names we make; any of them where not given. */
  theme?: NicknameTheme;
  /** The host's own words to filter, besides those we know. Never shown to players. */
  blocked_words?: string[];
}

/** One who may join where a roster is set: by name, by reference (a pupil number, an e-mail hash), or by both. */
export interface RosterEntry {
  name?: string;
  ref?: string;
  /** Extra answering time for this player, in percent of the time limit (0-300). */
  extra_time_percent?: number;
}

export interface TeamSettings {
  mode: 'auto' | 'chosen';
  names: string[];
}

export interface Settings {
  /** `host`: rounds move on a host's word; `auto`: on the clock. */
  pacing: 'host' | 'auto';
  /** What starts round 1: the first socket, or the host's `start`. */
  start: 'on_connect' | 'manual';
  scoring: Scoring;
  streak_bonus: boolean;
  feedback: 'reveal' | 'instant';
  leaderboard: 'each_round' | 'end' | 'hidden';
  show_vote_results: 'live' | 'reveal';
  /** Votes are counted apart from who voted. */
  anonymous_votes: boolean;
  late_join: boolean;
  max_players: number;
  passcode: string | null;
  /** A code shown on the host's screen, changing every 30 s, that a joining player must type too. */
  second_step: boolean;
  roster: RosterEntry[] | null;
  approve_joins: boolean;
  teams: TeamSettings | null;
  nickname_policy: NicknamePolicy;
  /** How long a reveal stays before the clock moves on, in seconds (0-30). */
  reveal_seconds: number;
  advance_when_all_answered: boolean;
  /** Whether phones show the question's text, or only the host's screen does. */
  question_on_phones: boolean;
  spectators: boolean;
  /** A started party without a single connected player or host ends after this many seconds. */
  disconnect_grace_seconds: number;
}

const sharedDefaults = {
  scoring: 'kahoot',
  streak_bonus: false,
  leaderboard: 'each_round',
  show_vote_results: 'reveal',
  anonymous_votes: false,
  late_join: true,
  passcode: null,
  second_step: false,
  roster: null,
  approve_joins: false,
  teams: null,
  advance_when_all_answered: true,
  question_on_phones: true,
  disconnect_grace_seconds: 120,
} as const satisfies Partial<Settings>;

/** A quick party: starts by itself, moves by itself, tells at once. Strangers meet in it, so names are unique and filtered. */
export const quickPartyDefaults: Settings = {
  ...sharedDefaults,
  pacing: 'auto',
  start: 'on_connect',
  feedback: 'instant',
  max_players: 10_000,
  nickname_policy: { mode: 'free', min: 1, max: 20, profanity: 'mask', unique: true },
  reveal_seconds: 3,
  spectators: true,
};

/** A room: the host decides, names are unique and filtered, strangers do not watch. */
export const roomDefaults: Settings = {
  ...sharedDefaults,
  pacing: 'host',
  start: 'manual',
  feedback: 'reveal',
  max_players: 2_000,
  nickname_policy: { mode: 'free', min: 1, max: 20, profanity: 'mask', unique: true },
  reveal_seconds: 5,
  spectators: false,
};
