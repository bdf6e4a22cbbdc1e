/** An answer: what a player may send, and what is kept of it once Redis has accepted it. */

/** A choice id, ids for `multiple` and `order`, text for `text` and `word_cloud`, a number for `number` and `rating`. */
export type Choice = string | string[] | number;

/** Kept per player and round. `choice` is null where votes are anonymous. */
export interface Answer {
  user_id: string;
  /** The client's own message id: the same id again is the same answer, not a second one. */
  id: string;
  choice: Choice | null;
  /** Redis time of acceptance minus the round's `opens_at`, never negative. */
  elapsed_ms: number;
}
