import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  encodeFrame,
  faultIn,
  readServerMessage,
  type ServerMessageType,
  StatePersonal,
  type StateView,
  StateView as StateViewSchema,
  serverFrames,
  serverMessages,
  serverMessageTypes,
  splicePersonal,
  spliceState,
  You,
} from '../src/index.ts';
import { createChance, type Schema, valueFor } from './generate.ts';

const frameOf = (type: ServerMessageType) => serverFrames.get(type) ?? assert.fail(type);
const at = { epoch: 3, seq: 41 };
const dataOf = (type: ServerMessageType, chance = createChance(1)) =>
  valueFor(serverMessages[type].data as Schema, chance) as never;

test('every message reads back as it was encoded and fits its own schema', () => {
  const chance = createChance(5);
  for (const type of serverMessageTypes) {
    for (let round = 0; round < 50; round += 1) {
      const data = dataOf(type, chance);
      const frame = encodeFrame(type, at, data);
      assert.deepEqual(readServerMessage(frame), { type, ...at, data });
      assert.equal(faultIn(frameOf(type), JSON.parse(frame)), null);
    }
  }
});

test('the personal part is put behind whatever data there is', () => {
  const chance = createChance(6);
  for (let round = 0; round < 500; round += 1) {
    const you = valueFor(You as Schema, chance) as You;
    const { you: _theirs, ...data } = valueFor(serverMessages.reveal.data as Schema, chance) as { you?: You };
    const spliced = splicePersonal(encodeFrame('reveal', at, data as never), you);
    assert.deepEqual(JSON.parse(spliced), { type: 'reveal', ...at, data: { ...data, you } });
    assert.equal(faultIn(frameOf('reveal'), JSON.parse(spliced)), null);
  }
});

test('empty data, and data that ends in an empty object or in braces as text, are spliced like any other', () => {
  const you = valueFor(You as Schema, createChance(7)) as You;
  for (const data of [{}, { counts: {} }, { text: '{' }, { text: '}}' }, { text: '"{' }]) {
    assert.deepEqual(JSON.parse(splicePersonal(encodeFrame('locked', at, data), you)).data, { ...data, you });
  }
});

test('a state is the shared view and the personal part in one frame', () => {
  const chance = createChance(8);
  for (let round = 0; round < 500; round += 1) {
    const view = valueFor(StateViewSchema as Schema, chance) as StateView;
    const personal = valueFor(StatePersonal as Schema, chance) as StatePersonal;
    const frame = spliceState(JSON.stringify(view), at, personal);
    assert.deepEqual(readServerMessage(frame), { type: 'state', ...at, data: { ...view, ...personal } });
    assert.equal(faultIn(frameOf('state'), JSON.parse(frame)), null);
  }
});

test('a client passes over what it does not know and what is no frame', () => {
  const texts = [
    '',
    '5',
    'null',
    '[]',
    '{}',
    '{"type":"dance","epoch":1,"seq":1,"data":{}}',
    '{"type":"ping","seq":1,"data":{}}',
  ];
  for (const text of texts) assert.equal(readServerMessage(text), null, text);
  assert.notEqual(readServerMessage('{"type":"ping","epoch":1,"seq":0,"data":{"later":true}}'), null);
});
