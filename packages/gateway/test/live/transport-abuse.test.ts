/**
 * Peers that keep to no rule, many at once: the native handles of uWebSockets.js end the process where one is touched
 * too late, so surviving this with every connection accounted for is the test. Rules: T2, T16-19, I11.
 */
import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import test, { type TestContext } from 'node:test';
import type { Transport, TransportHandlers, UpgradeDecision } from '../../src/transport/transport.ts';
import { createUwsTransport } from '../../src/transport/uws.ts';
import { createWsTransport } from '../../src/transport/ws.ts';
import { frame } from './transport-probe.ts';

const deadlineMs = 60;
const peers = 3_000;
const atOnce = 200;

/** Mulberry32: the same abuse for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const handshake =
  'GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';

const openings: (string | Buffer)[][] = [
  [],
  ['GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'GET / HT', 'TP/1.1\r\n', 'x', 'x'],
  ['GET / HT', 'TP/1.1\r\nHos', 't: a\r\n', '\r\n'],
  ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n', 'abc', 'def', 'ghi'],
  ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\n', 'abc', 'def'],
  ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n', 'x'.repeat(4_000), 'x'.repeat(5_000)],
  ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n', 'x'.repeat(4_000), 'x'.repeat(3_000)],
  ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', '3\r\nabc\r\n', '0\r\n\r\n'],
  [
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  ],
  ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', '3\r\nabc\r\n'],
  ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', 'bad\r\nabc\r\n'],
  ['HEAD / HTTP/1.1\r\nHost: a\r\n\r\n', 'GET /large HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['GET /large HTTP/1.1\r\nHost: a\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['\0\0\r\n\r\n'],
  [handshake, frame(1, Buffer.from('hi')), frame(8, Buffer.from([3, 232]))],
  [handshake, frame(1, Buffer.from('close me'))],
  [handshake, frame(1, Buffer.from('flood me')), frame(1, Buffer.from('hi'))],
  [handshake, frame(1, Buffer.alloc(9_000, 'x'))],
  [handshake, frame(2, Buffer.from('hi')), frame(1, Buffer.from('hi'))],
  [handshake, Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe])],
  [Buffer.concat([Buffer.from(handshake), frame(1, Buffer.from('early'))])],
  [handshake.replace('/ws', '/refused'), 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  [handshake.replace('\r\n\r\n', '\r\nContent-Length: 3\r\n\r\n'), 'abc', frame(1, Buffer.from('hi'))],
  [
    handshake.replace('\r\n\r\n', '\r\nTransfer-Encoding: chunked\r\n\r\n'),
    '3\r\nabc\r\n0\r\n\r\n',
    frame(1, Buffer.from('hi')),
  ],
];

async function misbehave(port: number, random: () => number): Promise<void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, random() * (deadlineMs / 2)));
  const peer: Socket = connect(port, '127.0.0.1');
  const ended = new Promise<void>((resolve) => peer.on('close', () => resolve()));
  peer.on('error', () => {});
  const answered = new Promise<void>((resolve) => peer.once('data', () => resolve()));
  if (random() < 0.2) peer.pause();
  const pieces = openings[Math.floor(random() * openings.length)] ?? [];
  const giveUpAt = random() < 0.3 ? Math.floor(random() * (pieces.length + 1)) : Number.POSITIVE_INFINITY;
  for (const [at, piece] of pieces.entries()) {
    if (at >= giveUpAt || peer.destroyed) break;
    if (!peer.destroyed && peer.writable) peer.write(piece);
    if (random() < 0.7) await pause();
    if (piece === handshake && random() < 0.8) await Promise.race([answered, ended, pause().then(pause).then(pause)]);
  }
  if (giveUpAt !== Number.POSITIVE_INFINITY) {
    if (random() < 0.5) peer.resetAndDestroy();
    else peer.destroy();
  } else {
    const patience = setTimeout(() => peer.destroy(), deadlineMs * 4 * random());
    await ended;
    clearTimeout(patience);
  }
  await ended;
}

async function abuse(t: TestContext, transport: Transport): Promise<void> {
  const random = seeded(7);
  let opened = 0;
  let closed = 0;
  const large = Buffer.alloc(4_000_000, 'x');
  const handlers: TransportHandlers<null> = {
    async http({ path }) {
      if (random() < 0.5) await new Promise((resolve) => setTimeout(resolve, random() * deadlineMs));
      if (random() < 0.1) throw new Error('a handler fails');
      return { status: 200, headers: {}, body: path === '/large' ? large : 'ok' };
    },
    upgrade({ path }) {
      const decision: UpgradeDecision<null> =
        path === '/refused'
          ? { accept: false, response: { status: 403, headers: {}, body: '' } }
          : { accept: true, context: null, protocol: null };
      if (random() < 0.7) return decision;
      return new Promise((resolve) => setTimeout(resolve, random() * deadlineMs, decision));
    },
    open() {
      opened += 1;
    },
    message(socket, text) {
      if (text === 'close me') socket.close(4_000, 'as asked');
      else if (text === 'flood me') for (let n = 0; n < 2_000; n += 1) socket.send('x'.repeat(4_000));
      else socket.send(text);
    },
    closed() {
      closed += 1;
    },
  };
  const listening = await transport.listen(
    { host: '127.0.0.1', port: 0 },
    {
      max_message_bytes: 4_096,
      max_body_bytes: 5_000,
      max_backpressure_bytes: 65_536,
      idle_timeout_seconds: 8,
      pings: 'off',
      request_deadline_ms: deadlineMs,
      trusted_proxies: [],
    },
    handlers,
  );
  t.after(() => listening.close());
  let left = peers;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      await misbehave(listening.port, random);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  await new Promise((resolve) => setTimeout(resolve, deadlineMs * 3));
  assert.ok(opened > 50, `${opened} opened`);
  assert.equal(closed, opened);
  const answer = await fetch(`http://127.0.0.1:${listening.port}/large`).catch(() => null);
  assert.ok(answer === null || [200, 500].includes(answer.status));
}

for (const [name, create] of Object.entries({ uws: createUwsTransport, ws: createWsTransport })) {
  test(`${name}: survives peers that keep to no rule, every socket closed once`, { timeout: 60_000 }, (t) =>
    abuse(t, create()),
  );
}
