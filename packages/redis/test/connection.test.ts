import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import test from 'node:test';
import { StoreUnavailable } from '@partyline/core';
import { createRedisStore } from '../src/create-redis-store.ts';

/** Of a port on which nothing listens. */
async function refusingPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a Redis that refuses connections is named by its address, without the password', async () => {
  const port = await refusingPort();
  await assert.rejects(
    createRedisStore({ url: `redis://ann:s3cret@127.0.0.1:${port}/0`, startTimeoutMs: 150 }),
    (error: unknown) => {
      assert.ok(error instanceof StoreUnavailable);
      assert.equal(
        error.message,
        `Redis at redis://127.0.0.1:${port}/0 does not answer after 0.15 s: connect ECONNREFUSED 127.0.0.1:${port}`,
      );
      return true;
    },
  );
});
