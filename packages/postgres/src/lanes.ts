/**
 * A limit per party inside the one pool of a process. Whoever is slow (a locked row, a result of 300,000 answers) fills
 * its own lane and leaves the other connections to the others. Knows neither parties nor Postgres.
 */
import { ArchiveUnavailable } from '@partyline/core';

export interface LaneLimits {
  /** How many pieces of work one lane may have under way. */
  readonly limit: number;
  /** How many more may wait in it; beyond that they are turned away. */
  readonly maxWaiting: number;
}

export interface Lanes {
  /** Waits for its turn in the lane, first come first served. Throws `ArchiveUnavailable` where the lane is full. */
  run<T>(lane: string, work: () => Promise<T>): Promise<T>;
  /** Lanes with work in them. */
  readonly size: number;
}

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

export function createLanes({ limit, maxWaiting }: LaneLimits): Lanes {
  const lanes = new Map<string, Lane>();

  function enter(name: string): Promise<void> | undefined {
    const lane = lanes.get(name) ?? { running: 0, waiting: [] };
    lanes.set(name, lane);
    if (lane.running < limit) {
      lane.running += 1;
      return undefined;
    }
    if (lane.waiting.length >= maxWaiting) {
      throw new ArchiveUnavailable(`more than ${maxWaiting} requests wait for the same party`);
    }
    return new Promise((resolve) => lane.waiting.push(resolve));
  }

  /** The place goes straight to the next in line, so nobody can slip in between. */
  function leave(name: string): void {
    const lane = lanes.get(name);
    if (lane === undefined) return;
    const next = lane.waiting.shift();
    if (next) next();
    else if (lane.running > 1) lane.running -= 1;
    else lanes.delete(name);
  }

  return {
    async run(name, work) {
      await enter(name);
      try {
        return await work();
      } finally {
        leave(name);
      }
    },
    get size() {
      return lanes.size;
    },
  };
}
