/** A player of one party, and what the player has earned so far. */

export interface Player {
  user_id: string;
  nickname: string;
  /** Epoch ms on the server's clock. */
  joined_at: number;
  /** `waiting`: in the waiting room, may watch nothing and answer nothing until the host approves. */
  status: 'playing' | 'waiting';
  team: string | null;
  /** Extra answering time in percent of the time limit. */
  extra_time_percent: number;
}

/** The result of one player in one round. `correct` is null where nothing was right or wrong, or nothing was answered. */
export interface RoundResult {
  answered: boolean;
  correct: boolean | null;
  points: number;
}

/** A player's account after a round. Immutable: each round writes a new one. */
export interface Standing {
  score: number;
  correct: number;
  answered: number;
  streak: number;
  /** Summed answer time of all answers, and of the correct ones (which breaks ties), in ms. */
  answered_ms: number;
  correct_ms: number;
  /** 1 is best; equal standings share a rank. */
  rank: number;
  last: RoundResult;
}

/** One line of a leaderboard, as the wire shows it. */
export interface LeaderboardEntry {
  rank: number;
  user_id: string;
  nickname: string;
  score: number;
  correct: number;
  answered: number;
  /** Mean answer time in ms over the answered rounds; 0 where nothing was answered. */
  mean_ms: number;
  team?: string;
  /** Points of the round just scored; not there where there were none. */
  gained?: number;
  /** Places it moved the player, up counted positive; not there where it moved nobody. */
  moved?: number;
}

export interface TeamEntry {
  rank: number;
  team: string;
  /** Mean of the members' scores, rounded. */
  score: number;
  members: number;
}

export const newcomer: Standing = {
  score: 0,
  correct: 0,
  answered: 0,
  streak: 0,
  answered_ms: 0,
  correct_ms: 0,
  rank: 0,
  last: { answered: false, correct: null, points: 0 },
};
