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
 * Two things break the sequence. A chunked body need not send any data with its head: such requests wait on the desk by
 * peer, and are taken when data come for a connection of that peer which has no other explanation; where several wait,
 * none is guessed at and the connection is cut (never seen from well-behaved clients: heads and first chunks travel
 * together). And an upgrade within the route, the only safe place for one, frees the connection before `#data` is called:
 * where that peer has several connections waiting, it is not known which one is gone, so none of those is cut by us any
 * more; uWebSockets.js still does. They are not forgotten: the one that is gone will never call, the others may.
 */
import type * as uws from 'uWebSockets.js';
import type { RequestHead } from './transport.ts';
import { type ExchangeOwner, type ExchangeTerms, UwsExchange } from './uws-exchange.ts';

interface Arrival {
  res: uws.HttpResponse;
  head: RequestHead;
  terms: ExchangeTerms;
  order: number;
}

/** What is known of one peer address, as long as connections of it wait. */
interface Peer {
  readonly waiting: Set<UwsConnection>;
  readonly chunked: Set<Arrival>;
  /** When one of those waiting was lost without our knowing which, in the desk's order. */
  lostAt: number;
}

export class UwsConnections {
  readonly deadlineMs: number;
  #closes = 0;
  #order = 0;
  #arrived: Arrival | null = null;
  readonly #peers = new Map<string, Peer>();

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
    const arrival = { res, head, terms, order: this.next() };
    if (!head.headers.has('transfer-encoding')) {
      this.#arrived = arrival;
      return;
    }
    const address = addressOf(res);
    this.peer(address).chunked.add(arrival);
    // If its connection is watched it has been cut by then: that timer was set earlier, for less.
    setTimeout(() => this.#drop(address, arrival), this.deadlineMs + 100).unref();
  }

  /** For a route that upgrades at once. */
  upgrading(res: uws.HttpResponse): void {
    const peer = this.#peers.get(addressOf(res));
    const [only, other] = peer?.waiting ?? [];
    if (only !== undefined && other === undefined) only.unwatch();
    else if (peer !== undefined) peer.lostAt = this.next();
  }

  /**
   * The request that data belong to which came for a connection; null where that is unclear. `waitingSince` is null for
   * a connection that is not watched: its chunked request may have been dropped, so another's must not be taken for it.
   */
  take(address: string, waitingSince: number | null): Arrival | null {
    const arrived = this.#arrived;
    this.#arrived = null;
    if (arrived !== null || waitingSince === null) return arrived;
    const chunked = this.#peers.get(address)?.chunked ?? [];
    const [only, other] = [...chunked].filter(({ order }) => order > waitingSince);
    if (only === undefined || other !== undefined) return null;
    this.#drop(address, only);
    return only;
  }

  #drop(address: string, arrival: Arrival): void {
    const peer = this.#peers.get(address);
    peer?.chunked.delete(arrival);
    this.#forget(address);
  }

  peer(address: string): Peer {
    const known = this.#peers.get(address);
    if (known !== undefined) return known;
    const peer = { waiting: new Set<UwsConnection>(), chunked: new Set<Arrival>(), lostAt: 0 };
    this.#peers.set(address, peer);
    return peer;
  }

  next(): number {
    this.#order += 1;
    return this.#order;
  }

  waitsNoMore(address: string, connection: UwsConnection): void {
    this.#peers.get(address)?.waiting.delete(connection);
    this.#forget(address);
  }

  #forget(address: string): void {
    const peer = this.#peers.get(address);
    if (peer?.waiting.size === 0 && peer.chunked.size === 0) this.#peers.delete(address);
  }
}

function addressOf(res: uws.HttpResponse): string {
  return Buffer.from(res.getRemoteAddressAsText()).toString('latin1');
}

/** Waiting for a request, or owning the one that came. */
class UwsConnection implements ExchangeOwner {
  readonly #desk: UwsConnections;
  readonly #address: string;
  #res: uws.HttpResponse | null;
  #exchange: UwsExchange | null = null;
  #isUnclear = false;
  /** In the desk's order; null while it is not watched. */
  #waitingSince: number | null = null;
  #deadline: NodeJS.Timeout | undefined;

  constructor(res: uws.HttpResponse, desk: UwsConnections) {
    this.#desk = desk;
    this.#address = addressOf(res);
    this.#res = res;
    this.#wait();
  }

  #wait(): void {
    this.#exchange = null;
    this.#waitingSince = this.#desk.next();
    this.#desk.peer(this.#address).waiting.add(this);
    this.#res?.onAborted(() => this.gone());
    this.#res?.onData((chunk, isLast) => this.#data(chunk, isLast));
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#expire(), this.#desk.deadlineMs).unref();
  }

  #data(chunk: ArrayBuffer, isLast: boolean): void {
    if (this.#isUnclear) return;
    if (this.#exchange === null) {
      const arrival = this.#desk.take(this.#address, this.#waitingSince);
      if (arrival === null) {
        this.#isUnclear = true;
        setImmediate(() => this.#cut()); // not from within a handler of its own
        return;
      }
      this.#desk.waitsNoMore(this.#address, this);
      this.#exchange = new UwsExchange(arrival.res, arrival.head, arrival.terms, this);
    }
    this.#exchange.read(chunk, isLast);
  }

  #expire(): void {
    const { lostAt } = this.#desk.peer(this.#address);
    const mayBeGone = this.#exchange === null && this.#waitingSince !== null && lostAt > this.#waitingSince;
    if (mayBeGone) this.unwatch();
    else this.#cut();
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

  /** It may be gone and may be there: it is not touched from here any more, unless it calls. */
  unwatch(): void {
    this.#waitingSince = null;
    clearTimeout(this.#deadline);
    this.#desk.waitsNoMore(this.#address, this);
  }

  gone(): void {
    this.unwatch();
    this.#res = null;
  }

  closesSeen(): number {
    return this.#desk.closesSeen;
  }
}
