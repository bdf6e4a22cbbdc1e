import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type CloseReason,
  closeCodes,
  type ProblemCode,
  problems,
  type WsErrorCode,
  wsErrors,
} from '@partyline/protocol';
import { closeReason } from '../src/browser/seat/use-party.ts';
import {
  adviceOn,
  adviceOnRefusal,
  adviceOnRoomCode,
  farewell,
  offlineAdvice,
  sentence,
} from '../src/browser/words/advice.ts';

test('every refusal of a call has a sentence that is about it alone', () => {
  const said = (Object.keys(problems) as ProblemCode[]).map((code) => adviceOn({ code, detail: '' }));
  for (const advice of said) assert.match(advice, /^[A-Z].{10,}[.!]$/u);
  assert.equal(new Set(said).size, said.length);
});

test('a code from a newer server still says what to do', () => {
  const unknown = { code: 'brand_new' as ProblemCode, detail: '' };
  assert.match(adviceOn(unknown), /try again/i);
  assert.match(adviceOn({ code: 'constructor' as ProblemCode, detail: '' }), /try again/i);
  assert.equal(adviceOn(null), offlineAdvice);
});

test('what the server says of a nickname is passed on', () => {
  assert.equal(adviceOn({ code: 'nickname_refused', detail: 'use letters only' }), 'Use letters only.');
  assert.doesNotMatch(adviceOn({ code: 'internal', detail: 'SELECT failed' }), /SELECT/);
});

test('whatever is typed as a room code, it is the code that is said to be wrong', () => {
  const { code, detail } = { code: 'room_not_found', detail: '' } as const;
  assert.equal(adviceOnRoomCode({ code: 'not_found', detail: '' }), adviceOn({ code, detail }));
  assert.match(adviceOnRoomCode({ code, detail }), /^No room has this code/);
  assert.equal(adviceOnRoomCode(null), offlineAdvice);
});

test('every refusal on a socket has a sentence', () => {
  for (const code of Object.keys(wsErrors) as WsErrorCode[]) assert.match(adviceOnRefusal(code), /^[A-Z].{10,}\.$/u);
  assert.match(adviceOnRefusal('not_allowed', 'another screen of the host has control'), /take control back/i);
});

test('every close code that does not mean to reconnect has its own farewell', () => {
  for (const [reason, { code }] of Object.entries(closeCodes) as [CloseReason, { code: number }][]) {
    assert.equal(closeReason(code), reason);
    const { title, advice } = farewell(reason);
    assert.ok(title.length > 5 && advice.endsWith('.'), reason);
  }
  assert.equal(closeReason(1_006), null);
});

test('a detail becomes a sentence once', () => {
  assert.equal(sentence('the party is paused: resume it first'), 'The party is paused: resume it first.');
  assert.equal(sentence('Choose a nickname.'), 'Choose a nickname.');
});
