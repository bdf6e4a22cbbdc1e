/**
 * The contract's client over real sockets: node:http for requests and a WebSocket of our own, which can do what a proper
 * one would not let us: stop reading, vanish, send bytes that make no sense.
 */
import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer, connect as dialSocket, type Socket } from 'node:net';
import type { ProbeRequest, ProbeResponse, ProbeSocket, TransportProbe, Wire } from '@partyline/testkit';
import type { Transport } from '../../src/transport/transport.ts';

export function socketProbe(transport: Transport): TransportProbe {
  return { transport, request, connect, occupy, dial };
}

async function read(response: IncomingMessage): Promise<ProbeResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString() };
}

function request(port: number, { method = 'GET', path = '/', headers = {}, body = '' }: ProbeRequest) {
  return new Promise<ProbeResponse>((resolve, reject) => {
    const lengths = body.length > 0 ? { 'content-length': Buffer.byteLength(body) } : {};
    const options = { host: '127.0.0.1', port, method, path, headers: { ...headers, ...lengths }, agent: false };
    const sent = httpRequest(options, (response) => read(response).then(resolve, reject));
    sent.on('error', reject);
    sent.end(body);
  });
}

const connect: TransportProbe['connect'] = (port, { path = '/ws', headers = {}, protocols = [] }) =>
  new Promise((resolve, reject) => {
    const key = randomBytes(16).toString('base64');
    const sent = httpRequest({
      host: '127.0.0.1',
      port,
      path,
      agent: false,
      headers: {
        ...headers,
        upgrade: 'websocket',
        connection: 'Upgrade',
        'sec-websocket-version': '13',
        'sec-websocket-key': key,
        ...(protocols.length > 0 ? { 'sec-websocket-protocol': protocols.join(', ') } : {}),
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => read(response).then(resolve, reject));
    sent.on('upgrade', (response, socket: Socket, first: Buffer) => {
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      if (response.headers['sec-websocket-accept'] !== accept) return reject(new Error('wrong accept'));
      resolve(webSocket(socket, first, response.headers['sec-websocket-protocol'] ?? null));
    });
    sent.end();
  });

const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export function frame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const length =
    payload.length < 126
      ? Buffer.from([0x80 | payload.length])
      : Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 255]);
  const masked = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x80 | opcode]), length, mask, masked]);
}

/** Takes whole frames off the front; the server neither masks nor fragments. */
function* framesIn(bytes: Buffer): Generator<{ opcode: number; payload: Buffer; end: number }> {
  for (let at = 0; bytes.length - at >= 2; ) {
    const short = bytes.readUInt8(at + 1) & 127;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length - at < header) return;
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const end = at + header + length;
    if (bytes.length < end) return;
    yield { opcode: bytes.readUInt8(at) & 15, payload: bytes.subarray(at + header, end), end };
    at = end;
  }
}

function webSocket(socket: Socket, first: Buffer, protocol: string | null): ProbeSocket {
  const arrived: string[] = [];
  const readers: ((text: string | null) => void)[] = [];
  let end: { code: number; reason: string } | null = null;
  let rest = Buffer.alloc(0);

  const write = (opcode: number, payload: Buffer) => void (socket.writable && socket.write(frame(opcode, payload)));
  const take = (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    let taken = 0;
    for (const { opcode, payload, end: next } of framesIn(rest)) {
      taken = next;
      if (opcode === opcodes.ping) write(opcodes.pong, payload);
      if (opcode === opcodes.text) arrived.push(payload.toString());
      if (opcode === opcodes.close) {
        end ??= { code: payload.length < 2 ? 1_005 : payload.readUInt16BE(0), reason: payload.subarray(2).toString() };
        write(opcodes.close, payload);
        socket.end();
      }
    }
    rest = rest.subarray(taken);
    while (readers.length > 0 && arrived.length > 0) readers.shift()?.(arrived.shift() ?? null);
  };

  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', () => {
      resolve(end ?? { code: 1_006, reason: '' });
      for (const reader of readers) reader(null);
    });
  });
  socket.on('error', () => {});
  socket.on('data', take);
  take(first);

  return {
    protocol,
    closed,
    send: (message) => write(typeof message === 'string' ? opcodes.text : opcodes.binary, Buffer.from(message)),
    async next() {
      const text = arrived.shift() ?? (await new Promise<string | null>((resolve) => readers.push(resolve)));
      if (text === null) throw new Error('the socket ended');
      return text;
    },
    close(code, reason = '') {
      const payload = Buffer.alloc(code === undefined ? 0 : 2);
      if (code !== undefined) payload.writeUInt16BE(code);
      write(opcodes.close, Buffer.concat([payload, Buffer.from(reason)]));
    },
    vanish: () => socket.destroy(),
    pause: () => void socket.pause(),
  };
}

const occupy: TransportProbe['occupy'] = async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, resolve));
  t.after(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

async function dial(port: number): Promise<Wire> {
  const socket = dialSocket(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let received = '';
  const chunks: Buffer[] = [];
  const waiting = new Set<() => void>();
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    chunks.push(bytes);
    for (const look of waiting) look();
  });
  const text = () => {
    received += Buffer.concat(chunks.splice(0)).toString('latin1');
    return received;
  };
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(text())));
  return {
    ended,
    write: (bytes) => void (socket.writable && socket.write(bytes)),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    destroy: () => void socket.destroy(),
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!text().includes(wanted)) return;
          waiting.delete(look);
          resolve(received);
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without "${wanted}" after "${received}"`)));
      }),
  };
}
