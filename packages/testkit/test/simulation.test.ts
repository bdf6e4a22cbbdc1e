/** A few seeds of the simulated cluster on every check; `make test` runs two hundred, `make sim` any number. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { simulate } from '../src/simulation/simulate.ts';

test('the invariants hold on a simulated cluster under faults, whatever the seed', async () => {
  let acked = 0;
  let struck = 0;
  for (let seed = 1; seed <= 4; seed += 1) {
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
