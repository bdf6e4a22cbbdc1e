/** A host key is looked up once in five seconds, and believed no longer than that. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createMemoryHostKeys } from '@partyline/testkit';
import { createHosts } from '../src/http/host.ts';

test('a revoked key is believed for five seconds at most, and a busy one is looked up once in that time', async () => {
  const keys = createMemoryHostKeys(() => 0);
  const { id, key } = await keys.create('one');
  const clock = { now: 0 };
  let asked = 0;
  const verify = (given: string) => {
    asked += 1;
    return keys.verify(given);
  };
  const hosts = createHosts({ hostKeys: { ...keys, verify }, now: () => clock.now });
  for (clock.now = 0; clock.now < 5_000; clock.now += 500) assert.equal((await hosts.verify(key))?.id, id);
  assert.equal(asked, 1);
  assert.equal(await keys.revoke(id), true);
  clock.now = 4_999;
  assert.equal((await hosts.verify(key))?.id, id);
  clock.now = 5_000;
  assert.equal(await hosts.verify(key), null);
});
