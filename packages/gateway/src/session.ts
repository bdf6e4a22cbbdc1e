/** One socket and what this node knows of its receiver. */
import type { Position, You } from '@partyline/protocol';
import type { Caller } from './caller.ts';
import type { TokenBucket } from './token-bucket.ts';
import type { Socket } from './transport/transport.ts';

export interface Session {
  readonly id: string;
  readonly socket: Pick<Socket<unknown>, 'send' | 'close'>;
  readonly caller: Caller;
  readonly bucket: TokenBucket;
  /**
   * `joining`: opened, its first state is not sent yet, so nothing else is either. `live`: told in order. `gone`: closed.
   */
  state: 'joining' | 'live' | 'gone';
  /** Where its screen stands; an envelope that is not newer is not sent. */
  epoch: number;
  seq: number;
  /** From the waiting room nothing may be answered. */
  status: 'playing' | 'waiting';
  extra_time_percent: number;
  /** The receiver's own place as last shown; null before the first. Score and streak at the start of the running round
   * are taken from it for instant feedback. */
  you: You | null;
  /** Monotonic ms of the last frame sent: silence is filled with pings. */
  sent_at: number;
  /** Messages refused by the bucket since the last one it let pass. */
  refused: number;
  /** Host commands it has tried without the right to them: each is audited once, so that a flood fills no table. */
  readonly overreached: Set<string>;
}

/** Whether `other` comes after `place`. */
export function isNewer(place: Position, other: Position): boolean {
  return other.epoch > place.epoch || (other.epoch === place.epoch && other.seq > place.seq);
}
