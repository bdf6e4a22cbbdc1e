/** Ids of ours: who may not choose them, and what they give away. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { isReservedId, personId, personKey, strangerId } from '../src/person.ts';

test('ids of ours are reserved, and what people choose is not', () => {
  for (const id of [strangerId(), personId(personKey('a host key'), '17')]) assert.ok(isReservedId(id), id);
  for (const id of ['ann', 'p_ann', 'p_1234567890123', 'P_123456789012', 'p_12345678901.', 'xp_123456789012'])
    assert.ok(!isReservedId(id), id);
});

test('the same reference is the same id with the same key, and the key is not the host key', () => {
  const key = personKey('a host key');
  assert.equal(personKey('a host key'), key);
  assert.ok(!key.includes('a host key'));
  assert.equal(personId(key, '17'), personId(key, '17'));
  assert.notEqual(personId(key, '17'), personId(personKey('another host key'), '17'));
  assert.equal(new Set(Array.from({ length: 1_000 }, (_, ref) => personId(key, String(ref)))).size, 1_000);
});
