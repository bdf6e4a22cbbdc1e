/** Token buckets, the budget of guesses, the second step: what may be tried how often. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { secondStepMs } from '@partyline/core';
import { createGuessBudget } from '../src/guess-budget.ts';
import { createSecondStep } from '../src/second-step.ts';
import { createKeyedBuckets, createTokenBucket } from '../src/token-bucket.ts';

function takes(bucket: { take(now: number): boolean }, times: number, now: number): number {
  return Array.from({ length: times }, () => bucket.take(now)).filter(Boolean).length;
}

test('a bucket gives its burst at once, then so many a second, and never more than its burst', () => {
  const bucket = createTokenBucket({ burst: 5, per_second: 2 });
  assert.equal(takes(bucket, 10, 1_000), 5);
  assert.equal(takes(bucket, 10, 1_400), 0, '0.8 of a token is none');
  assert.equal(takes(bucket, 10, 1_500), 1);
  assert.equal(takes(bucket, 10, 2_500), 2);
  assert.equal(takes(bucket, 10, 1_000_000), 5);
});

test('a flood does not keep a bucket from filling', () => {
  const bucket = createTokenBucket({ burst: 1, per_second: 1 });
  let taken = 0;
  for (let now = 0; now < 10_000; now += 1) if (bucket.take(now)) taken += 1;
  assert.ok(taken === 10 || taken === 11, `${taken} in ten seconds`);
});

test('each key has a bucket of its own; beyond so many keys the longest unused are forgotten', () => {
  const buckets = createKeyedBuckets({ burst: 1, per_second: 0, keys: 4 });
  assert.equal(buckets.take('a', 0), true);
  assert.equal(buckets.take('a', 0), false);
  assert.equal(buckets.take('b', 0), true);
  assert.equal(buckets.take('a', 0), false, 'used again: b is the older one now');
  assert.equal(buckets.take('c', 0), true, 'b is forgotten');
  assert.equal(buckets.take('a', 0), false);
  assert.equal(buckets.take('b', 0), true, 'and starts anew');
});

test('T5: 500 joins from one address within a minute fit the default, ten times that do not', () => {
  const joins = createKeyedBuckets({ burst: 1_500, per_second: 1_500 / 60, keys: 10 });
  const school = Array.from({ length: 500 }, (_, index) => joins.take('school', index * 2));
  assert.ok(school.every(Boolean));
  const bots = Array.from({ length: 5_000 }, () => joins.take('bots', 0)).filter(Boolean);
  assert.equal(bots.length, 1_500);
});

function budget(per_minute = 10) {
  const clock = { now: 0 };
  const counted = { spent: 0 };
  const spent = (): void => {
    counted.spent += 1;
  };
  const guesses = createGuessBudget({ per_minute, now: () => clock.now, spent });
  return { ...guesses, clock, counted };
}

test('T4: an address that missed too often waits for the end of its minute', () => {
  const guesses = budget(3);
  for (let miss = 0; miss < 3; miss += 1) {
    assert.equal(guesses.isSpent('a'), false);
    guesses.failed('a');
  }
  assert.equal(guesses.isSpent('a'), true);
  assert.equal(guesses.isSpent('b'), false, 'others are not held up');
  assert.equal(guesses.counted.spent, 1);
  guesses.clock.now = 59_999;
  assert.equal(guesses.isSpent('a'), true);
  guesses.clock.now = 60_000;
  assert.equal(guesses.isSpent('a'), false);
});

test('T4: 100,000 guesses from one address come to as many as it is allowed', () => {
  const guesses = budget(60);
  let looked = 0;
  for (let guess = 0; guess < 100_000; guess += 1) {
    if (guesses.isSpent('a')) continue;
    looked += 1;
    guesses.failed('a');
  }
  assert.equal(looked, 60);
});

test('T4: guesses from many addresses spend what all have together; then each has one miss, and nobody else is shut out', () => {
  const guesses = budget(10);
  let looked = 0;
  for (let guess = 0; guess < 100_000; guess += 1) {
    const address = `10.0.0.${guess % 1_000}`;
    if (guesses.isSpent(address)) continue;
    looked += 1;
    guesses.failed(address);
  }
  assert.ok(looked <= 10 * 50 + 1_000, `${looked} looked up`);
  assert.equal(guesses.isSpent('192.0.2.1'), false, 'somebody new may still look');
});

test('T4: however many addresses there are, what is kept of them is bounded', () => {
  const guesses = budget(2);
  guesses.failed('first');
  guesses.failed('first');
  assert.equal(guesses.isSpent('first'), true);
  for (let index = 0; index < 50_001; index += 1) guesses.failed(`x${index}`);
  assert.equal(guesses.isSpent('first'), false, 'the oldest is forgotten');
  assert.equal(guesses.isSpent('x50000'), true, 'what all have spent together is not: one miss is enough now');
});

const keys = ['a'.repeat(32)];
const party_id = '6b6f0f0e-3b5a-4d5e-9b7e-0d1f2a3b4c5d';

test('the second step is the same on every node with the same key, and another one for another party or key', () => {
  const now = 1_800_000_000_000;
  const [one, two] = [createSecondStep(keys), createSecondStep(keys)];
  const { code } = one.shown(party_id, now);
  assert.match(code, /^\d{4}$/);
  assert.equal(two.shown(party_id, now).code, code);
  assert.ok(two.isRight(party_id, code, now));
  const others = Array.from({ length: 50 }, (_, index) => one.shown(`party-${index}`, now).code);
  assert.ok(new Set(others).size > 40);
  const elsewhere = Array.from(
    { length: 50 },
    (_, at) => createSecondStep(['b'.repeat(32)]).shown(party_id, now + at * secondStepMs).code,
  );
  const here = Array.from({ length: 50 }, (_, at) => one.shown(party_id, now + at * secondStepMs).code);
  assert.ok(here.filter((shown, at) => shown === elsewhere[at]).length < 3);
});

test('a second step is good while it is shown and for one window after, and not before', () => {
  const step = createSecondStep(keys);
  const start = 60_000 * secondStepMs;
  const { code, changes_in_ms } = step.shown(party_id, start);
  assert.equal(changes_in_ms, secondStepMs);
  assert.ok(step.isRight(party_id, code, start + secondStepMs - 1));
  assert.ok(step.isRight(party_id, code, start + 2 * secondStepMs - 1));
  assert.equal(step.isRight(party_id, code, start + 2 * secondStepMs), false);
  assert.equal(step.isRight(party_id, code, start - 1), false);
  for (const typed of [undefined, '', '0', `${code}0`, ` ${code}`])
    assert.equal(step.isRight(party_id, typed, start), false, String(typed));
});

test('after a change of keys what the older nodes show is still taken', () => {
  const now = 1_800_000_000_000;
  const shown = createSecondStep(keys).shown(party_id, now).code;
  assert.ok(createSecondStep(['b'.repeat(32), ...keys]).isRight(party_id, shown, now));
});
