import assert from 'node:assert/strict';
import test from 'node:test';
import { defaultPatience, openLink } from '../src/link.ts';
import { partyUrl, subprotocols } from '../src/web-socket.ts';
import { fakeSockets } from './fake-web-socket.ts';
import { virtualTimers } from './virtual-timers.ts';

function setUp() {
  const timers = virtualTimers();
  const { WebSocket, last } = fakeSockets();
  const heard: string[] = [];
  const link = openLink(
    { url: 'ws://a', protocols: ['p'], WebSocket, timers, patience: defaultPatience },
    {
      open: () => heard.push('open'),
      text: (text) => heard.push(text),
      ended: (code, reason) => heard.push(`ended ${code} ${reason}`),
    },
  );
  return { timers, heard, link, socket: last() };
}

test('a socket that does not open in time is given up, and closed', async () => {
  const { timers, heard, socket } = setUp();
  await timers.advance(4_999);
  assert.deepEqual(heard, []);
  await timers.advance(1);
  assert.deepEqual(heard, ['ended 1006 no connection']);
  assert.ok(socket.closedWith);
  socket.open();
  assert.equal(heard.length, 1, 'what comes later is not heard');
  assert.equal(timers.pending(), 0);
});

test('a refused connection is told at once, also where the platform tells no close', () => {
  const { timers, heard, socket } = setUp();
  socket.onerror?.();
  assert.deepEqual(heard, ['ended 1006 no connection']);
  socket.end();
  assert.equal(heard.length, 1);
  assert.equal(timers.pending(), 0);
});

test('an open socket on which nothing ever comes is given up as one that owes a reply', async () => {
  const { timers, heard, socket } = setUp();
  socket.open();
  await timers.advance(9_900);
  assert.deepEqual(heard, ['open']);
  await timers.advance(200);
  assert.deepEqual(heard, ['open', 'ended 1006 no reply']);
});

test('silence is borne for 35 s: the server breaks it every 20', async () => {
  const { timers, heard, socket } = setUp();
  socket.open();
  socket.tellRaw('state');
  for (let n = 0; n < 5; n += 1) {
    await timers.advance(20_000);
    socket.tellRaw('ping');
  }
  assert.equal(heard.length, 7);
  await timers.advance(34_900);
  assert.equal(heard.length, 7);
  await timers.advance(2_600);
  assert.equal(heard.at(-1), 'ended 1006 silence');
});

test('F11: while a reply is owed the peer is missed within 6 s', async () => {
  const { timers, heard, socket, link } = setUp();
  socket.open();
  socket.tellRaw('state');
  await timers.advance(8_000);
  link.awaitReply(timers.now());
  const from = timers.now();
  await timers.advance(4_900);
  assert.equal(heard.at(-1), 'state');
  await timers.advance(1_100);
  assert.equal(heard.at(-1), 'ended 1006 no reply');
  assert.ok(timers.now() - from <= 6_000);
});

test('a peer that says anything at all is there, even if the reply is late', async () => {
  const { timers, heard, socket, link } = setUp();
  socket.open();
  const since = timers.now();
  for (let n = 0; n < 10; n += 1) {
    link.awaitReply(since);
    await timers.advance(4_900);
    socket.tellRaw('news');
  }
  assert.ok(!heard.some((one) => one.startsWith('ended')));
});

test('the end is told once, with the code of the peer', () => {
  const { heard, socket } = setUp();
  socket.open();
  socket.end(4_100, 'draining');
  socket.end(1_006);
  assert.deepEqual(heard, ['open', 'ended 4100 draining']);
});

test('what we drop is not told, and nothing is heard or sent after it', async () => {
  const { heard, socket, link, timers } = setUp();
  socket.open();
  link.drop(1_000, 'bye');
  assert.deepEqual(socket.closedWith, { code: 1_000, reason: 'bye' });
  socket.tellRaw('late');
  socket.end();
  link.send('late');
  await timers.advance(100_000);
  assert.deepEqual(heard, ['open']);
  assert.deepEqual(socket.sent, []);
  assert.equal(timers.pending(), 0);
});

test('nothing is sent before the socket is open, and binary frames are no texts', () => {
  const { heard, socket, link } = setUp();
  link.send('{}');
  socket.open();
  socket.tellRaw(new ArrayBuffer(2));
  assert.deepEqual(socket.sent, []);
  assert.deepEqual(heard, ['open']);
});

test('a token travels as a subprotocol, never in the address', () => {
  assert.deepEqual(subprotocols('abc.def'), ['partyline.v1', 'token.abc.def']);
  assert.deepEqual(subprotocols(undefined), ['partyline.v1']);
});

for (const [base, url] of [
  ['https://quiz.example', 'wss://quiz.example/ws/p1'],
  ['http://127.0.0.1:8080/', 'ws://127.0.0.1:8080/ws/p1'],
  ['wss://quiz.example/base/', 'wss://quiz.example/base/ws/p1'],
] as const) {
  test(`${base} has its parties at ${url}`, () => assert.equal(partyUrl(base, 'p1'), url));
}
