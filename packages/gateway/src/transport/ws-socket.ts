/** One open WebSocket of `ws`, with the limit on waiting bytes and the idle watch that uWebSockets.js has built in. */
import type { WebSocket } from 'ws';
import { closeReason } from './headers.ts';
import type { Socket } from './transport.ts';

export interface WsSocketTerms {
  maxBackpressureBytes: number;
  /** Called once; `ws` itself may still be shaking hands about the end. */
  closed(code: number): void;
}

export class WsSocket<Context> implements Socket<Context> {
  readonly context: Context;
  readonly address: string;
  readonly #native: WebSocket;
  readonly #terms: WsSocketTerms;
  #isOver = false;
  #isDropping = false;
  #heardAt: number;

  constructor(native: WebSocket, context: Context, address: string, terms: WsSocketTerms) {
    this.context = context;
    this.address = address;
    this.#native = native;
    this.#terms = terms;
    this.#heardAt = performance.now();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  send(text: string): 'sent' | 'queued' | 'dropped' {
    if (this.#isOver || this.#isDropping) return 'dropped';
    if (this.#native.bufferedAmount > this.#terms.maxBackpressureBytes) {
      // The end is told by the event that follows, not from within `send`: callers are in the middle of a loop.
      this.#isDropping = true;
      this.#native.terminate();
      return 'dropped';
    }
    this.#native.send(text);
    return this.#native.bufferedAmount === 0 ? 'sent' : 'queued';
  }

  close(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#native.close(code, closeReason(reason));
    this.ended(code);
  }

  bufferedBytes(): number {
    return this.#isOver ? 0 : this.#native.bufferedAmount;
  }

  ended(code: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#terms.closed(code);
  }

  heard(): void {
    this.#heardAt = performance.now();
  }

  /** Called every so often. Silent for `idleMs`: cut. For half of that, and where pings are on: asked for a sign of life. */
  watch(idleMs: number, pings: 'automatic' | 'off'): void {
    if (this.#isOver) return;
    const silentMs = performance.now() - this.#heardAt;
    if (silentMs >= idleMs) this.#native.terminate();
    else if (silentMs >= idleMs / 2 && pings === 'automatic') this.#native.ping();
  }
}
