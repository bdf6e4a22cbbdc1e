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
  #isOpen = false;

  constructor(context: Context, address: string) {
    this.context = context;
    this.address = address;
  }

  /** Called in the middle of the upgrade: does as little as can be, and nothing that anybody could notice. */
  upgraded(native: uws.WebSocket<UwsSocketData<Context>>): void {
    this.#native = native;
  }

  /** Called after the upgrade; false where it ended during it. */
  open(): boolean {
    this.#isOpen = this.#native !== null;
    return this.#isOpen;
  }

  end(): 'was open' | 'was not open' {
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    this.#native = null;
    return wasOpen ? 'was open' : 'was not open';
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
