import assert from 'node:assert/strict';
import test from 'node:test';
import { ArchiveUnavailable } from '@partyline/core';
import { createLanes } from '../src/lanes.ts';

/** Work that ends when it is told to. */
function held() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { work: () => promise, end: resolve, fail: reject };
}

const settle = (): Promise<void> => new Promise(setImmediate);

test('a lane runs as much at once as its limit, the rest in order', async () => {
  const lanes = createLanes({ limit: 2, maxWaiting: 10 });
  const started: number[] = [];
  const pieces = [0, 1, 2, 3].map(() => held());
  const runs = pieces.map(({ work }, at) =>
    lanes.run('a', () => {
      started.push(at);
      return work();
    }),
  );
  await settle();
  assert.deepEqual(started, [0, 1]);
  pieces[1]?.end('done');
  await settle();
  assert.deepEqual(started, [0, 1, 2]);
  for (const { end } of pieces) end('done');
  assert.deepEqual(await Promise.all(runs), Array(4).fill('done'));
  assert.deepEqual(started, [0, 1, 2, 3]);
});

test('a full lane does not hold up another', async () => {
  const lanes = createLanes({ limit: 1, maxWaiting: 10 });
  const stuck = held();
  const first = lanes.run('slow', stuck.work);
  const second = lanes.run('slow', async () => 'second');
  assert.equal(await lanes.run('quick', async () => 'at once'), 'at once');
  stuck.end('first');
  assert.deepEqual(await Promise.all([first, second]), ['first', 'second']);
});

test('work that fails makes way for the next', async () => {
  const lanes = createLanes({ limit: 1, maxWaiting: 10 });
  const stuck = held();
  const first = lanes.run('a', stuck.work);
  const second = lanes.run('a', async () => 'second');
  stuck.fail(new Error('no'));
  await assert.rejects(first, /no/);
  assert.equal(await second, 'second');
});

test('a lane too long turns away, and takes again once there is room', async () => {
  const lanes = createLanes({ limit: 1, maxWaiting: 1 });
  const stuck = held();
  const runs = [lanes.run('a', stuck.work), lanes.run('a', async () => 'waited')];
  await assert.rejects(
    lanes.run('a', async () => 'too much'),
    ArchiveUnavailable,
  );
  stuck.end('done');
  assert.deepEqual(await Promise.all(runs), ['done', 'waited']);
  assert.equal(await lanes.run('a', async () => 'again'), 'again');
});

test('an idle lane leaves nothing behind', async () => {
  const lanes = createLanes({ limit: 2, maxWaiting: 1_000 });
  await Promise.all(Array.from({ length: 500 }, (_, at) => lanes.run(`party ${at % 50}`, settle)));
  assert.equal(lanes.size, 0);
});
