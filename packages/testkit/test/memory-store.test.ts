import { liveStoreContract } from '../src/contract/live-store.ts';
import { contractTimes, type StoreWorldFor } from '../src/contract/store-world.ts';
import { createMemoryWorld } from '../src/memory/memory-world.ts';

const inVirtualTime: StoreWorldFor = async () => {
  let now = 1_700_000_000_000;
  const world = createMemoryWorld({ now: () => now, ...contractTimes });
  return {
    node: async () => world.node(),
    async pass(ms) {
      now += ms;
    },
  };
};

liveStoreContract(inVirtualTime, { interleavings: 300 });
