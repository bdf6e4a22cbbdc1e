/**
 * One HTTP request over uWebSockets.js, from its head to the end of its answer. Reads the body up to a limit and writes
 * the answer; what the request means is its handler's business.
 *
 * A native response handle may be used only until it is answered, aborted or upgraded; after that, touching it throws
 * or reads freed memory. `#state` is what stands between the two: every use of `#res` is behind it.
 */

import type * as uws from 'uWebSockets.js';
import { STATUS_CODES } from 'node:http';
import { problem } from '@partyline/protocol';
import { responseHeaders } from './headers.ts';
import type { HttpResponse, RequestHead } from './transport.ts';

/** Who keeps the connection an exchange came over. */
export interface ExchangeOwner {
  /** The whole request has arrived. */
  received(): void;
  /** The answer is written and the connection still open. */
  answered(): void;
  /** Aborted or upgraded: no handle on the connection may be used any more. */
  gone(): void;
  /** How many connections have closed so far, anywhere: tells whether one did during a call. */
  closesSeen(): number;
}

export interface ExchangeTerms {
  maxBodyBytes: number;
  mayKeepAlive(): boolean;
  /** Called in a turn of its own, with the body complete. */
  received(exchange: UwsExchange): void;
}

export class UwsExchange {
  readonly head: RequestHead;
  readonly #res: uws.HttpResponse;
  readonly #terms: ExchangeTerms;
  readonly #owner: ExchangeOwner;
  #state: 'reading' | 'received' | 'answering' | 'over' = 'reading';
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(res: uws.HttpResponse, head: RequestHead, terms: ExchangeTerms, owner: ExchangeOwner) {
    this.head = head;
    this.#res = res;
    this.#terms = terms;
    this.#owner = owner;
    res.onAborted(() => this.#end());
  }

  get body(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  get #isTooLong(): boolean {
    return this.#bytes > this.#terms.maxBodyBytes;
  }

  /**
   * The native buffer is taken back when this returns, hence the copy. What follows waits for the next turn: in here
   * uWebSockets.js is still inside the connection's handlers, which an answer would replace and an upgrade free.
   * Too long a body is read to its end, to nowhere: a peer that is still writing would lose the answer to a reset.
   */
  read(chunk: ArrayBuffer, isLast: boolean): void {
    if (this.#state !== 'reading') return;
    this.#bytes += chunk.byteLength;
    if (this.#isTooLong) this.#chunks = [];
    else if (chunk.byteLength > 0) this.#chunks.push(Buffer.from(Buffer.from(chunk)));
    if (!isLast) return;
    this.#state = 'received';
    this.#owner.received();
    setImmediate(() => {
      if (this.#state !== 'received') return;
      if (this.#isTooLong) this.answer(problem('body_too_large'));
      else this.#terms.received(this);
    });
  }

  /** Does nothing where the peer has gone. */
  answer({ status, headers, body: content }: HttpResponse): void {
    if (this.#state !== 'received') return;
    this.#state = 'answering';
    const res = this.#res;
    const body = typeof content === 'string' ? Buffer.from(content) : content;
    const isBodyless = status === 204 || status === 304;
    const isHead = this.head.method === 'HEAD';
    const keepsAlive = this.#terms.mayKeepAlive();
    const closesBefore = this.#owner.closesSeen();
    let isWritten = true;
    res.cork(() => {
      res.writeStatus(`${status} ${STATUS_CODES[status] ?? 'Unknown'}`);
      for (const [name, value] of responseHeaders(headers)) res.writeHeader(name, value);
      if (isHead && !isBodyless) res.writeHeader('content-length', String(body.length));
      // Not endWithoutBody(length): it waits for those bytes for ever and cuts the connection's next request (20.51).
      if (isHead || (isBodyless && keepsAlive)) res.endWithoutBody();
      else if (!keepsAlive) res.end(isBodyless ? '' : body, true);
      else isWritten = res.tryEnd(body, body.length)[1];
    });
    if (isWritten) this.#answered(closesBefore);
    else res.onWritable((offset) => this.#writeOn(body, offset));
  }

  /** The peer takes more. Returns whether everything offered was taken, as onWritable wants to know. */
  #writeOn(body: Buffer, offset: number): boolean {
    const closesBefore = this.#owner.closesSeen();
    const [isTaken, isWritten] = this.#res.tryEnd(body.subarray(offset), body.length);
    if (isWritten) this.#answered(closesBefore);
    return isTaken;
  }

  /** A connection that closed in the very call that ended the answer tells nobody but the counter. */
  #answered(closesBefore: number): void {
    this.#state = 'over';
    if (this.#owner.closesSeen() === closesBefore) this.#owner.answered();
    else this.#owner.gone();
  }

  /**
   * For a decision that took its time; one that is made at once is carried out in the route. `data` becomes the user
   * data of the WebSocket that the connection turns into.
   *
   * After a corked upgrade uWebSockets.js (20.51) looks at the connection as if it still were HTTP, in memory that the
   * upgrade has just given back: whatever was put there meanwhile may read as "close", and the peer finds its new socket
   * closed. Hence nothing but the upgrade happens inside, and nothing is compiled there: 1 of 6 first handshakes of a
   * process were cut before that, none of 60,000 after. Uncorked it would take 25 packets and 190 µs instead of 1 and 37.
   */
  upgrade<Data>(data: Data, protocol: string | null, context: uws.us_socket_context_t): void {
    if (this.#state !== 'received') return;
    const field = (name: string) => this.head.headers.get(name) ?? '';
    this.#end(); // before the upgrade frees what the connection's own handle points at
    this.#res.cork(() => {
      const [key, extensions] = [field('sec-websocket-key'), field('sec-websocket-extensions')];
      this.#res.upgrade(data, key, protocol ?? '', extensions, context);
    });
  }

  #end(): void {
    this.#state = 'over';
    this.#owner.gone();
  }
}
