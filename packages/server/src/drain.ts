/**
 * The end of a node that nobody notices: leadership handed over first, since parties stand still without it, then its
 * sockets told to go elsewhere, a few at a time, so that the other nodes are not stormed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from '@partyline/gateway';
import type { Leader } from '@partyline/leader';

/** A handover takes milliseconds; a leader that cannot reach Redis has nothing to hand over. */
const handoverLimitMs = 2_000;
const stepMs = 50;
/** All sockets are told within this, or a third of the time there is where that is less. */
const longestMs = 5_000;
const smallestBatch = 50;

export interface Drained {
  leader: Leader | null;
  gateway: Gateway | null;
  /** What the whole end may take. */
  limitMs: number;
}

export async function drain({ leader, gateway, limitMs }: Drained): Promise<void> {
  await Promise.race([leader?.drain(), passed(handoverLimitMs)]);
  if (gateway === null) return;
  const steps = Math.min(longestMs, limitMs / 3) / stepMs;
  const batch = Math.max(smallestBatch, Math.ceil(gateway.sockets() / steps));
  await Promise.race([gateway.drain({ batch, every_ms: stepMs }), passed(limitMs - handoverLimitMs)]);
}

/** Does not keep the process alive. */
export const passed = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });
