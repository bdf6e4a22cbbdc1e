/**
 * A bare connection to a Redis, for what tests do to one behind the product's back: cleaning up, counting commands,
 * pausing it, killing connections. Not for use beyond tests: one command at a time, text only.
 */
import { connect, type Socket } from 'node:net';

export type RawReply = string | number | null | RawReply[];

export interface RawRedis {
  /** Throws what Redis answers as an error. */
  send(...command: (string | number)[]): Promise<RawReply>;
  close(): void;
}

export async function rawRedis(url: string): Promise<RawRedis> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port || 6_379) });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return onSocket(socket);
}

interface Waiting {
  resolve(reply: RawReply): void;
  reject(error: Error): void;
}

function onSocket(socket: Socket): RawRedis {
  const waiting: Waiting[] = [];
  let received = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    received += text;
    for (let read = readReply(received, 0); read !== null; read = readReply(received, 0)) {
      received = received.slice(read.end);
      const next = waiting.shift();
      if (read.reply instanceof Error) next?.reject(read.reply);
      else next?.resolve(read.reply);
    }
  });
  const fail = (error?: Error) => {
    for (const { reject } of waiting.splice(0)) reject(error ?? new Error('the connection to Redis was closed'));
  };
  socket.on('error', fail);
  socket.on('close', () => fail());
  return {
    send(...command) {
      if (socket.destroyed) return Promise.reject(new Error('the connection to Redis was closed'));
      const parts = command.map((part) => `$${Buffer.byteLength(`${part}`)}\r\n${part}\r\n`);
      socket.write(`*${command.length}\r\n${parts.join('')}`);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    close: () => void socket.destroy(),
  };
}

interface Read {
  reply: RawReply | Error;
  end: number;
}

/** One RESP2 reply from `at` on, or null where it has not come in whole. */
function readReply(text: string, at: number): Read | null {
  const line_end = text.indexOf('\r\n', at);
  if (line_end === -1) return null;
  const rest = text.slice(at + 1, line_end);
  const end = line_end + 2;
  switch (text[at]) {
    case '+':
      return { reply: rest, end };
    case '-':
      return { reply: new Error(rest), end };
    case ':':
      return { reply: Number(rest), end };
    case '$':
      return readBulk(text, { length: Number(rest), from: end });
    case '*':
      return readArray(text, { length: Number(rest), from: end });
    default:
      throw new Error(`not RESP2: ${text.slice(at, at + 20)}`);
  }
}

function readBulk(text: string, { length, from }: { length: number; from: number }): Read | null {
  if (length < 0) return { reply: null, end: from };
  // Lengths are bytes, and what we hold are characters: they differ only where the text is not ASCII.
  const bytes = Buffer.from(text.slice(from, from + length + 2));
  if (bytes.length < length + 2) return null;
  const reply = bytes.subarray(0, length).toString();
  return { reply, end: from + reply.length + 2 };
}

function readArray(text: string, { length, from }: { length: number; from: number }): Read | null {
  if (length < 0) return { reply: null, end: from };
  const items: RawReply[] = [];
  let end = from;
  for (let item = 0; item < length; item += 1) {
    const read = readReply(text, end);
    if (read === null) return null;
    if (read.reply instanceof Error) return { reply: read.reply, end: read.end };
    items.push(read.reply);
    end = read.end;
  }
  return { reply: items, end };
}
