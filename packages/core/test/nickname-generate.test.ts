/** Generated nicknames: clean, within bounds, many, and the same for the same `random`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanNickname } from '../src/nickname/clean-nickname.ts';
import { generateNickname, nicknameCandidates } from '../src/nickname/generate-nickname.ts';
import { type NicknameTheme, nicknameThemes } from '../src/nickname/nickname-themes.ts';
import { isLetters } from '../src/nickname/person-name.ts';
import { hasProfanity } from '../src/nickname/profanity.ts';

const themes = Object.keys(nicknameThemes) as NicknameTheme[];

for (const theme of themes) {
  test(`N21: every word of ${theme} is clean, alone and where it meets another`, () => {
    const { adjectives, nouns } = nicknameThemes[theme];
    for (const word of [...adjectives, ...nouns]) {
      assert.match(word, /^[A-Z][a-z]{2,8}$/);
      assert.equal(hasProfanity(word), false, word);
    }
    assert.equal(new Set(nouns).size, nouns.length);
    assert.equal(new Set(adjectives).size, adjectives.length);
    // Pairs by stride: every noun with several adjectives, in a fraction of the time of all.
    for (const [index, noun] of nouns.entries()) {
      for (let step = 0; step < 4; step += 1) {
        const pair = `${adjectives[(index * 7 + step * 13) % adjectives.length]} ${noun}`;
        assert.equal(hasProfanity(pair), false, pair);
      }
    }
  });
}

test('N21: every attempt at every length limit gives a nickname that is clean and fits', () => {
  const random = seeded(7);
  for (let max = 1; max <= 20; max += 1) {
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const nickname = generateNickname(random, { max, attempt });
      assert.deepEqual(cleanNickname(nickname, { min: 1, max }), { ok: true, nickname });
    }
  }
});

test('N22: the first attempts are words alone, later ones carry two digits, then four', () => {
  for (const [attempt, form] of [
    [0, /^\D+$/],
    [2, /^\D+$/],
    [3, /^\D+ [1-9]\d$/],
    [5, /^\D+ [1-9]\d$/],
    [6, /^\D+ [1-9]\d{3}$/],
    [99, /^\D+ [1-9]\d{3}$/],
  ] as const) {
    for (const theme of themes) assert.match(generateNickname(seeded(attempt), { theme, attempt }), form);
  }
  assert.equal(isLetters(generateNickname(seeded(1))), true);
});

test('N23: the same random gives the same nicknames', () => {
  const draw = (seed: number) => nicknameCandidates(seeded(seed), { count: 10 });
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
});

test('N22: candidates differ from one another, words alone first, and end where a limit leaves few', () => {
  const many = nicknameCandidates(seeded(3), { count: 60, theme: 'space' });
  assert.equal(new Set(many).size, 60);
  assert.match(many[0] ?? '', /^\D+$/);
  assert.match(many.at(-1) ?? '', /\d{4}$/);
  assert.ok(nicknameCandidates(seeded(3), { count: 60, max: 1 }).length <= 10);
});

test('N22: two thousand players get nicknames within nine attempts each', () => {
  const random = seeded(11);
  const taken = new Set<string>();
  for (let player = 0; player < 2_000; player += 1) {
    let attempt = 0;
    let nickname = generateNickname(random, { attempt });
    while (taken.has(nickname)) {
      attempt += 1;
      assert.ok(attempt < 9);
      nickname = generateNickname(random, { attempt });
    }
    taken.add(nickname);
  }
});

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
