import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClientMessage, parseClientMessage } from '../src/index.ts';

const parsed = (message: unknown) => parseClientMessage(JSON.stringify(message));
const answer = (choice: unknown, more: object = {}) =>
  parsed({ type: 'answer', id: 'm1', data: { round: 1, choice, ...more } });

test('an answer carries its round and its choice', () => {
  const result = answer('b');
  assert.ok(result.ok);
  assert.deepEqual(result.message, { type: 'answer', id: 'm1', data: { round: 1, choice: 'b' } });
});

test('a choice is an id, a list of ids, a text or a number, each within its bound', () => {
  for (const choice of ['b', ['a', 'b'], [], '', 'x'.repeat(500), 0, -3.5, 1e15, Array(20).fill('x'.repeat(64))]) {
    assert.ok(answer(choice).ok, JSON.stringify(choice));
  }
  for (const choice of [
    'x'.repeat(501),
    Array(21).fill('a'),
    ['x'.repeat(65)],
    [['a']],
    [1],
    {},
    null,
    true,
    'a\u0000',
    '\ud800',
  ]) {
    assert.equal(answer(choice).ok, false, JSON.stringify(choice));
  }
  assert.equal(parseClientMessage('{"type":"answer","id":"m","data":{"round":1,"choice":1e999}}').ok, false);
});

test('T8: an answer that declares its own time is refused', () => {
  for (const claim of ['elapsed_ms', 'time', 'sent_at', 'score', 'points', 'user_id']) {
    assert.deepEqual(answer('b', { [claim]: 1 }), {
      ok: false,
      id: 'm1',
      detail: `data.${claim} is not a field that is known here`,
    });
  }
  assert.equal(parsed({ type: 'answer', id: 'm1', at: 1, data: { round: 1, choice: 'b' } }).ok, false);
});

test('commands without data may leave it out, send it empty, and put nothing into it', () => {
  for (const type of ['start', 'next', 'skip', 'pause', 'resume', 'lock', 'unlock', 'end', 'sync']) {
    assert.ok(parsed({ type, id: '1' }).ok, type);
    assert.ok(parsed({ type, id: '1', data: {} }).ok, type);
    assert.equal(parsed({ type, id: '1', data: { round: 1 } }).ok, false, type);
    assert.equal(parsed({ type, id: '1', data: null }).ok, false, type);
  }
});

test('extend takes 1 to 300 seconds; kick, ban and approve name a player', () => {
  for (const seconds of [1, 300]) assert.ok(parsed({ type: 'extend', id: '1', data: { seconds } }).ok);
  for (const seconds of [0, 301, 1.5, '5', null]) {
    assert.equal(parsed({ type: 'extend', id: '1', data: { seconds } }).ok, false);
  }
  for (const type of ['kick', 'ban', 'approve']) {
    assert.ok(parsed({ type, id: '1', data: { user_id: 'ana' } }).ok);
    for (const user_id of ['', 'x'.repeat(65), 'a\nb', 7])
      assert.equal(parsed({ type, id: '1', data: { user_id } }).ok, false);
    assert.equal(parsed({ type, id: '1' }).ok, false);
  }
});

test('a refusal repeats the id where it is a usable one', () => {
  const idOf = (message: unknown) => {
    const result = parsed(message);
    return result.ok ? assert.fail('it was accepted') : result.id;
  };
  assert.equal(idOf({ type: 'dance', id: 'm7' }), 'm7');
  assert.equal(idOf({ type: 'answer', id: 'm8', data: {} }), 'm8');
  assert.equal(idOf({ id: 'm9' }), 'm9');
  for (const id of ['', 'x'.repeat(65), 5, null, { a: 1 }, 'a\u0007', '\udc00'])
    assert.equal(idOf({ type: 'sync', id }), null);
  for (const message of ['text', 5, null, [], [{ type: 'sync', id: 'm' }]]) assert.equal(idOf(message), null);
});

test('a refusal names the field and never repeats its value', () => {
  const result = answer({ secret: 'canary' });
  assert.deepEqual(result, { ok: false, id: 'm1', detail: 'data.choice must be string or array or number' });
});

test('the type of a parsed message tells which data it has', () => {
  const seconds = (message: ClientMessage): number => (message.type === 'extend' ? message.data.seconds : 0);
  const result = parsed({ type: 'extend', id: '1', data: { seconds: 9 } });
  assert.equal(result.ok && seconds(result.message), 9);
});
