import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import * as protocol from '../src/index.ts';
import { clientFrames, type Route, routes, serverFrames } from '../src/index.ts';
import type { Schema } from './generate.ts';

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' &&
  value !== null &&
  ['type', 'anyOf', 'oneOf'].some((keyword) => Object.hasOwn(value, keyword));

const contents = Object.values<Route>(routes).flatMap(({ body, responses }) => [body, ...Object.values(responses)]);
const requests: object[] = [
  ...clientFrames.values(),
  ...Object.values<Route>(routes).flatMap(({ body, query }) => [
    ...(body?.form === 'json' ? [body.schema] : []),
    ...(query === undefined ? [] : [query]),
  ]),
];
const all: object[] = [
  ...requests,
  ...Object.values(protocol.pathParameters),
  ...serverFrames.values(),
  ...contents.flatMap((content) => (content === undefined || !('schema' in content) ? [] : [content.schema])),
  ...Object.values<unknown>(protocol).filter(isSchema),
];

/** Every schema inside a schema, with the way to it. */
function* parts(schema: Schema, way = ''): Iterable<[way: string, part: Schema]> {
  yield [way, schema];
  for (const [name, part] of Object.entries(schema.properties ?? {})) yield* parts(part, `${way}.${name}`);
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) yield* parts(part, `${way}|`);
  if (schema.items !== undefined) yield* parts(schema.items, `${way}[]`);
  if (typeof schema.additionalProperties === 'object') yield* parts(schema.additionalProperties, `${way}.*`);
}

function faultsOf(schemas: readonly object[], rule: (part: Schema) => boolean): string[] {
  const faults = schemas.flatMap((schema) =>
    [...parts(schema as Schema)]
      .filter(([, part]) => !rule(part))
      .map(([way]) => `${(schema as Schema).title ?? JSON.stringify(schema).slice(0, 60)}${way}`),
  );
  return [...new Set(faults)];
}

test('there are schemas to look at', () => {
  assert.ok(all.length > 100, String(all.length));
  assert.ok(requests.length > 20, String(requests.length));
});

test('T20-23: every string is bounded', () => {
  const isBounded = ({ type, enum: words, const: word, maxLength }: Schema) =>
    type !== 'string' || words !== undefined || word !== undefined || maxLength !== undefined;
  assert.deepEqual(faultsOf(all, isBounded), []);
});

test('T20-23: every pattern is anchored and has a bound beside it', () => {
  const isSafe = ({ pattern, maxLength }: Schema) =>
    pattern === undefined || (pattern.startsWith('^') && pattern.endsWith('$') && maxLength !== undefined);
  assert.deepEqual(faultsOf(all, isSafe), []);
});

test('T20-23: no pattern repeats a group, so that matching stays linear', () => {
  const isLinear = ({ pattern = '' }: Schema) => !/\)[+*?{]/.test(pattern);
  assert.deepEqual(faultsOf(all, isLinear), []);
});

test('T20-23: every list is bounded and says what it lists', () => {
  const isBounded = ({ type, maxItems, items }: Schema) =>
    type !== 'array' || (maxItems !== undefined && items !== undefined);
  assert.deepEqual(faultsOf(all, isBounded), []);
});

test('T20-23: every object names its fields or bounds their number', () => {
  const isBounded = ({ type, properties, maxProperties, oneOf }: Schema) =>
    type !== 'object' || (properties ?? maxProperties ?? oneOf) !== undefined;
  assert.deepEqual(faultsOf(all, isBounded), []);
});

test('every whole number has both ends', () => {
  const isBounded = ({ type, minimum, maximum }: Schema) =>
    type !== 'integer' || (minimum !== undefined && maximum !== undefined);
  assert.deepEqual(faultsOf(all, isBounded), []);
});

test('T20-23: every object in a request is closed', () => {
  // A union of objects is as closed as each of them.
  const isClosed = ({ type, properties, oneOf, additionalProperties }: Schema) =>
    type !== 'object' || additionalProperties === false || (properties === undefined && oneOf !== undefined);
  assert.deepEqual(faultsOf(requests, isClosed), []);
});

test('every text in a request refuses NUL and lone surrogates, which Postgres cannot store', () => {
  const refuses = ({ type, enum: words, const: word, pattern = '' }: Schema) => {
    if (type !== 'string' || words !== undefined || word !== undefined) return true;
    return ['a\u0000', '\u0000', '\ud800', 'a\udc00a'].every((text) => !new RegExp(pattern, 'u').test(text));
  };
  assert.deepEqual(faultsOf([...requests, ...Object.values(protocol.pathParameters)], refuses), []);
});

test('every name is snake_case', () => {
  const isSnake = ({ properties = {} }: Schema) =>
    Object.keys(properties).every((name) => /^[a-z][a-z0-9_]*$/.test(name));
  assert.deepEqual(faultsOf(all, isSnake), []);
});

test('no rule is taken from the value it judges', () => {
  assert.ok(!JSON.stringify(all).includes('$data'));
});

test('every schema is JSON Schema, and ajv compiles it in strict mode', () => {
  const ajv = new Ajv();
  for (const schema of new Set(all)) assert.ok(ajv.validateSchema(schema), ajv.errorsText());
  for (const schema of new Set(all)) protocol.isValid(schema, null);
  for (const schema of new Set(requests)) protocol.faultsIn(schema, null);
});

test('one title means one schema', () => {
  const byTitle = new Map<string, string>();
  for (const [, part] of all.flatMap((schema) => [...parts(schema as Schema)])) {
    if (part.title === undefined) continue;
    const text = JSON.stringify(part);
    assert.equal(byTitle.get(part.title) ?? text, text, part.title);
    byTitle.set(part.title, text);
  }
});
