import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { createKeys, keysOfParty } from '../src/keys.ts';

const lua = new URL('../src/lua/', import.meta.url);
const scripts = readdirSync(lua)
  .filter((name) => name.endsWith('.lua'))
  .map((name) => ({ name, text: readFileSync(new URL(name, lua), 'utf8') }));
const typescript = readFileSync(new URL('../src/scripts.ts', import.meta.url), 'utf8');

test('every script opens with its contract, and its header ends where it should', () => {
  for (const { name, text } of scripts) {
    const header = text.slice(0, text.indexOf(']]'));
    assert.match(header, /^--\[\[\n/, name);
    for (const part of ['KEYS[1]', 'ARGV[1]', 'Returns']) {
      if (part !== 'ARGV[1]' || text.includes('ARGV')) assert.ok(header.includes(part), `${name}: ${part}`);
    }
  }
});

test('every script documents as many keys as it takes', () => {
  for (const { name, text } of scripts) {
    const end = text.indexOf(']]');
    const numbers = (part: string) => [...part.matchAll(/KEYS\[(\d+)/g)].map(([, number]) => Number(number));
    assert.ok(Math.max(...numbers(text.slice(0, end))) >= Math.max(...numbers(text.slice(end))), name);
  }
});

test('scripts on disk and script names are the same', () => {
  const names = [...typescript.matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, name]) => `${name}.lua`);
  assert.deepEqual(scripts.map(({ name }) => name).toSorted(), names.toSorted());
});

test('nothing looks through all keys, and no channel is subscribed by pattern', () => {
  const sources = readdirSync(new URL('../src/', import.meta.url))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(`../src/${name}`, import.meta.url), 'utf8'));
  for (const text of [...scripts.map((script) => script.text), ...sources]) {
    assert.doesNotMatch(text, /'KEYS'|\.keys\('|'SCAN'|\.scan\(|psubscribe|flush(db|all)/i);
  }
});

test('all keys and channels of a party share its hash tag, the others none', () => {
  const keys = createKeys('test');
  const ofParty = keys.ofParty('p-1');
  const { channel, wake, lease } = ofParty;
  for (const key of [...keysOfParty(ofParty, 3), channel, wake, lease]) assert.match(key, /^test:\{p-1\}:[a-z:0-9]+$/);
  assert.equal(new Set(keysOfParty(ofParty, 3)).size, 11 + 3 * 4);
  for (const key of [keys.code('123'), keys.live, keys.gateways, keys.announce, keys.birth, keys.pulse('n')]) {
    assert.doesNotMatch(key, /[{}]/);
  }
});
