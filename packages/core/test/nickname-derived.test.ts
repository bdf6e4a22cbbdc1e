/** Nicknames of those who sent none: the user id, told apart by a number, or a made-up name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanNickname } from '../src/nickname/clean-nickname.ts';
import { derivedNickname } from '../src/nickname/derived-nickname.ts';

const bounds = { min: 1, max: 20 };
const derived = (user_id: string | null, attempt: number, max = 20): string =>
  derivedNickname(user_id, { ...bounds, max }, { random: () => 0.42, attempt });

test('N24: the user id is the nickname, with a longer number the more often it was taken', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 9].map((attempt) => derived('ann', attempt)),
    ['ann', 'ann 44', 'ann 44', 'ann 4444', 'ann 4444', 'ann 444444', 'ann 444444'],
  );
});

test('N24: the number fits behind a long user id', () => {
  assert.equal(derived('x'.repeat(20), 0), 'x'.repeat(20));
  assert.equal(derived('x'.repeat(20), 1), `${'x'.repeat(17)} 44`);
});

test('N24: what is no nickname gives way to a made-up one', () => {
  for (const user_id of [null, 'x'.repeat(21), 'a\u202eb', '...', '\u200b']) {
    for (const attempt of [0, 1, 5]) assert.match(derived(user_id, attempt), /^[A-Z][a-z]+ [A-Z][a-z]+( \d+)?$/);
  }
});

test('N24: whatever the user id and the bounds, it is a nickname within them', () => {
  for (const user_id of ['ann', '👩‍👩‍👧‍👦'.repeat(9), 'नमस्ते', "'=1+1", ' a b ']) {
    for (let max = 1; max <= 20; max += 1) {
      for (let attempt = 0; attempt < 8; attempt += 1) {
        const nickname = derived(user_id, attempt, max);
        assert.ok(cleanNickname(nickname, { min: 1, max }).ok, JSON.stringify({ user_id, max, attempt, nickname }));
      }
    }
  }
});
