/** Room codes: what is drawn, what is never drawn, and what people type. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawRoomCode, isGuessable, normaliseRoomCode } from '../src/room-code.ts';

for (const code of [
  '111111',
  '123456',
  '987654',
  '012345',
  '890123',
  '135791',
  '101010',
  '100000',
  '112211',
  '123123',
  '474747',
]) {
  test(`${code} is too easy to guess`, () => assert.equal(isGuessable(code), true));
}
for (const code of ['271828', '314159', '123465', '100234', '907856', '123321']) {
  test(`${code} is a code`, () => assert.equal(isGuessable(code), false));
}

test('a code has the digits asked for and never starts with 0', () => {
  for (const digits of [6, 7, 8, 10]) {
    for (let seed = 0; seed < 200; seed += 1) {
      const code = drawRoomCode(seeded(seed), digits);
      assert.match(code, /^[1-9][0-9]+$/);
      assert.equal(code.length, digits);
      assert.equal(isGuessable(code), false);
    }
  }
});

test('every digit is as likely as the others at every place', () => {
  const randomInt = seeded(42);
  const codes = Array.from({ length: 10_000 }, () => drawRoomCode(randomInt));
  for (let place = 0; place < 6; place += 1) {
    const digits = place === 0 ? '123456789' : '0123456789';
    const expected = codes.length / digits.length;
    for (const digit of digits) {
      const seen = codes.filter((code) => code[place] === digit).length;
      assert.ok(Math.abs(seen - expected) < expected * 0.15, `${digit} at ${place}: ${seen}, expected ${expected}`);
    }
  }
});

test('few of all codes are held back, so a code stays six digits of chance', () => {
  const all = Array.from({ length: 20_000 }, (_, index) => String(100_000 + 45 * index));
  assert.ok(all.filter(isGuessable).length < all.length * 0.01);
});

test('a broken source of chance still ends', () => {
  assert.equal(isGuessable(drawRoomCode(() => 0)), false);
});

const typed: readonly (readonly [string, string | null])[] = [
  ['271828', '271828'],
  [' 271 828 ', '271828'],
  ['271-828', '271828'],
  ['271–828', '271828'],
  ['271.828', '271828'],
  ['27\u00A018\u200B28\n', '271828'],
  ['２７１８２８', '271828'],
  ['٢٧١٨٢٨', '271828'],
  ['۲۷۱۸۲۸', '271828'],
  ['२७१८२८', '271828'],
  ['𝟐𝟕𝟏𝟖𝟐𝟖', '271828'],
  ['1234567890', '1234567890'],
  ['', null],
  ['12345', null],
  ['012345', null],
  ['27182a', null],
  ['-271828x', null],
  ['271828'.repeat(3), null],
  ['2'.repeat(100_000), null],
  ['💯271828', null],
];
for (const [input, code] of typed) {
  test(`${JSON.stringify(input.slice(0, 20))} typed is ${code}`, () => assert.equal(normaliseRoomCode(input), code));
}

/** A linear congruence is enough to count digits with. */
function seeded(seed: number): (n: number) => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}
