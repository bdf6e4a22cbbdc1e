/**
 * The client's side of a WebSocket over a plain net.Socket, as little of it as a load generator needs: text frames, pings
 * answered, one shared read buffer. The mask is zero, which is legal on the wire and costs nothing to apply; the server
 * undoes it like any other. Knows no message.
 */
import { connect, type Socket } from 'node:net';

export interface Target {
  host: string;
  port: number;
  path: string;
  /** A loopback address of our own: each has 28,000 ports of its own. */
  localAddress: string;
  /** Offered subprotocols; empty: none. */
  protocols: string;
}

export interface RawEvents {
  open(): void;
  /** One text message: `bytes[start..end)`, valid only during the call. */
  text(bytes: Buffer, start: number, end: number): void;
  /** Told once. `code` 1006 where there was no close frame; `wasOpen` false where the handshake failed. */
  closed(code: number, wasOpen: boolean): void;
}

/** One read buffer for all sockets: what is read is used up before the next read. */
const readBuffer = Buffer.allocUnsafeSlow(256 * 1_024);
const key = Buffer.from('partyline-swarm!').toString('base64');
const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

export class RawWebSocket {
  readonly #socket: Socket;
  readonly #on: RawEvents;
  #state: 'dialling' | 'open' | 'over' = 'dialling';
  /** The beginning of a frame whose end has not come yet. */
  #rest: Buffer | null = null;
  #closeCode = 1_006;

  constructor(target: Target, on: RawEvents) {
    this.#on = on;
    const { host, port, path, localAddress, protocols } = target;
    this.#socket = connect({
      ...{ host, port, localAddress, noDelay: true },
      onread: {
        buffer: readBuffer,
        callback: (length: number) => {
          this.#read(length);
          return true;
        },
      },
    });
    const offer = protocols === '' ? '' : `Sec-WebSocket-Protocol: ${protocols}\r\n`;
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n${offer}\r\n`,
    );
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => this.#end());
  }

  /** A frame made by `textFrame`. */
  send(frame: Buffer): void {
    if (this.#state === 'open') this.#socket.write(frame);
  }

  /** Stops reading, so that the server's buffers fill: a receiver too slow for its party. */
  stall(): void {
    this.#socket.pause();
  }

  /** At once, as a lost network would. */
  drop(): void {
    this.#socket.destroy();
  }

  #end(): void {
    if (this.#state === 'over') return;
    const wasOpen = this.#state === 'open';
    this.#state = 'over';
    this.#on.closed(this.#closeCode, wasOpen);
  }

  #read(length: number): void {
    let bytes = readBuffer;
    let end = length;
    if (this.#rest !== null) {
      bytes = Buffer.concat([this.#rest, readBuffer.subarray(0, length)]);
      end = bytes.length;
      this.#rest = null;
    }
    let at = 0;
    if (this.#state === 'dialling') {
      at = this.#readHandshake(bytes, end);
      if (at < 0) return;
    }
    while (at < end) {
      const next = this.#readFrame(bytes, at, end);
      if (next < 0) {
        this.#rest = Buffer.from(bytes.subarray(at, end));
        return;
      }
      at = next;
    }
  }

  /** Where the first frame begins; -1: not there yet, or refused. */
  #readHandshake(bytes: Buffer, end: number): number {
    const found = bytes.subarray(0, end).indexOf('\r\n\r\n');
    if (found < 0) {
      this.#rest = Buffer.from(bytes.subarray(0, end));
      return -1;
    }
    if (bytes.toString('latin1', 9, 12) !== '101') {
      this.#socket.destroy();
      return -1;
    }
    this.#state = 'open';
    this.#on.open();
    return found + 4;
  }

  /** Where the next frame begins; -1: this one is not whole yet. */
  #readFrame(bytes: Buffer, at: number, end: number): number {
    if (end - at < 2) return -1;
    let length = (bytes[at + 1] ?? 0) & 0x7f;
    let start = at + 2;
    if (length === 126) {
      if (end - at < 4) return -1;
      length = bytes.readUInt16BE(at + 2);
      start = at + 4;
    } else if (length === 127) {
      if (end - at < 10) return -1;
      length = Number(bytes.readBigUInt64BE(at + 2));
      start = at + 10;
    }
    const stop = start + length;
    if (stop > end) return -1;
    const opcode = (bytes[at] ?? 0) & 0x0f;
    if (opcode === opcodes.text) this.#on.text(bytes, start, stop);
    else if (opcode === opcodes.ping) this.#socket.write(frame(opcodes.pong, bytes.subarray(start, stop)));
    else if (opcode === opcodes.close && length >= 2) this.#closeCode = bytes.readUInt16BE(start);
    return stop;
  }
}

export function textFrame(text: string): Buffer {
  return frame(opcodes.text, Buffer.from(text));
}

function frame(opcode: number, payload: Buffer): Buffer {
  const isShort = payload.length < 126;
  const head = Buffer.alloc(isShort ? 6 : 8);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (isShort ? payload.length : 126);
  if (!isShort) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
