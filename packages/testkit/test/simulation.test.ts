/** A few seeds of the simulated cluster on every check; `make test` runs two hundred, `make sim` any number. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { simulate } from '../src/simulation/simulate.ts';

test('the invariants hold on a simulated cluster under faults, and a seed tells the same story twice', async () => {
  let acked = 0;
  let struck = 0;
  const stories = new Map<number, string[]>();
  for (const seed of [1, 2, 3, 1]) {
    const { violations, story, ...result } = await simulate(seed);
    assert.deepEqual(violations, [], `seed ${seed}: make sim SEEDS=${seed}..`);
    assert.deepEqual(stories.get(seed) ?? story, story);
    stories.set(seed, story);
    acked += result.acked;
    struck += story.length;
  }
  assert.ok(acked > 20 && struck > 10, `${acked} answers and ${struck} faults are too few to prove anything`);
});
