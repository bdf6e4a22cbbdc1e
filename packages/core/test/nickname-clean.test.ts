/** Threat T12: what is shown of a nickname, what is refused, and how long it counts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanNickname } from '../src/nickname/clean-nickname.ts';
import { nicknameLength } from '../src/nickname/graphemes.ts';
import { quickPartyDefaults, roomDefaults } from '../src/settings.ts';
import { cleaned, measured, refused } from './nickname-vectors.ts';

const bounds = { min: 1, max: 20 };

for (const [why, raw, nickname] of cleaned) {
  test(`N1, N2: shown: ${why}`, () => assert.deepEqual(cleanNickname(raw, bounds), { ok: true, nickname }));
}

for (const [why, raw, reason] of refused) {
  test(`N2, N3, N4, N5: refused: ${why}`, () => {
    const result = cleanNickname(raw, bounds);
    assert.equal(result.ok ? `accepted as ${result.nickname}` : result.reason, reason);
  });
}

for (const [what, raw, length] of measured) {
  test(`N5: the length of ${what} is ${length}`, () => {
    assert.equal(nicknameLength(raw), length);
    assert.equal(cleanNickname(raw, { min: length, max: length }).ok, true);
    assert.equal(reasonOf(raw, { min: 1, max: length - 1 }), 'too_long');
    assert.equal(reasonOf(raw, { min: length + 1, max: 99 }), 'too_short');
  });
}

test('N5: a nickname has 1 to 20 graphemes in a party that says nothing of it', () => {
  for (const { nickname_policy } of [quickPartyDefaults, roomDefaults]) {
    assert.deepEqual({ min: nickname_policy.min, max: nickname_policy.max }, bounds);
  }
});

test('N6: a refusal speaks of the bounds and never repeats what was typed', () => {
  const result = cleanNickname('Rumpelstiltskin', { min: 1, max: 8 });
  assert.deepEqual(result, { ok: false, reason: 'too_long', detail: 'Choose a nickname of at most 8 characters.' });
});

test('N7: whatever is typed, a clean nickname is clean, of lawful length, and stays as it is when cleaned again', () => {
  const sign = fc.oneof(
    // Any two code points, surrogates among them: fast-check's own `binary` lists all of Unicode before it draws one.
    fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 2 }).map((points) => String.fromCodePoint(...points)),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.constantFrom(
      '\u200D',
      '\u200C',
      '\uFE0F',
      '\u0301',
      'क',
      '्',
      '👍',
      '🏽',
      'ㅋ',
      'ำ',
      '\u180E',
      '1\u20E3',
      '´',
      'e',
    ),
  );
  const typed = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(typed, (raw) => {
      const once = cleanNickname(raw, bounds);
      if (!once.ok) return;
      assert.deepEqual(cleanNickname(once.nickname, bounds), once);
      assert.doesNotMatch(once.nickname, /\p{Cc}|\p{Bidi_Control}|\p{Co}|\p{Cs}|^\s|\s$|\s\s/u);
      assert.ok(nicknameLength(once.nickname) >= 1 && nicknameLength(once.nickname) <= 20);
    }),
    { seed: 12, numRuns: 400 },
  );
});

function reasonOf(raw: string, within: { min: number; max: number }): string {
  const result = cleanNickname(raw, within);
  return result.ok ? 'accepted' : result.reason;
}
