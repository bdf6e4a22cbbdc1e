import assert from 'node:assert/strict';
import test from 'node:test';
import { createRecentMap } from '../src/recent-map.ts';

test('what was set last stays, and no more than asked for', () => {
  const map = createRecentMap<number>(1_000);
  for (let n = 0; n < 10_000; n += 1) {
    map.set(`k${n}`, n);
    map.set('often', n);
    assert.equal(map.get(`k${Math.max(0, n - 400)}`), Math.max(0, n - 400));
  }
  assert.equal(map.get('often'), 9_999);
  const kept = Array.from({ length: 10_000 }, (_, n) => map.get(`k${n}`)).filter((value) => value !== undefined);
  assert.ok(kept.length <= 1_000, `${kept.length} are kept`);
});
