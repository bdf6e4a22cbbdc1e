/** The names of everything the server says; apart from the schemas, so that a browser need not load those to read a frame. */
export const serverMessageTypes = [
  'state',
  'party_initialized',
  'lobby',
  'question',
  'answered',
  'ack',
  'scores',
  'reveal',
  'round_skipped',
  'extended',
  'paused',
  'resumed',
  'locked',
  'unlocked',
  'player_removed',
  'control',
  'finished',
  'saved',
  'error',
  'reconnect',
  'ping',
] as const;

export type ServerMessageType = (typeof serverMessageTypes)[number];
