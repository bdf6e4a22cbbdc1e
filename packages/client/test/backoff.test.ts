import assert from 'node:assert/strict';
import test from 'node:test';
import { backoffMs } from '../src/backoff.ts';

test('the bound doubles from 250 ms to 5 s and stays there', () => {
  const almostOne = () => 0.999_999;
  const bounds = Array.from({ length: 8 }, (_, failures) => backoffMs(failures, almostOne) + 1);
  assert.deepEqual(bounds, [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  assert.equal(backoffMs(10_000, almostOne), 4_999);
});

test('the wait is anywhere below the bound, so that thousands do not come back in step', () => {
  assert.equal(
    backoffMs(3, () => 0),
    0,
  );
  const waits = Array.from({ length: 1_000 }, (_, n) => backoffMs(4, () => n / 1_000));
  const quarters = [0, 1, 2, 3].map((n) => waits.filter((ms) => Math.floor(ms / 1_000) === n).length);
  assert.deepEqual(quarters, [250, 250, 250, 250]);
});
