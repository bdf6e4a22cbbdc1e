/**
 * What travels on a party's channel: one frame, encoded once by the leader, with what a gateway needs to deliver it
 * without reading it. Every envelope of a party has its own `(epoch, seq)`; replies have the seq they were sent behind.
 */
export type Audience = 'all' | 'host' | 'players';

export interface Envelope {
  epoch: number;
  seq: number;
  /** The server message's type, for metrics. */
  type: string;
  /** `reply_to`: the reply to one message of one sender; see `replyAddress`. */
  audience: Audience | { reply_to: string };
  /**
   * `shared`: the frame goes out as it is. `personal`: each player's own part (`you`) is spliced in by the gateway
   * from the standings of `round`. `last`: nothing follows; the party is over and saved.
   */
  form: 'shared' | 'personal' | 'last';
  /** The round whose standings `personal` refers to. */
  round: number;
  /** When the leader went to commit it, on the server's clock; null from a version that does not say. */
  told_at: number | null;
  /** The whole frame as JSON text. */
  frame: string;
}

/** Where the reply to a command goes: the leader writes it on the envelope, the gateway looks up its sessions by it. */
export function replyAddress(by: string, id: string): string {
  return JSON.stringify([by, id]);
}
