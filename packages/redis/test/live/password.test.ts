import assert from 'node:assert/strict';
import test from 'node:test';
import { ownRedis } from '@partyline/testkit';

test('a wrong password is told as the cause', async (t) => {
  const redis = await ownRedis(t, ['--requirepass', 'right']);
  const url = redis.url.replace('redis://', 'redis://:wrong@');
  await assert.rejects(redis.store({ url, startTimeoutMs: 500 }), (error: Error) => /WRONGPASS/.test(`${error.cause}`));
});
