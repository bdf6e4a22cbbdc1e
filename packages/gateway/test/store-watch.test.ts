/** F10: how long a node that has lost the store keeps its sockets. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createStoreWatch, mostAwayMs } from '../src/store-watch.ts';
import { passingTime } from './virtual-time.ts';

function watched() {
  const time = passingTime();
  const store = { isReachable: true };
  const sent: number[] = [];
  const watch = createStoreWatch({
    health: { reachable: () => store.isReachable },
    clock: { monotonic: time.now },
    timers: time.timers,
    sendElsewhere: () => void sent.push(time.now()),
  });
  return { ...time, store, sent, watch };
}

test('sockets stay through a short outage and are sent elsewhere in a long one, as long as it lasts', async () => {
  const { store, sent, pass, watch } = watched();
  await pass(1_000);
  store.isReachable = false;
  await pass(mostAwayMs - 300);
  store.isReachable = true;
  await pass(5_000);
  assert.deepEqual(sent, []);
  store.isReachable = false;
  await pass(mostAwayMs + 1_200);
  assert.ok(sent.length >= 3, 'who comes meanwhile is sent on');
  store.isReachable = true;
  await pass(300);
  const times = sent.length;
  await pass(5_000);
  assert.equal(sent.length, times);
  store.isReachable = false;
  watch.stop();
  await pass(10_000);
  assert.equal(sent.length, times, 'it is over');
});
