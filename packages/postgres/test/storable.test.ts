import assert from 'node:assert/strict';
import test from 'node:test';
import { storableJson, storableText } from '../src/storable.ts';

const texts: [what: string, given: string, kept: string][] = [
  ['plain text', 'Ann', 'Ann'],
  ['any language and emoji', 'Ōsaka 😀', 'Ōsaka 😀'],
  ['NUL', 'a\0b', 'a\uFFFDb'],
];

for (const [what, given, kept] of texts) test(`text: ${what}`, () => assert.equal(storableText(given), kept));

const values: [what: string, given: unknown, kept: string | null][] = [
  ['null', null, null],
  ['undefined', undefined, null],
  ['a number', 3.5, '3.5'],
  ['the text null', 'null', '"null"'],
  ['emoji', '😀', '"😀"'],
  ['NUL in a text', { a: ['x\0'] }, '{"a":["x\uFFFD"]}'],
  ['NUL in a name', { 'a\0': 1 }, '{"a\uFFFD":1}'],
  ['half a pair', ['\ud83d', '\ude00'], '["\uFFFD","\uFFFD"]'],
  ['a backslash before u0000', '\\u0000', '"\\\\u0000"'],
];

for (const [what, given, kept] of values) test(`JSON: ${what}`, () => assert.equal(storableJson(given), kept));
