import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientFrames, parseBody, parseClientMessage, parseQuery, type Route, routes } from '../../src/index.ts';
import { type Chance, createChance, damaged, type Schema, valueFor } from '../generate.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const bodies = [
  ...new Set(Object.values<Route>(routes).flatMap(({ body }) => (body?.form === 'json' ? [body.schema] : []))),
];
const queries = Object.values<Route>(routes).flatMap(({ query }) => (query === undefined ? [] : [query]));
const frames = [...clientFrames.values()];

/** A few hundred good values, to be damaged over and over: making them anew each time costs more than judging them. */
const specimens = (schemas: readonly object[], chance: Chance) =>
  schemas.map((schema) => ({ schema, values: Array.from({ length: 30 }, () => valueFor(schema as Schema, chance)) }));

test('50,000 damaged frames never throw, and every refusal names a usable id or none', () => {
  const chance = createChance(1);
  const made = specimens(frames, chance);
  let accepted = 0;
  for (let round = 0; round < 50_000; round += 1) {
    const parsed = parseClientMessage(damaged(chance.pick(chance.pick(made).values), chance));
    if (parsed.ok) accepted += 1;
    else {
      assert.ok(parsed.id === null || (parsed.id.length >= 1 && parsed.id.length <= 128));
      assert.ok(parsed.detail.length > 0 && parsed.detail.length <= 500, parsed.detail);
    }
  }
  assert.ok(accepted > 5_000 && accepted < 45_000, `${accepted} were accepted`);
});

test('50,000 damaged bodies never throw, and every refusal is a problem of at most 20 faults', () => {
  const chance = createChance(2);
  const made = specimens(bodies, chance);
  let accepted = 0;
  for (let round = 0; round < 50_000; round += 1) {
    const { schema, values } = chance.pick(made);
    const parsed = parseBody(schema, bytes(damaged(chance.pick(values), chance)));
    if (parsed.ok) accepted += 1;
    else {
      assert.equal(parsed.problem.status, 400);
      assert.ok((parsed.problem.document.errors ?? []).length <= 20);
    }
  }
  assert.ok(accepted > 5_000 && accepted < 45_000, `${accepted} were accepted`);
});

test('bytes that are no text and no JSON are refused', () => {
  const chance = createChance(3);
  for (let round = 0; round < 2_000; round += 1) {
    const noise = Uint8Array.from({ length: chance.below(40) }, () => chance.below(256));
    assert.equal(parseBody(chance.pick(bodies), noise).ok, false);
    assert.equal(parseClientMessage(new TextDecoder().decode(noise)).ok, false);
  }
});

test('whatever a schema describes is accepted', () => {
  const chance = createChance(4);
  for (const schema of bodies) {
    for (let round = 0; round < 100; round += 1) {
      const value = valueFor(schema as Schema, chance);
      const parsed = parseBody(schema, bytes(JSON.stringify(value)));
      assert.ok(parsed.ok, `${JSON.stringify(value)} ${parsed.ok ? '' : parsed.problem.body}`);
      assert.deepEqual(parsed.value, value);
    }
  }
  for (const schema of frames) {
    const value = valueFor(schema as Schema, chance);
    assert.deepEqual(parseClientMessage(JSON.stringify(value)), { ok: true, message: value });
  }
});

test('nothing reaches Object.prototype', () => {
  for (const name of ['__proto__', 'constructor']) {
    const nested = `{"${name}":{"polluted":true}}`;
    assert.equal(parseClientMessage(`{"type":"sync","id":"a","${name}":{"polluted":true}}`).ok, false);
    assert.equal(parseClientMessage(`{"type":"sync","id":"a","data":${nested}}`).ok, false);
    assert.equal(parseClientMessage(`{"type":"${name}","id":"a"}`).ok, false);
    for (const schema of bodies) assert.equal(parseBody(schema, bytes(nested)).ok, false);
    for (const schema of queries) assert.equal(parseQuery(schema, [[name, 'x']]).ok, false);
  }
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});

test('a body nested 20,000 deep is refused like any other', () => {
  const deep = bytes('['.repeat(20_000) + ']'.repeat(20_000));
  for (const schema of bodies) assert.equal(parseBody(schema, deep).ok, false);
});

test('a body of very many faults is refused by its first one', () => {
  const fields = Array.from({ length: 6_000 }, (_, place) => `"k${place}":1`).join(',');
  const [schema] = bodies;
  assert.ok(schema);
  const parsed = parseBody(schema, bytes(`{${fields}}`));
  assert.equal(parsed.ok ? 0 : parsed.problem.document.errors?.length, 1);
});
