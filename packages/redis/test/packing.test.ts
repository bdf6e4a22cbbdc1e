import assert from 'node:assert/strict';
import test from 'node:test';
import type { Choice, Envelope } from '@partyline/core';
import fc from 'fast-check';
import { decodeEnvelope, encodeEnvelope } from '../src/envelope-line.ts';
import { packedAnswer, unpackedAnswer } from '../src/packed-answer.ts';
import { packedHold, unpackedHold } from '../src/packed-hold.ts';
import { packedStanding, unpackedStanding } from '../src/packed-standing.ts';

/** Any code units, halves of pairs among them. */
const textOf = (minLength: number) =>
  fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength }).map((units) => String.fromCharCode(...units));
const text = textOf(0);
const count = fc.nat();
const plain = { noNullPrototype: true };

test('an answer comes back as it was packed, behind the time the script writes before it', () => {
  const choice: fc.Arbitrary<Choice | null> = fc.oneof(text, fc.array(text), fc.integer(), fc.constant(null));
  fc.assert(
    fc.property(text, choice, count, (id, picked, elapsed_ms) => {
      assert.deepEqual(unpackedAnswer(`${elapsed_ms}${packedAnswer(id, picked)}`), { id, choice: picked, elapsed_ms });
    }),
  );
});

test('what a player holds comes back as it was packed', () => {
  const key = fc.option(textOf(1));
  const keys = { nickname_key: key, roster_key: key, idempotency_key: key };
  const hold = fc.record({ ...keys, identity_keys: fc.array(text) }, plain);
  fc.assert(fc.property(hold, (given) => assert.deepEqual(unpackedHold(packedHold(given)), given)));
});

test('a standing comes back as it was packed', () => {
  const correct = fc.constantFrom(true, false, null);
  const last = fc.record({ answered: fc.boolean(), correct, points: count }, plain);
  const numbers = { score: count, correct: count, answered: count, streak: count, rank: count };
  const standing = fc.record({ ...numbers, answered_ms: count, correct_ms: count, last }, plain);
  fc.assert(fc.property(standing, (given) => assert.deepEqual(unpackedStanding(packedStanding(given)), given)));
});

const envelope: fc.Arbitrary<Envelope> = fc.record(
  {
    ...{ epoch: count, seq: count, type: text, round: count, frame: text },
    audience: fc.oneof(fc.constantFrom('all', 'host', 'players'), fc.record({ reply_to: text }, plain)),
    form: fc.constantFrom('shared', 'personal', 'last'),
    told_at: fc.option(count),
  },
  plain,
);

test('an envelope comes back as it was sent, whatever its frame holds', () => {
  fc.assert(fc.property(envelope, (sent) => assert.deepEqual(decodeEnvelope(encodeEnvelope(sent)), sent)));
});

test('an envelope of the version that did not say when is one', () => {
  const line = '[1,2,"lobby","all","shared",0]\n{}';
  const older = {
    epoch: 1,
    seq: 2,
    type: 'lobby',
    audience: 'all',
    form: 'shared',
    round: 0,
    told_at: null,
    frame: '{}',
  };
  assert.deepEqual(decodeEnvelope(line), older);
});

test('what is none of our envelopes is none, and no error', () => {
  const headers = [
    '',
    '1',
    'null',
    '[]',
    '{"epoch":1}',
    '[1,2,"a","everybody","shared",0]',
    '[1,2,"a","all","torn",0]',
  ];
  headers.push(
    '[1,"2","a","all","shared",0]',
    '[1,2,3,"all","shared",0]',
    '[1,2,"a",null,"shared",0]',
    '[1,2,"a",{},"shared",0]',
    '[1,2,"a","all","shared",0,"now"]',
  );
  for (const header of headers) assert.equal(decodeEnvelope(`${header}\n{}`), null, header);
  assert.equal(decodeEnvelope('[1,2,"a","all","shared",0]'), null, 'no frame');
  fc.assert(fc.property(text, (junk) => assert.equal(decodeEnvelope(junk), null)));
});
