/** One open WebSocket of uWebSockets.js. The native object may not be touched once it has closed; this may. */
import type * as uws from 'uWebSockets.js';
import { closeReason } from './headers.ts';
import type { Socket } from './transport.ts';

/** What hangs on the native object. */
export interface UwsSocketData<Context> {
  socket: UwsSocket<Context>;
}

export class UwsSocket<Context> implements Socket<Context> {
  readonly context: Context;
  readonly address: string;
  #native: uws.WebSocket<UwsSocketData<Context>> | null = null;

  constructor(context: Context, address: string) {
    this.context = context;
    this.address = address;
  }

  opened(native: uws.WebSocket<UwsSocketData<Context>>): void {
    this.#native = native;
  }

  ended(): void {
    this.#native = null;
  }

  send(text: string): 'sent' | 'queued' | 'dropped' {
    const status = this.#native?.send(text) ?? 2;
    return status === 1 ? 'sent' : status === 0 ? 'queued' : 'dropped';
  }

  close(code: number, reason: string): void {
    this.#native?.end(code, closeReason(reason));
  }

  bufferedBytes(): number {
    return this.#native?.getBufferedAmount() ?? 0;
  }
}
