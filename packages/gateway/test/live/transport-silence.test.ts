/** Peers that are silent or nearly so, at the pace of real limits: seconds. Rules: T2, F13. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import type { Transport, TransportLimits } from '../../src/transport/transport.ts';
import { createUwsTransport } from '../../src/transport/uws.ts';
import { createWsTransport } from '../../src/transport/ws.ts';
import { frame } from './transport-probe.ts';

const limits: TransportLimits = {
  max_message_bytes: 4_096,
  max_body_bytes: 4_096,
  max_backpressure_bytes: 65_536,
  idle_timeout_seconds: 8,
  pings: 'off',
  request_deadline_ms: 4_000,
  trusted_proxies: [],
};

const handshake =
  'GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';

async function listen(t: TestContext, transport: Transport, changed: Partial<TransportLimits> = {}) {
  const closed: { code: number; at: number }[] = [];
  const listening = await transport.listen(
    { host: '127.0.0.1', port: 0 },
    { ...limits, ...changed },
    {
      http: async () => ({ status: 200, headers: {}, body: 'ok' }),
      upgrade: () => ({ accept: true, context: null, protocol: null }),
      open: () => {},
      message: (socket, text) => void socket.send(text),
      closed: (_, code) => void closed.push({ code, at: performance.now() }),
    },
  );
  t.after(() => listening.close());
  return { port: listening.port, closed };
}

/** Sends `start`, then `pieces` one a second, over and over; resolves with how many ms the connection lasted. */
async function drip(port: number, start: string | Buffer, pieces: Buffer): Promise<number> {
  const peer = connect(port, '127.0.0.1');
  const from = performance.now();
  peer.on('error', () => {});
  peer.resume();
  if (start.length > 0) peer.write(start);
  let sent = 0;
  const dripping = setInterval(() => {
    if (pieces.length > 0 && peer.writable) peer.write(pieces.subarray(sent, sent + 1));
    sent = (sent + 1) % Math.max(1, pieces.length);
  }, 1_000);
  await new Promise((resolve) => peer.on('close', resolve));
  clearInterval(dripping);
  return performance.now() - from;
}

for (const [name, create] of Object.entries({ uws: createUwsTransport, ws: createWsTransport })) {
  describe(name, { concurrency: true }, () => {
    test(`T2: whoever has not finished a request or handshake after 5 s is cut, a byte a second or not`, async (t) => {
      const { port } = await listen(t, create());
      const letters = Buffer.from('abcdefgh');
      const lasted = await Promise.all([
        drip(port, '', Buffer.alloc(0)),
        drip(port, 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ', letters),
        drip(port, handshake.slice(0, -2), letters),
        drip(port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\n\r\n', letters),
        drip(port, 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', Buffer.from('1\r\nx\r\n')),
      ]);
      t.diagnostic(lasted.map((ms) => `${Math.round(ms)} ms`).join(', '));
      for (const ms of lasted) assert.ok(ms <= 5_000);
    });

    test(`a second request on the same connection has its deadline too`, async (t) => {
      const { port } = await listen(t, create());
      const first = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
      const lasted = await drip(port, `${first}GET / HTTP/1.1\r\nX-Slow: `, Buffer.from('abcdefgh'));
      t.diagnostic(`${Math.round(lasted)} ms`);
      assert.ok(lasted > 3_000 && lasted <= 5_500);
    });

    test(`an open socket that says nothing is closed after the idle timeout`, async (t) => {
      const { port, closed } = await listen(t, create());
      const lasted = await drip(port, handshake, Buffer.alloc(0));
      t.diagnostic(`${Math.round(lasted)} ms`);
      assert.ok(lasted > 5_000 && lasted < 13_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.deepEqual(
        closed.map(({ code }) => code),
        [1_006],
      );
    });

    test(`pings keep a quiet socket whose peer is there, and end one whose peer is not`, async (t) => {
      const { port, closed } = await listen(t, create(), { pings: 'automatic' });
      const alive = new WebSocket(`ws://127.0.0.1:${port}/ws`);
      t.after(() => alive.close());
      let hasEnded = false;
      alive.onclose = () => {
        hasEnded = true;
      };
      const lasted = await drip(port, handshake, Buffer.alloc(0)); // answers no ping
      t.diagnostic(`${Math.round(lasted)} ms`);
      await new Promise((resolve) => setTimeout(resolve, 12_000));
      assert.equal(closed.length, 1);
      assert.equal(hasEnded, false);
    });

    test(`messages keep a socket without pings`, async (t) => {
      const { port } = await listen(t, create());
      const peer = connect(port, '127.0.0.1');
      t.after(() => peer.destroy());
      let received = '';
      peer.on('data', (bytes) => {
        received += bytes.toString('latin1');
      });
      peer.write(handshake);
      for (let n = 0; n < 4; n += 1) {
        await new Promise((resolve) => setTimeout(resolve, 4_000));
        peer.write(frame(1, Buffer.from(`n${n}`)));
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.match(received, /n0.*n1.*n2.*n3/s);
    });
  });
}
