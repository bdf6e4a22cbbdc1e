/** A few seeds of the simulated cluster on every check; `make test` runs two hundred, `make sim` any number. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { simulate } from '../src/simulation/simulate.ts';

test('the invariants hold on a simulated cluster under faults, whatever the seed', async () => {
  let acked = 0;
  let struck = 0;
  for (let seed = 1; seed <= 5; seed += 1) {
    const result = await simulate(seed);
    assert.deepEqual(result.violations, [], `seed ${seed}: make sim SEEDS=${seed}..`);
    acked += result.acked;
    struck += result.story.length;
  }
  assert.ok(acked > 20 && struck > 10, `${acked} answers and ${struck} faults are too few to prove anything`);
});

test('a seed tells the same story twice', async () => {
  const [first, second] = [await simulate(7), await simulate(7)];
  assert.deepEqual(first.story, second.story);
  assert.equal(first.acked, second.acked);
});

// 51: a round revealed, lost with the store, played again and skipped. 240: a leader that stood still heard late of its
// commit. 302: an answer that its gateway could not judge, as the round was open again. 6, 15: hosts that kick.
test('seeds that once failed hold, and so do rooms with a host', async () => {
  for (const seed of [6, 15, 51, 240, 302]) {
    const { violations } = await simulate(seed);
    assert.deepEqual(violations, [], `seed ${seed}: make sim SEEDS=${seed}..`);
  }
});
