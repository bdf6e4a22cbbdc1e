/** Turns what the driver throws into the two faults a caller can meet. Refusals are values and never come here. */
import { StoreUnavailable } from '@partyline/core';

/** Redis answered with something that only a defect of ours, or a foreign hand in the data, explains. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly code = 'store_fault';
}

/** Redis is there but does not serve: starting, full, out of disk, no longer the master, busy. All of it passes. */
const notServing = /(^|-|: )(LOADING|OOM|MISCONF|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|NOREPLICAS|UNBLOCKED) /;

export function asStoreError(error: unknown): StoreUnavailable | StoreFault {
  if (error instanceof StoreUnavailable || error instanceof StoreFault) return error;
  const message = error instanceof Error ? error.message : String(error);
  const isReply = error instanceof Error && error.name === 'ReplyError';
  if (isReply && !notServing.test(message)) return new StoreFault(`Redis: ${message}`, { cause: error });
  return new StoreUnavailable(`Redis: ${message}`, { cause: error });
}
