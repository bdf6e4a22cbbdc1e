/** What outlives a party: results, checkpoints, performance. Every write may be repeated and changes nothing the second time. */
import type { Answer, Choice } from '../answer.ts';
import type { AskedRound } from '../asked-question.ts';
import type { Hold } from '../hold.ts';
import type { Party } from '../party.ts';
import type { LeaderboardEntry, Player, Standing, TeamEntry } from '../player.ts';
import type { Quiz } from '../question.ts';
import type { PartyCounts } from '../stats.ts';

/** One player's answer in one round, as stored and exported. */
export interface AnswerRow {
  round: number;
  question_id: string;
  kind: string;
  user_id: string;
  nickname: string;
  choice: Choice | null;
  correct: boolean | null;
  points: number;
  elapsed_ms: number;
}

export interface CategoryRow {
  user_id: string;
  category: string;
  answered: number;
  correct: number;
  points: number;
  answered_ms: number;
}

export interface PlayedRound {
  round: number;
  opened_at: number;
  closed_at: number;
  skipped: boolean;
  counts: Record<string, number>;
}

export interface Crowd {
  players: Player[];
  /** Of these players. */
  holds: [user_id: string, hold: Hold][];
}

/** A finished round with all that is needed to go on from it. */
export interface Checkpoint {
  epoch: number;
  seq: number;
  party: Party;
  quiz: Quiz;
  /**
   * `as_before`: nobody has come or gone since the last checkpoint this leader stored, so the crowd is kept that is there.
   * The crowd is most of a checkpoint, and rarely changes between two rounds. Said by a leader only of what it has stored
   * itself: what the one before stored last it cannot know.
   */
  crowd: Crowd | 'as_before';
  standings: [user_id: string, standing: Standing][];
  /** Every identity that may not come back, in no order. */
  bans: string[];
  played: PlayedRound;
  answers: (Answer & { correct: boolean | null; points: number })[];
}

/** What a party is gone on from. */
export type UnfinishedParty = Omit<Checkpoint, 'crowd' | 'played' | 'answers'> & Crowd;

export interface FinalResults {
  party: Party;
  quiz: Quiz;
  players: Player[];
  standings: [user_id: string, standing: Standing][];
}

/** Everybody up to 1,000 players; beyond that the best 100, and the player who asks. A host's results hold everybody. */
export interface StoredLeaderboard {
  leaderboard: LeaderboardEntry[];
  /** Of everybody, listed or not; not there where nobody was in a team. */
  teams?: TeamEntry[];
  players_total: number;
}

export interface StoredResults extends StoredLeaderboard {
  party: {
    party_id: string;
    game_id: string;
    room_code: string;
    kind: 'quick' | 'room';
    title: string;
    owner_id: string;
    settings: unknown;
    rounds: number;
    started_at: string | null;
    ended_at: string;
  };
  answers: AnswerRow[];
  categories: Omit<CategoryRow, 'answered_ms'>[];
}

export interface FinishedRoom {
  party_id: string;
  room_code: string;
  title: string;
  players_total: number;
  ended_at: string;
}

export interface Performance {
  user_id: string;
  categories: {
    category: string;
    answered: number;
    correct: number;
    accuracy: number;
    points: number;
    mean_ms: number;
    parties: number;
  }[];
}

export interface Archive {
  /** At opening: the party's row. */
  openParty(party: Party): Promise<void>;
  /** Players who have joined, score 0; best effort, repeated at the end. */
  enroll(party_id: string, players: Player[]): Promise<void>;
  checkpoint(checkpoint: Checkpoint): Promise<void>;
  /**
   * Adds to the bans of the party's checkpoint, so that one holds from the moment it is told and not from the next round
   * on. Nothing where there is no checkpoint yet: the first one brings its bans along.
   */
  keepBans(party_id: string, bans: string[]): Promise<void>;
  /** Parties with a checkpoint and no result: what a store that lost its data is filled from. */
  unfinished(): Promise<UnfinishedParty[]>;
  /**
   * Rooms that this host key opened and that have no result yet, newest first: what may still run. Whether one does, the
   * live store knows.
   */
  running(owner_id: string, limit: number): Promise<string[]>;
  /** Rooms of this host key that have a result, by their end, newest first; those that ended before `before` (epoch ms). */
  finished(owner_id: string, at: { before: number; limit: number }): Promise<FinishedRoom[]>;
  /** Everything final in one transaction keyed by `game_id`. */
  saveResults(results: FinalResults): Promise<void>;
  /** Whether nothing more can come of the party: its results are stored, or were erased. */
  isOver(party_id: string): Promise<boolean>;
  leaderboard(party_id: string): Promise<StoredLeaderboard | null>;
  /** What was asked in each round that is stored, as it was played and with its key: what ids in the results stand for. */
  questions(party_id: string): Promise<AskedRound[]>;
  /** All results, or one player's own answers only. */
  results(party_id: string, only_user: string | null): Promise<StoredResults | null>;
  /** What the rounds stored so far say together, while a party runs and afterwards; null where it is not known. */
  counts(party_id: string): Promise<PartyCounts | null>;
  performance(user_id: string): Promise<Performance | null>;
  /**
   * Forgets a party, finished or not; whatever of it is still on its way here is dropped. Repeatable. `false` where
   * nothing was stored of it.
   */
  eraseParty(party_id: string): Promise<boolean>;
  /**
   * Forgets one player of a finished party: results, answers, performance, and what their answers added to the counts.
   * Anonymous votes stay counted, since nobody knows whose they were; so do other players' ranks stay as they were.
   * Refused while the party runs, since the end would store the player again.
   */
  erasePlayer(party_id: string, user_id: string): Promise<'erased' | 'not_found' | 'still_running'>;
  /** Retention: erases the parties that ended before `instant` (epoch ms) and returns how many there were. */
  eraseEndedBefore(instant: number): Promise<number>;
}
