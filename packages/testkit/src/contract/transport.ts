/**
 * What every transport owes the gateway, run against each adapter. The suite speaks to it through a probe: a client of
 * the adapter's own kind, over real sockets or in memory. What only bytes on a wire can show is asked of probes that
 * have one.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import test, { type TestContext } from 'node:test';
import type {
  HttpRequest,
  HttpResponse,
  Listening,
  Socket,
  Transport,
  TransportHandlers,
  TransportLimits,
} from '@partyline/gateway';
import { closeCodes } from '@partyline/protocol';

export interface ProbeRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface ProbeResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface ProbeSocket {
  /** What the server chose. */
  protocol: string | null;
  /** A Buffer goes out as a binary message. */
  send(message: string | Buffer): void;
  /** The next text that arrives; rejects where the socket ends before. */
  next(): Promise<string>;
  /** 1006 where no close frame came. */
  closed: Promise<{ code: number; reason: string }>;
  close(code?: number, reason?: string): void;
  /** Ends without a close frame. */
  vanish(): void;
  /** Stops reading, as a slow client does. */
  pause(): void;
}

export interface Wire {
  write(bytes: string | Buffer): void;
  /** Everything received so far, once it contains `text`; rejects where the connection ends without. */
  until(text: string): Promise<string>;
  /** Everything received, once the connection has ended. */
  ended: Promise<string>;
  pause(): void;
  resume(): void;
  destroy(): void;
}

export interface TransportProbe {
  transport: Transport;
  request(port: number, request: ProbeRequest): Promise<ProbeResponse>;
  connect(
    port: number,
    handshake: { path?: string; headers?: Record<string, string>; protocols?: string[] },
  ): Promise<ProbeSocket | ProbeResponse>;
  /** Takes a port as a stranger would. */
  occupy(t: TestContext): Promise<number>;
  /** A bare connection. Absent in memory. */
  dial?(port: number): Promise<Wire>;
}

const limits: TransportLimits = {
  max_message_bytes: 4_096,
  max_body_bytes: 10_000,
  max_backpressure_bytes: 256 * 1_024,
  idle_timeout_seconds: 60,
  pings: 'off',
  request_deadline_ms: 5_000,
  trusted_proxies: [],
};

interface Seen {
  opened: Socket<string>[];
  messages: string[];
  closed: { socket: Socket<string>; code: number }[];
  /** Resolves after the next `closed`. */
  nextClosed(): Promise<number>;
}

/** Answers HTTP with what it was asked, sockets with what they say, and keeps a record. */
function recorder(over: Partial<TransportHandlers<string>>): { handlers: TransportHandlers<string>; seen: Seen } {
  const ends = new EventTarget();
  const seen: Seen = {
    opened: [],
    messages: [],
    closed: [],
    async nextClosed() {
      await once(ends, 'end', { signal: AbortSignal.timeout(5_000) });
      return seen.closed.at(-1)?.code ?? 0;
    },
  };
  const handlers: TransportHandlers<string> = {
    async http(request) {
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(described(request)) };
    },
    upgrade: ({ path, protocols }) => ({ accept: true, context: path, protocol: protocols[0] ?? null }),
    open: (socket) => void seen.opened.push(socket),
    message(socket, text) {
      seen.messages.push(text);
      socket.send(`echo ${text}`);
    },
    closed(socket, code) {
      seen.closed.push({ socket, code });
      ends.dispatchEvent(new Event('end'));
    },
    ...over,
  };
  return { handlers, seen };
}

function described({ method, path, query, headers, body, address }: HttpRequest) {
  return { method, path, query: [...query], headers: Object.fromEntries(headers), body: body.toString(), address };
}

const plain = (body: string | Buffer, headers: Record<string, string> = {}): HttpResponse => ({
  status: 200,
  headers,
  body,
});

/** Registers the suite as tests of the calling file. */
export function transportContract(name: string, probe: TransportProbe): void {
  interface Started extends Listening {
    seen: Seen;
  }

  async function listen(
    t: TestContext,
    over: Partial<TransportHandlers<string>> = {},
    changed: Partial<TransportLimits> & { port?: number } = {},
  ): Promise<Started> {
    const { port = 0, ...limited } = changed;
    const { handlers, seen } = recorder(over);
    const listening = await probe.transport.listen({ host: '127.0.0.1', port }, { ...limits, ...limited }, handlers);
    t.after(() => listening.close());
    return { ...listening, seen };
  }

  async function open(port: number, handshake: Parameters<TransportProbe['connect']>[1] = {}): Promise<ProbeSocket> {
    const socket = await probe.connect(port, handshake);
    assert.ok('next' in socket, 'the handshake was refused');
    return socket;
  }

  async function refused(port: number): Promise<ProbeResponse> {
    const response = await probe.connect(port, {});
    assert.ok('status' in response, 'the handshake was accepted');
    return response;
  }

  const check = (sentence: string, body: (t: TestContext) => Promise<void>) => {
    test(`${name}: ${sentence}`, { timeout: 10_000 }, body);
  };
  const checkWire = (
    sentence: string,
    body: (t: TestContext, dial: (port: number) => Promise<Wire>) => Promise<void>,
  ) => {
    const { dial } = probe;
    if (dial) check(sentence, (t) => body(t, dial));
  };

  check('a request arrives as it was sent and its answer goes back', async (t) => {
    const { port } = await listen(t);
    const sent = { method: 'POST', path: '/a/b?x=1&y=%20&x=2', headers: { 'X-Thing': 'One' }, body: 'hé' };
    const response = await probe.request(port, sent);
    assert.equal(response.status, 200);
    assert.equal(response.headers['content-type'], 'application/json');
    const { method, path, query, headers, body, address } = JSON.parse(response.body);
    assert.deepEqual(
      { method, path, body, address },
      { method: 'POST', path: '/a/b', body: 'hé', address: '127.0.0.1' },
    );
    assert.deepEqual(query, [
      ['x', '1'],
      ['y', ' '],
      ['x', '2'],
    ]);
    assert.equal(headers['x-thing'], 'One');
  });

  check('a path keeps its percent-encoding', async (t) => {
    const { port } = await listen(t);
    const response = await probe.request(port, { path: '/a%2Fb%20c/%C3%A9' });
    assert.equal(JSON.parse(response.body).path, '/a%2Fb%20c/%C3%A9');
  });

  check('every method reaches the handler, known or not', async (t) => {
    const { port } = await listen(t);
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PURGE']) {
      const response = await probe.request(port, { method });
      assert.equal(JSON.parse(response.body).method, method);
    }
  });

  check('a body of the limit is taken, a longer one is answered 413 and no handler hears of it', async (t) => {
    let calls = 0;
    const http = async ({ body }: HttpRequest) => {
      calls += 1;
      return plain(String(body.length));
    };
    const { port } = await listen(t, { http });
    const fits = await probe.request(port, { method: 'POST', body: Buffer.alloc(10_000, 'a') });
    assert.deepEqual([fits.status, fits.body], [200, '10000']);
    for (const bytes of [10_001, 400_000]) {
      const tooLong = await probe.request(port, { method: 'POST', body: Buffer.alloc(bytes, 'a') });
      assert.equal(tooLong.status, 413);
      assert.equal(JSON.parse(tooLong.body).code, 'body_too_large');
    }
    assert.equal(calls, 1);
  });

  check('a large answer arrives whole', async (t) => {
    const body = Buffer.alloc(3_000_000, 'abcdefghij');
    const { port } = await listen(t, { http: async () => plain(body) });
    const response = await probe.request(port, {});
    assert.equal(response.body.length, body.length);
    assert.equal(response.body, body.toString());
  });

  check('a handler that fails is answered 500 without its reason', async (t) => {
    const { port } = await listen(t, {
      http: async () => {
        throw new Error('secret');
      },
    });
    const response = await probe.request(port, {});
    assert.equal(response.status, 500);
    assert.equal(JSON.parse(response.body).code, 'internal');
    assert.ok(!response.body.includes('secret'));
  });

  checkWire('X-Forwarded-For counts from a trusted proxy only', async (t) => {
    const headers = { 'X-Forwarded-For': '203.0.113.9, 198.51.100.7' };
    const stranger = await listen(t);
    const proxy = await listen(t, {}, { trusted_proxies: ['127.0.0.0/8', '198.51.100.7'] });
    assert.equal(JSON.parse((await probe.request(stranger.port, { headers })).body).address, '127.0.0.1');
    assert.equal(JSON.parse((await probe.request(proxy.port, { headers })).body).address, '203.0.113.9');
    await open(proxy.port, { headers });
    assert.equal(proxy.seen.opened[0]?.address, '203.0.113.9');
  });

  check('a handshake is decided with its path, fields and offered protocols', async (t) => {
    const asked: unknown[] = [];
    const { port, seen } = await listen(t, {
      upgrade: ({ path, query, headers, protocols, address }) => {
        asked.push([path, query.get('q'), headers.get('x-thing'), protocols, address]);
        return { accept: true, context: 'chosen', protocol: 'two' };
      },
    });
    const socket = await open(port, { path: '/ws/1?q=z', headers: { 'X-Thing': 'One' }, protocols: ['one', 'two'] });
    assert.deepEqual(asked, [['/ws/1', 'z', 'One', ['one', 'two'], '127.0.0.1']]);
    assert.equal(socket.protocol, 'two');
    assert.equal(seen.opened[0]?.context, 'chosen');
  });

  check('a handshake without protocols is answered without one', async (t) => {
    const { port } = await listen(t);
    assert.equal((await open(port)).protocol, null);
  });

  check('a refused handshake is an HTTP answer and opens nothing', async (t) => {
    const response = { status: 403, headers: { 'content-type': 'text/plain' }, body: 'not you' };
    const { port, seen } = await listen(t, { upgrade: () => ({ accept: false, response }) });
    const { status, headers, body } = await refused(port);
    assert.deepEqual([status, headers['content-type'], body], [403, 'text/plain', 'not you']);
    assert.equal(seen.opened.length, 0);
  });

  check('a decision that fails refuses the handshake', async (t) => {
    const { port } = await listen(t, { upgrade: () => Promise.reject(new Error('secret')) });
    const { status, body } = await refused(port);
    assert.equal(status, 500);
    assert.ok(!body.includes('secret'));
  });

  check('a decision may take its time', async (t) => {
    const { port } = await listen(t, {
      upgrade: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { accept: true, context: 'late', protocol: null };
      },
    });
    const socket = await open(port);
    socket.send('hi');
    assert.equal(await socket.next(), 'echo hi');
  });

  check('texts go both ways, whole and in order', async (t) => {
    const { port, seen } = await listen(t);
    const socket = await open(port);
    const texts = ['a', '', 'déjà ☃ 🎉', 'x'.repeat(4_000), '{"n":1}'];
    for (const text of texts) socket.send(text);
    for (const text of texts) assert.equal(await socket.next(), `echo ${text}`);
    assert.deepEqual(seen.messages, texts);
  });

  check('a message of the limit is taken, a longer one ends the socket and is told why', async (t) => {
    const { port, seen } = await listen(t);
    const socket = await open(port);
    socket.send('x'.repeat(4_096));
    assert.equal((await socket.next()).length, 4_101);
    socket.send('x'.repeat(4_097));
    assert.equal((await socket.closed).code, closeCodes.message_too_long.code);
    assert.equal(seen.messages.length, 1);
    assert.deepEqual(
      seen.closed.map(({ code }) => code),
      [closeCodes.message_too_long.code],
    );
  });

  check('a message of more than four times the limit ends the socket, and is not taken in whole', async (t) => {
    const { port, seen } = await listen(t);
    const socket = await open(port);
    socket.send('x'.repeat(4 * 4_096 + 1));
    const { code } = await socket.closed;
    assert.ok([1_006, 1_009].includes(code), `${code}`);
    if (seen.closed.length === 0) await seen.nextClosed();
    assert.deepEqual([seen.messages.length, seen.closed.length], [0, 1]);
  });

  check('a binary message ends the socket as a violation of the protocol', async (t) => {
    const { port, seen } = await listen(t);
    const socket = await open(port);
    socket.send(Buffer.from('hi'));
    assert.equal((await socket.closed).code, closeCodes.protocol_violation.code);
    assert.deepEqual(seen.messages, []);
    assert.deepEqual(
      seen.closed.map(({ code }) => code),
      [closeCodes.protocol_violation.code],
    );
  });

  check('our close reaches the peer with code and reason, and is told once, before it returns', async (t) => {
    const { port, seen } = await listen(t);
    const socket = await open(port);
    seen.opened[0]?.close(4_001, `see ${'é'.repeat(100)}`);
    assert.deepEqual(seen.closed, [{ socket: seen.opened[0], code: 4_001 }]);
    seen.opened[0]?.close(4_002, 'again');
    assert.equal(seen.opened[0]?.send('too late'), 'dropped');
    assert.equal(seen.opened[0]?.bufferedBytes(), 0);
    socket.send('after the end');
    assert.deepEqual(await socket.closed, { code: 4_001, reason: `see ${'é'.repeat(59)}` });
    const other = await open(port);
    other.send('barrier');
    await other.next();
    assert.deepEqual(seen.messages, ['barrier']);
    assert.equal(seen.closed.length, 1);
  });

  check('a socket may be closed while it opens', async (t) => {
    const closed: number[] = [];
    const { port } = await listen(t, {
      open: (socket) => {
        socket.send('wait');
        socket.close(4_001, 'who are you');
      },
      closed: (_, code) => void closed.push(code),
    });
    const socket = await open(port);
    assert.equal(await socket.next(), 'wait');
    assert.deepEqual(await socket.closed, { code: 4_001, reason: 'who are you' });
    assert.deepEqual(closed, [4_001]);
  });

  check('the close of the peer is told once, with its code', async (t) => {
    const { port, seen } = await listen(t);
    for (const [code, told] of [
      [4_321, 4_321],
      [1_000, 1_000],
      [undefined, 1_005],
    ] as const) {
      const socket = await open(port);
      const closed = seen.nextClosed();
      socket.close(code, code === undefined ? undefined : 'bye');
      assert.equal(await closed, told);
    }
    assert.equal(seen.closed.length, 3);
  });

  check('a peer that vanishes is told once, as 1006', async (t) => {
    const { port, seen } = await listen(t);
    const socket = await open(port);
    const closed = seen.nextClosed();
    socket.vanish();
    assert.equal(await closed, 1_006);
    assert.equal(seen.closed.length, 1);
    assert.equal(seen.opened[0]?.send('into the void'), 'dropped');
  });

  check('a peer that reads too slowly is dropped at the limit, and nobody else', async (t) => {
    const { port, seen } = await listen(t);
    const slow = await open(port);
    const quick = await open(port);
    const [toSlow, toQuick] = seen.opened;
    assert.ok(toSlow && toQuick);
    slow.pause();
    const closed = seen.nextClosed();
    const text = 'x'.repeat(64 * 1_024);
    const outcomes = new Set<string>();
    for (let sent = 0; sent < 1_000 && !outcomes.has('dropped'); sent += 1) {
      outcomes.add(toSlow.send(text));
      assert.ok(toSlow.bufferedBytes() < limits.max_backpressure_bytes + 3 * text.length);
    }
    assert.ok(outcomes.has('dropped'), 'never dropped');
    assert.ok(outcomes.has('queued'), 'never queued');
    assert.equal(seen.closed.length, 0, 'told from within send');
    assert.equal(await closed, 1_006);
    assert.equal(seen.closed[0]?.socket, toSlow);
    assert.equal(toQuick.send('still here'), 'sent');
    assert.equal(await quick.next(), 'still here');
    slow.vanish();
  });

  check('after stopAccepting open sockets go on and nobody new gets in', async (t) => {
    const listening = await listen(t);
    const socket = await open(listening.port);
    listening.stopAccepting();
    listening.stopAccepting();
    await assert.rejects(probe.request(listening.port, {}));
    socket.send('hi');
    assert.equal(await socket.next(), 'echo hi');
  });

  check('close cuts what is open and tells it', async (t) => {
    const listening = await listen(t);
    const socket = await open(listening.port);
    await listening.close();
    await socket.closed;
    if (listening.seen.closed.length === 0) await listening.seen.nextClosed();
    assert.equal(listening.seen.closed.length, 1);
    await listening.close();
  });

  check('two listeners share one port', async (t) => {
    const answering = (who: string) => ({ http: async () => plain(who) });
    const { port, close } = await listen(t);
    await close();
    await listen(t, answering('first'), { port });
    await listen(t, answering('second'), { port });
    const answers = new Set<string>();
    for (let asked = 0; asked < 64 && answers.size < 2; asked += 1) {
      answers.add((await probe.request(port, {})).body);
    }
    assert.deepEqual([...answers].sort(), ['first', 'second']);
  });

  check('a port that a stranger has is refused with EADDRINUSE', async (t) => {
    const port = await probe.occupy(t);
    await assert.rejects(listen(t, {}, { port }), { code: 'EADDRINUSE' });
  });

  checkWire('a trusted proxy that is no address is refused at once', async (t) => {
    await assert.rejects(listen(t, {}, { trusted_proxies: ['proxy.local'] }), RangeError);
  });

  checkWire('an answer to HEAD, and one of 204, has no body', async (t, dial) => {
    const http = async ({ method }: HttpRequest) => ({
      status: method === 'DELETE' ? 204 : 200,
      headers: {},
      body: method === 'DELETE' ? '' : 'hello',
    });
    const { port } = await listen(t, { http });
    const wire = await dial(port);
    wire.write('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n');
    const head = await wire.until('\r\n\r\n');
    assert.match(head, /^HTTP\/1\.1 200 OK\r\n/);
    assert.match(head, /content-length: 5\r\n/i);
    wire.write('DELETE / HTTP/1.1\r\nHost: a\r\n\r\n');
    assert.match(await wire.until('204 No Content'), /\r\n\r\nHTTP\/1\.1 204/);
    wire.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    assert.match(await wire.until('hello'), /204 No Content[\s\S]*\r\n\r\nHTTP\/1\.1 200 OK[\s\S]*\r\n\r\nhello$/);
  });

  checkWire('an answer cannot smuggle fields or framing', async (t, dial) => {
    const headers = {
      'x-fine': 'a\r\nx-smuggled: 1',
      'bad name': 'x',
      'Content-Length': '99',
      'Transfer-Encoding': 'chunked',
      'x-snow': '☃',
    };
    const { port } = await listen(t, { http: async () => plain('ok', headers) });
    const wire = await dial(port);
    wire.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const answer = (await wire.until('\r\n\r\nok')).toLowerCase();
    assert.match(answer, /\r\nx-fine: a\?\?x-smuggled: 1\r\n/);
    assert.match(answer, /\r\nx-snow: \?\r\n/);
    assert.match(answer, /\r\ncontent-length: 2\r\n/);
    assert.doesNotMatch(answer, /bad name|chunked|\r\nx-smuggled/);
  });

  checkWire('a connection serves one request after another', async (t, dial) => {
    const { port } = await listen(t, { http: async ({ path, body }) => plain(`<${path} ${body.length}>`) });
    const wire = await dial(port);
    for (let n = 0; n < 5; n += 1) {
      wire.write(`POST /${n} HTTP/1.1\r\nHost: a\r\nContent-Length: ${n}\r\n\r\n${'x'.repeat(n)}`);
      await wire.until(`</${n} ${n}>`);
    }
  });

  checkWire('a request may come in pieces, its body in chunks', async (t, dial) => {
    const { port } = await listen(t, { http: async ({ path, body }) => plain(`<${path} ${body}>`) });
    const pieces = [
      ['POST /a HTTP/1.1\r\nHo', 'st: a\r\nContent-Le', 'ngth: 5\r\n\r\n', 'he', 'llo'],
      ['POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', '2\r\nhe\r\n', '3\r\nllo\r\n0\r\n\r\n'],
      ['POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'],
    ];
    for (const [at, path] of ['/a', '/b', '/c'].entries()) {
      const wire = await dial(port);
      for (const piece of pieces[at] ?? []) {
        wire.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await wire.until(`<${path} hello>`);
      wire.destroy();
    }
  });

  checkWire('a chunked body over the limit is answered 413', async (t, dial) => {
    const { port } = await listen(t);
    const wire = await dial(port);
    wire.write('POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    wire.write(`4e20\r\n${'x'.repeat(20_000)}\r\n0\r\n\r\n`);
    assert.match(await wire.until('body_too_large'), /^HTTP\/1\.1 413 /);
  });

  checkWire('repeated fields arrive joined', async (t, dial) => {
    const { port } = await listen(t);
    const wire = await dial(port);
    wire.write('GET / HTTP/1.1\r\nHost: a\r\nOrigin: x\r\nORIGIN: y\r\nAuthorization: 1\r\nauthorization: 2\r\n\r\n');
    const answer = await wire.until('}');
    assert.match(answer, /"origin":"x, y"/);
    assert.match(answer, /"authorization":"1, 2"/);
  });

  checkWire('a handshake of another kind is a request', async (t, dial) => {
    const { port, seen } = await listen(t);
    const wire = await dial(port);
    wire.write('GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    assert.match(await wire.until('}'), /^HTTP\/1\.1 200 OK\r\n/);
    assert.equal(seen.opened.length, 0);
  });

  checkWire('text that is not UTF-8 ends the socket', async (t, dial) => {
    const { port, seen } = await listen(t);
    const wire = await dial(port);
    wire.write(handshake);
    await wire.until('\r\n\r\n');
    const closed = seen.nextClosed();
    wire.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]));
    await wire.ended;
    assert.ok([1_006, 1_007].includes(await closed));
    assert.deepEqual(seen.messages, []);
  });

  checkWire('a peer that vanishes while its handshake is decided leaves nothing behind', async (t, dial) => {
    let decide = () => {};
    const asked = new Promise<void>((arrived) => {
      decide = arrived;
    });
    let answer = () => {};
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { port, seen } = await listen(t, {
      async upgrade({ path }) {
        if (path === '/ws') {
          decide();
          await waiting;
        }
        return { accept: true, context: path, protocol: null };
      },
    });
    const wire = await dial(port);
    wire.write(handshake);
    await asked;
    wire.destroy();
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer();
    const other = await open(port, { path: '/other' });
    other.send('barrier');
    await other.next();
    while (seen.opened.length !== seen.closed.length + 1) await seen.nextClosed();
    assert.equal(seen.opened.at(-1)?.context, '/other');
  });

  checkWire('a request that is not finished in time is cut, however it drips', async (t, dial) => {
    const { port } = await listen(t, {}, { request_deadline_ms: 300 });
    const drip = async (start: string, piece: string) => {
      const wire = await dial(port);
      const from = performance.now();
      wire.write(start);
      const dripping = setInterval(() => wire.write(piece), 30);
      await wire.ended.finally(() => clearInterval(dripping));
      return performance.now() - from;
    };
    const lasted = await Promise.all([
      drip('', ''),
      drip('GET / HTTP/1.1\r\n', 'x'),
      drip('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n', 'x'),
      drip('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n', 'x'.repeat(500)),
    ]);
    for (const ms of lasted) assert.ok(ms > 250 && ms < 2_000, `cut after ${lasted.map(Math.round)} ms`);
  });

  checkWire('a chunked request that drips is cut too', async (t, dial) => {
    const { port } = await listen(t, {}, { request_deadline_ms: 300 });
    const wire = await dial(port);
    wire.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    const dripping = setInterval(() => wire.write('1\r\nx\r\n'), 30);
    await wire.ended.finally(() => clearInterval(dripping));
  });

  checkWire(
    'the deadline spares answers that take long, downloads that are slow, and open sockets',
    async (t, dial) => {
      const { port } = await listen(
        t,
        {
          async http({ path }) {
            if (path === '/slow') await new Promise((resolve) => setTimeout(resolve, 600));
            return plain(path === '/large' ? Buffer.alloc(12_000_000, 'x') : 'done');
          },
        },
        { request_deadline_ms: 300 },
      );
      const socket = await open(port);
      const wire = await dial(port);
      wire.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
      const large = await dial(port);
      large.pause();
      large.write('GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
      assert.match(await wire.until('done'), /200 OK/);
      large.resume();
      const answer = await large.ended;
      assert.ok(answer.length > 12_000_000, `only ${answer.length} bytes`);
      socket.send('hi');
      assert.equal(await socket.next(), 'echo hi');
    },
  );
}

const handshake =
  'GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
