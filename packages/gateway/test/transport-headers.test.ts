import assert from 'node:assert/strict';
import test from 'node:test';
import { closeReason, joinedHeaders, offeredProtocols, responseHeaders } from '../src/transport/headers.ts';

test('fields are joined under their lower-case names in the order sent', () => {
  const headers = joinedHeaders([
    ['X-A', '1'],
    ['b', '2'],
    ['x-a', '3'],
  ]);
  assert.deepEqual(
    [...headers],
    [
      ['x-a', '1, 3'],
      ['b', '2'],
    ],
  );
});

test('names that are no tokens and framing fields are left out of an answer', () => {
  const sent = {
    'X-Ok': '1',
    'bad name': '2',
    'bad:name': '3',
    'x\r\ny': '4',
    '': '5',
    Connection: 'close',
    upgrade: 'x',
  };
  assert.deepEqual(responseHeaders(sent), [['x-ok', '1']]);
});

test('values keep printable ASCII and tabs, anything else becomes a question mark', () => {
  assert.deepEqual(responseHeaders({ a: 'x\ty ~"', b: '\r\n\0\x7fé🎉' }), [
    ['a', 'x\ty ~"'],
    ['b', '???????'],
  ]);
});

test('offered protocols keep their order, without spaces and empties', () => {
  const offered = (value?: string) =>
    offeredProtocols(new Map(value === undefined ? [] : [['sec-websocket-protocol', value]]));
  assert.deepEqual(offered('partyline.v1, token.abc'), ['partyline.v1', 'token.abc']);
  assert.deepEqual(offered(' a ,,b,'), ['a', 'b']);
  assert.deepEqual(offered(''), []);
  assert.deepEqual(offered(), []);
});

test('a reason is cut to what a close frame carries, never inside a character', () => {
  assert.equal(closeReason('short'), 'short');
  assert.equal(closeReason('x'.repeat(200)), 'x'.repeat(123));
  assert.equal(closeReason('🎉'.repeat(50)), '🎉'.repeat(30));
  for (let lead = 0; lead < 4; lead += 1) {
    const reason = closeReason('x'.repeat(lead) + '☃'.repeat(60));
    assert.ok(Buffer.byteLength(reason) <= 123 && Buffer.byteLength(reason) > 119);
    assert.match(reason, /^x*☃+$/);
  }
});
