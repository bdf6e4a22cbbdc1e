import assert from 'node:assert/strict';
import test from 'node:test';
import { StoreFault } from '../src/errors.ts';
import { storeAddress, whereabouts } from '../src/store-address.ts';

test('an address says which Redis, which Sentinels or which Cluster', () => {
  assert.deepEqual(storeAddress('redis://h:1'), { kind: 'single', url: 'redis://h:1' });
  assert.deepEqual(storeAddress('rediss://u:p@h'), { kind: 'single', url: 'rediss://u:p@h' });
  assert.deepEqual(storeAddress('redis+sentinel://a:1,b/party'), {
    ...{ kind: 'sentinel', name: 'party', db: 0 },
    sentinels: [
      { host: 'a', port: 1 },
      { host: 'b', port: 26_379 },
    ],
  });
  assert.deepEqual(storeAddress('rediss+sentinel://u:p%40ss@a/party/2'), {
    ...{ kind: 'sentinel', name: 'party', db: 2, username: 'u', password: 'p@ss', tls: {} },
    sentinels: [{ host: 'a', port: 26_379 }],
  });
  assert.deepEqual(storeAddress('redis+cluster://:secret@[::1]:7000,b'), {
    ...{ kind: 'cluster', password: 'secret' },
    nodes: [
      { host: '::1', port: 7_000 },
      { host: 'b', port: 6_379 },
    ],
  });
});

test('anything else is refused without repeating the password', () => {
  const wrong = [
    'http://h',
    'redis+sentinel://a',
    'redis+cluster://a/name',
    'redis+other://a',
    'redis+cluster://s3cret@a:b:c',
    '',
  ];
  for (const url of wrong) {
    assert.throws(
      () => storeAddress(url),
      (error: Error) => error instanceof StoreFault && !error.message.includes('s3cret'),
      url,
    );
  }
});

test('an address is shown without user, password and options', () => {
  const shown = [
    ['redis://h:1', 'redis://h:1'],
    ['rediss://u:p@h:1/2?family=6', 'rediss://h:1/2'],
    ['redis://:p@ss/w:rd@h', 'redis://h'],
    ['redis+sentinel://u:p@a:1,b/party', 'redis+sentinel://a:1,b/party'],
    ['secret', ''],
  ] as const;
  for (const [url, where] of shown) assert.equal(whereabouts(url), where);
});
