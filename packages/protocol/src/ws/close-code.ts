/** Why the server closes a socket: 4000-4099 means do not come back, 4100-4199 means reconnect. */

interface CloseEntry {
  code: number;
  meaning: string;
}

export const closeCodes = {
  party_over: { code: 4000, meaning: 'The party is finished and its results are stored.' },
  unauthorized: { code: 4001, meaning: 'The token is missing, expired or not for this party.' },
  removed: { code: 4002, meaning: 'The host removed this player.' },
  party_not_found: { code: 4003, meaning: 'There is no such party.' },
  protocol_violation: { code: 4004, meaning: 'The client keeps sending what the protocol does not know.' },
  replaced: { code: 4005, meaning: 'The same player opened newer sockets.' },
  party_full: { code: 4006, meaning: 'The party takes no more sockets.' },
  banned: { code: 4007, meaning: 'The host removed this player for good.' },
  seat_lost: { code: 4008, meaning: 'The live state was lost, and the seat of this player with it.' },
  message_too_long: {
    code: 4009,
    meaning:
      'The client sent a longer message than is allowed. One of more than four times the length is cut without a word: 1006 or 1009.',
  },
  draining: { code: 4100, meaning: 'The node is going away; any other one will do.' },
  too_slow: { code: 4101, meaning: 'The client reads more slowly than the party speaks.' },
  flooded: { code: 4102, meaning: 'The client sent far more than is allowed.' },
  store_unavailable: { code: 4103, meaning: 'This node cannot reach the live state.' },
  silent: { code: 4104, meaning: 'Nothing was heard from the client for too long.' },
  continuity_lost: { code: 4105, meaning: 'This node cannot prove that nothing was missed.' },
  fault: { code: 4106, meaning: 'Something went wrong on our side.' },
} as const satisfies Record<string, CloseEntry>;

export type CloseReason = keyof typeof closeCodes;

const policyViolation = 1008;

/**
 * Whether a client should come back after this code. Yes unless it was told not to: codes that networks, balancers and
 * browsers make up (1001, 1005, 1006, 1012, 1013 …) say nothing about the party.
 */
export function meansReconnect(code: number): boolean {
  return code !== policyViolation && !(code >= 4000 && code <= 4099);
}
