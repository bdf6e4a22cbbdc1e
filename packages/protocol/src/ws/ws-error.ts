/** Why a message of a client was refused: each code once, and whether sending the same message again can help. */

interface WsErrorEntry {
  meaning: string;
  /** Send the same message with the same id again. */
  retry: boolean;
}

export const wsErrors = {
  late: { meaning: 'The round had closed when the answer arrived.', retry: false },
  duplicate: { meaning: 'This player has already answered this round; `answer` is the one that counts.', retry: false },
  wrong_round: { meaning: 'This round is not being played.', retry: false },
  not_allowed: { meaning: 'The sender may not do this, or not now.', retry: false },
  invalid: {
    meaning: 'The message does not have the form the protocol or the running question asks for.',
    retry: false,
  },
  rate_limited: { meaning: 'Too many messages; nothing was done.', retry: true },
  retry: {
    meaning:
      'It is not known whether this took effect, or the game stands still. The same message with the same id counts once.',
    retry: true,
  },
} as const satisfies Record<string, WsErrorEntry>;

export type WsErrorCode = keyof typeof wsErrors;
