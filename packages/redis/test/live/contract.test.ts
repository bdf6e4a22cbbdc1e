import { liveStoreContract, redisOfFile, redisWorld } from '@partyline/testkit';

const interleavings = Number(process.env.INTERLEAVINGS ?? 300);

liveStoreContract(redisWorld(redisOfFile()), { interleavings });
