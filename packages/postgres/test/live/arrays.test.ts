import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '@partyline/testkit';
import { plainArray, textArray } from '../../src/storable.ts';
import { openRaw } from './raw.ts';

test('a written array comes back from Postgres element by element', async (t) => {
  const db = openRaw(t, await testDatabase(t));
  const texts = [
    '',
    ' ',
    'NULL',
    null,
    'null',
    'a,b',
    '{}',
    '"',
    '\\',
    '\\"',
    'a\\nb',
    'two\nlines',
    '\t',
    'Ōsaka 😀',
    'a\0b',
  ];
  const { kept } = await db.one('SELECT $1::TEXT[] AS kept', [textArray(texts)]);
  assert.deepEqual(kept, texts.with(-1, 'a\uFFFDb'));
  const json = [{ a: '"x", \\ and {y}' }, [1, null], null, 'text'];
  const documents = json.map((value) => value && JSON.stringify(value));
  assert.deepEqual((await db.one('SELECT $1::JSONB[] AS kept', [textArray(documents)])).kept, json);
  const numbers = [0, -7, 2_147_483_647, null];
  assert.deepEqual((await db.one('SELECT $1::INTEGER[] AS kept', [plainArray(numbers)])).kept, numbers);
  const flags = [true, false, null];
  assert.deepEqual((await db.one('SELECT $1::BOOLEAN[] AS kept', [plainArray(flags)])).kept, flags);
  for (const write of [textArray, plainArray]) {
    assert.deepEqual((await db.one('SELECT $1::TEXT[] AS kept', [write([])])).kept, []);
  }
});
