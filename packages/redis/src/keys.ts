/**
 * Every key and channel of the live store. All of a party share a hash tag, so that they sit in one slot of a cluster and
 * one script can touch them; the others stand alone and are never named together with a party's.
 */

export interface PartyKeys {
  /** hash: fence, nonce, epoch, seq, the party document and what gateways are shown of it. */
  readonly party: string;
  /** string: the questions with their answers; secret, so in a key of its own. */
  readonly quiz: string;
  /** hash: user id → player. */
  readonly players: string;
  /** zset: user id by order of joining. */
  readonly joined: string;
  /** hash: lookalike key of a nickname → user id. */
  readonly names: string;
  /** hash: roster line → user id. */
  readonly roster: string;
  /** set: identities that may not come back. */
  readonly bans: string;
  /** hash: idempotency key of a join → user id. */
  readonly idempotency: string;
  /** hash: user id → what the player's leaving gives back. */
  readonly holds: string;
  /** list: what waits for the leader. */
  readonly inbox: string;
  /** hash: gateway id → what it sees. */
  readonly presence: string;
  /** The redlock. */
  readonly lease: string;
  /** channel: envelopes to gateways. */
  readonly channel: string;
  /** channel: `now` or `soon`, to the leader. */
  readonly wake: string;
  /** hash: user id → packed answer. */
  answers(round: number): string;
  /** hash: choice → votes. */
  tally(round: number): string;
  /** list: user ids in order of answering; only where feedback is instant. */
  feed(round: number): string;
  /** hash: user id → packed standing after the round. */
  standings(round: number): string;
}

export interface Keys {
  ofParty(party_id: string): PartyKeys;
  /** string: the party a room code leads to; empty while in quarantine. */
  code(room_code: string): string;
  /** zset: party id by the end of its lease, in ms of Redis time; 0: wants a leader now. */
  readonly live: string;
  /** zset: gateway id by the instant it lapses. */
  readonly gateways: string;
  /** channel: ids of parties that want a leader now. */
  readonly announce: string;
  /** string: names this set of data; another name means that the data is gone. */
  readonly birth: string;
  /** channel on which one node hears itself. */
  pulse(node_id: string): string;
}

export function createKeys(prefix: string): Keys {
  return {
    ofParty: (party_id) => partyKeys(`${prefix}:{${party_id}}`),
    code: (room_code) => `${prefix}:code:${room_code}`,
    live: `${prefix}:live`,
    gateways: `${prefix}:gateways`,
    announce: `${prefix}:announce`,
    birth: `${prefix}:birth`,
    pulse: (node_id) => `${prefix}:pulse:${node_id}`,
  };
}

function partyKeys(tag: string): PartyKeys {
  return {
    party: `${tag}:party`,
    quiz: `${tag}:quiz`,
    players: `${tag}:players`,
    joined: `${tag}:joined`,
    names: `${tag}:names`,
    roster: `${tag}:roster`,
    bans: `${tag}:bans`,
    idempotency: `${tag}:idempotency`,
    holds: `${tag}:holds`,
    inbox: `${tag}:inbox`,
    presence: `${tag}:presence`,
    lease: `${tag}:lease`,
    channel: `${tag}:channel`,
    wake: `${tag}:wake`,
    answers: (round) => `${tag}:answers:${round}`,
    tally: (round) => `${tag}:tally:${round}`,
    feed: (round) => `${tag}:feed:${round}`,
    standings: (round) => `${tag}:standings:${round}`,
  };
}

export function keysOfRound(keys: PartyKeys, round: number): string[] {
  return [keys.answers(round), keys.tally(round), keys.feed(round), keys.standings(round)];
}

/** All data of a party but its lease, which ends by itself; the party hash comes first. */
export function keysOfParty(keys: PartyKeys, rounds: number): string[] {
  const { party, quiz, players, joined, names, roster, bans, idempotency, holds, inbox, presence } = keys;
  const ofRounds = Array.from({ length: rounds }, (_, index) => keysOfRound(keys, index + 1)).flat();
  return [party, quiz, players, joined, names, roster, bans, idempotency, holds, inbox, presence, ...ofRounds];
}
