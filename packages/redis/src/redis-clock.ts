/**
 * The server's clock as this node can know it. Each sample brackets the distance between Redis' clock and our monotonic
 * one; the estimate is the highest lower bound of the last half minute, so it never runs ahead and falls behind by no
 * more than the fastest reply took. Nothing here reads the wall clock.
 */
import type { Clock } from '@partyline/core';

export interface ClockSample {
  /** Monotonic ms before asking and after the reply. */
  sentAt: number;
  receivedAt: number;
  /** Redis TIME in epoch ms, with fractions. */
  serverTime: number;
}

interface Bound {
  receivedAt: number;
  /** Server time minus monotonic time is at least this. */
  least: number;
}

const windowMs = 30_000;
/** Two clocks drift apart by at most 500 ppm, the fastest at which a time daemon slews: an old bound is worth less. */
const driftPerMs = 0.000_5;

export class RedisClock implements Clock {
  readonly #monotonic: () => number;
  #bounds: Bound[] = [];
  #best: Bound = { receivedAt: 0, least: 0 };
  #mustRestart = false;

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  now(): number {
    const monotonic = this.#monotonic();
    return Math.floor(monotonic + bestAt(monotonic, this.#best));
  }

  monotonic(): number {
    return this.#monotonic();
  }

  sample({ sentAt, receivedAt, serverTime }: ClockSample): void {
    const most = serverTime - sentAt;
    // Ahead of what this sample allows: the clock was set back, or it is another server's. What was learnt is void.
    const isRefuted = bestAt(receivedAt, this.#best) > most;
    if (this.#mustRestart || isRefuted) this.#bounds = [];
    this.#mustRestart = false;
    this.#bounds = this.#bounds.filter((bound) => receivedAt - bound.receivedAt < windowMs);
    this.#bounds.push({ receivedAt, least: serverTime - receivedAt });
    this.#best = this.#bounds.reduce((best, bound) =>
      bestAt(receivedAt, bound) > bestAt(receivedAt, best) ? bound : best,
    );
  }

  /** The next sample counts alone: after a new connection the server may be another one. */
  restart(): void {
    this.#mustRestart = true;
  }
}

/** What a bound is worth at a later instant. */
function bestAt(monotonic: number, { receivedAt, least }: Bound): number {
  return least - (monotonic - receivedAt) * driftPerMs;
}
