import assert from 'node:assert/strict';
import test from 'node:test';
import { whereabouts } from '../src/supervisor/stores.ts';

test('a store is named by its hosts, however many an address has, and never by a password', () => {
  for (const [url, hosts] of [
    ['redis://127.0.0.1:6379', '127.0.0.1:6379'],
    ['rediss://app:s%40cret@redis.example:6380/2', 'redis.example:6380'],
    ['redis+sentinel://app:secret@a:26379,b:26379,[::1]:26379/party/1', 'a:26379,b:26379,[::1]:26379'],
    ['rediss+cluster://:p@ss@a:6379,b:6379', 'a:6379,b:6379'],
    ['postgres://user:secret@db.example:5432/partyline?sslmode=verify-full', 'db.example:5432'],
  ] as const) {
    assert.equal(whereabouts({ url, isOwn: false }), `given: ${hosts}`);
    assert.equal(whereabouts({ url, isOwn: true }), `on ${hosts}`);
  }
});
