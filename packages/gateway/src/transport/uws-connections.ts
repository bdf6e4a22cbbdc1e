/**
 * The TCP connections of uWebSockets.js while they speak HTTP, and the deadline by which each must have finished a
 * request. By itself uWebSockets.js cuts a slow request after 8-12 s, which no option shortens.
 *
 * `app.filter` hands out a handle per connection and every request hands out another; nothing says which belong together
 * (a handle has neither id nor port in 20.51), and a timer that closes through a handle of a connection that is gone ends
 * the process. So the two are matched by what uWebSockets.js does in one go: the data handler set on the connection's
 * handle is called right after the request's route, with the first piece of the body, or an empty one where there is
 * none. `arrive` leaves the request on the desk, `#data` takes it. Until then the connection's handle is in charge, after
 * that the request's, and each tells when the connection ends. Handlers last for one request and are set again after
 * its answer; uWebSockets.js closes a connection that sends another request before.
 *
 * A chunked body need not send any data with its head. Such requests wait on the desk by peer, and are taken when data
 * come for a connection of that peer which has no other explanation. Where several wait, none is guessed at: the
 * connection is cut. (Never seen from well-behaved clients: heads and first chunks travel together.)
 */
import type * as uws from 'uWebSockets.js';
import type { RequestHead } from './transport.ts';
import { type ExchangeOwner, type ExchangeTerms, UwsExchange } from './uws-exchange.ts';

interface Arrival {
  res: uws.HttpResponse;
  head: RequestHead;
  terms: ExchangeTerms;
  peer: string;
  order: number;
}

export class UwsConnections {
  readonly deadlineMs: number;
  #closes = 0;
  #order = 0;
  #arrived: Arrival | null = null;
  readonly #chunked = new Set<Arrival>();

  constructor(options: { deadlineMs: number }) {
    this.deadlineMs = options.deadlineMs;
  }

  get closesSeen(): number {
    return this.#closes;
  }

  /** For `app.filter`. An upgraded connection is not counted out, which the counter does not need. */
  track(res: uws.HttpResponse, change: number): void {
    if (change === 1) new UwsConnection(res, this);
    else this.#closes += 1;
  }

  /** For a route, which must do nothing else with `res`. */
  arrive(res: uws.HttpResponse, head: RequestHead, terms: ExchangeTerms): void {
    const arrival = { res, head, terms, peer: peerOf(res), order: this.next() };
    if (!head.headers.has('transfer-encoding')) {
      this.#arrived = arrival;
      return;
    }
    this.#chunked.add(arrival);
    // Its connection was waiting before and is cut before: that timer was set earlier, for less.
    setTimeout(() => this.#chunked.delete(arrival), this.deadlineMs + 100).unref();
  }

  /** The request that data belong to which came for a connection of this peer, waiting since then; null if unclear. */
  take(peer: string, waitingSince: number): Arrival | null {
    const arrived = this.#arrived;
    this.#arrived = null;
    if (arrived !== null) return arrived;
    const [only, other] = [...this.#chunked].filter((one) => one.peer === peer && one.order > waitingSince);
    if (only === undefined || other !== undefined) return null;
    this.#chunked.delete(only);
    return only;
  }

  next(): number {
    this.#order += 1;
    return this.#order;
  }
}

function peerOf(res: uws.HttpResponse): string {
  return Buffer.from(res.getRemoteAddressAsText()).toString('latin1');
}

/** Waiting for a request, or owning the one that came. Held by its own handlers and timer alone. */
class UwsConnection implements ExchangeOwner {
  readonly #desk: UwsConnections;
  readonly #peer: string;
  #res: uws.HttpResponse | null;
  #exchange: UwsExchange | null = null;
  #isLost = false;
  #waitingSince = 0;
  #deadline: NodeJS.Timeout | undefined;

  constructor(res: uws.HttpResponse, desk: UwsConnections) {
    this.#desk = desk;
    this.#peer = peerOf(res);
    this.#res = res;
    this.#wait();
  }

  #wait(): void {
    this.#exchange = null;
    this.#waitingSince = this.#desk.next();
    this.#res?.onAborted(() => this.gone());
    this.#res?.onData((chunk, isLast) => this.#data(chunk, isLast));
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#cut(), this.#desk.deadlineMs).unref();
  }

  #data(chunk: ArrayBuffer, isLast: boolean): void {
    if (this.#exchange === null) {
      const arrival = this.#desk.take(this.#peer, this.#waitingSince);
      this.#isLost ||= arrival === null;
      if (this.#isLost || arrival === null) return void setImmediate(() => this.#cut()); // not from its own handler
      this.#exchange = new UwsExchange(arrival.res, arrival.head, arrival.terms, this);
    }
    this.#exchange.read(chunk, isLast);
  }

  #cut(): void {
    const res = this.#res;
    this.gone();
    res?.close();
  }

  received(): void {
    clearTimeout(this.#deadline);
  }

  answered(): void {
    this.#wait();
  }

  gone(): void {
    clearTimeout(this.#deadline);
    this.#res = null;
  }

  closesSeen(): number {
    return this.#desk.closesSeen;
  }
}
