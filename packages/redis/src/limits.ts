/** Sizes and lifetimes of what is kept in Redis. */

/** A party nobody leads any more vanishes after this. While it is led this is renewed, hourly. */
export const partyTtlS = 25 * 3_600;
export const renewTtlAfterMs = 3_600_000;
/** A room code that is over leads nowhere for so long. */
export const codeQuarantineS = 24 * 3_600;
/** Answers in one batch, and values in one script of any kind: Lua's stack holds 8,000. */
export const largestBatch = 500;
/** Inbox items and feed entries read at a look: a leader is not held up by one party's crowd for long. */
export const mostGathered = 1_000;
/** Joining players are bounded by the party's capacity; beyond this a host's command is turned away with `retry`. */
export const inboxCapacity = 50_000;
/** A party that was announced but not written within this time is looked for by leaders. */
export const openingMs = 5_000;
