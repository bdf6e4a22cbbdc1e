/**
 * Whether the store answers, and how long it did not. Timed on the monotonic clock, since a store that is away has no
 * clock to ask; told in server time once it is back.
 */
import type { Clock } from '@partyline/core';

export class Outages {
  readonly #clock: Clock;
  /** Monotonic; the last instant at which the store is known to have answered. Null before the first: nothing was lost. */
  #answeredAt: number | null = null;
  #downSince: number | null = null;
  #last: { from: number; to: number } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isOver(): boolean {
    return this.#downSince === null;
  }

  last(): { from: number; to: number } | null {
    return this.#last;
  }

  /** The connection broke just now. */
  broke(): void {
    if (this.#answeredAt !== null) this.#downSince ??= this.#clock.monotonic();
  }

  /** No answer came: the store may have been away since it last gave one. */
  missed(): void {
    this.#downSince ??= this.#answeredAt;
  }

  answered(): void {
    const now = this.#clock.monotonic();
    this.#answeredAt = now;
    if (this.#downSince === null) return;
    const to = this.#clock.now();
    this.#last = { from: to - Math.ceil(now - this.#downSince), to };
    this.#downSince = null;
  }
}
