/** What can be wrong with durable storage, on command: the same few faults for every port kept in memory. */
import { ArchiveUnavailable } from '@partyline/core';

export interface Outage {
  /** Every call fails until `end`. */
  begin(): void;
  end(): void;
  /** The next `count` calls do what was asked and then fail: the acknowledgement is what was lost. */
  loseAcknowledgements(count: number): void;
  /** Calls wait until the returned function is called. */
  stall(): () => void;
  /** Wraps a call in whatever is wrong just now. */
  through<T>(call: () => T): Promise<T>;
}

export function createOutage(): Outage {
  let down = false;
  let toLose = 0;
  let stalled: Promise<void> = Promise.resolve();
  return {
    begin() {
      down = true;
    },
    end() {
      down = false;
    },
    loseAcknowledgements(count) {
      toLose = count;
    },
    stall() {
      const { promise, resolve } = Promise.withResolvers<void>();
      stalled = promise;
      return resolve;
    },
    async through(call) {
      await stalled;
      if (down) throw new ArchiveUnavailable('storage is out, as the test asked');
      const result = call();
      if (toLose > 0) {
        toLose -= 1;
        throw new ArchiveUnavailable('done, and the acknowledgement lost, as the test asked');
      }
      return result;
    },
  };
}
