/** Threat T12: nobody plays under a name that looks like somebody else's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookalikeKey } from '../src/nickname/lookalike-key.ts';
import { distinct, lookalikes, realNames } from './nickname-vectors.ts';

for (const [taken, wanted] of lookalikes) {
  test(`N16: ${wanted} looks like ${taken}`, () => assert.equal(lookalikeKey(wanted), lookalikeKey(taken)));
}

for (const [one, other] of distinct) {
  test(`N16: ${one} and ${other} are told apart`, () => assert.notEqual(lookalikeKey(one), lookalikeKey(other)));
}

test('N16: no two of a hundred real names share a key', () => {
  const names = Object.values(realNames).flat();
  assert.equal(new Set(names.map(lookalikeKey)).size, names.length);
});

test('N16: no two of ten thousand numbered players share a key', () => {
  const keys = new Set(Array.from({ length: 10_000 }, (_, index) => lookalikeKey(`Player ${index}`)));
  assert.equal(keys.size, 10_000);
});

test('N16: a key is never empty', () => {
  for (const name of ['.', '_', "'", '-', '\u0301', '🦊', '(']) assert.notEqual(lookalikeKey(name), '');
});

test('N16: upper or lower case makes no other key', () => {
  for (const name of Object.values(realNames).flat()) {
    assert.equal(lookalikeKey(name.toUpperCase()), lookalikeKey(name.toLowerCase()), name);
  }
});
