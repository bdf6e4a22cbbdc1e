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
 * where that peer has other connections waiting, it is not known which one is gone, so none of those is cut by us any
 * more; uWebSockets.js still does.
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

/** One peer address, as long as connections of it wait. */
interface Peer {
  readonly address: string;
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
    const { chunked } = this.peer(res);
    chunked.add(arrival);
    // Its connection was waiting before and is cut before: that timer was set earlier, for less.
    setTimeout(() => chunked.delete(arrival), this.deadlineMs + 100).unref();
  }

  /** For a route that upgrades at once. */
  upgrading(res: uws.HttpResponse): void {
    const peer = this.peer(res);
    const [only, other] = peer.waiting;
    if (only !== undefined && other === undefined) only.gone();
    else peer.lostAt = this.next();
  }

  /** The request that data belong to which came for a connection of this peer, waiting since then; null if unclear. */
  take({ chunked }: Peer, waitingSince: number): Arrival | null {
    const arrived = this.#arrived;
    this.#arrived = null;
    if (arrived !== null) return arrived;
    const [only, other] = [...chunked].filter(({ order }) => order > waitingSince);
    if (only === undefined || other !== undefined) return null;
    chunked.delete(only);
    return only;
  }

  peer(res: uws.HttpResponse): Peer {
    const address = Buffer.from(res.getRemoteAddressAsText()).toString('latin1');
    const known = this.#peers.get(address);
    if (known !== undefined) return known;
    const peer = { address, waiting: new Set<UwsConnection>(), chunked: new Set<Arrival>(), lostAt: 0 };
    this.#peers.set(address, peer);
    return peer;
  }

  next(): number {
    this.#order += 1;
    return this.#order;
  }

  waits(peer: Peer, connection: UwsConnection): void {
    peer.waiting.add(connection);
    this.#peers.set(peer.address, peer);
  }

  waitsNoMore(peer: Peer, connection: UwsConnection): void {
    peer.waiting.delete(connection);
    if (peer.waiting.size === 0) this.#peers.delete(peer.address);
  }
}

/** Waiting for a request, or owning the one that came. */
class UwsConnection implements ExchangeOwner {
  readonly #desk: UwsConnections;
  readonly #peer: Peer;
  #res: uws.HttpResponse | null;
  #exchange: UwsExchange | null = null;
  #isUnclear = false;
  #waitingSince = 0;
  #deadline: NodeJS.Timeout | undefined;

  constructor(res: uws.HttpResponse, desk: UwsConnections) {
    this.#desk = desk;
    this.#peer = desk.peer(res);
    this.#res = res;
    this.#wait();
  }

  #wait(): void {
    this.#exchange = null;
    this.#waitingSince = this.#desk.next();
    this.#desk.waits(this.#peer, this);
    this.#res?.onAborted(() => this.gone());
    this.#res?.onData((chunk, isLast) => this.#data(chunk, isLast));
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#expire(), this.#desk.deadlineMs).unref();
  }

  #data(chunk: ArrayBuffer, isLast: boolean): void {
    if (this.#isUnclear) return;
    if (this.#exchange === null) {
      const arrival = this.#desk.take(this.#peer, this.#waitingSince);
      if (arrival === null) {
        this.#isUnclear = true;
        setImmediate(() => this.#cut()); // not from within a handler of its own
        return;
      }
      this.#desk.waitsNoMore(this.#peer, this);
      this.#exchange = new UwsExchange(arrival.res, arrival.head, arrival.terms, this);
    }
    this.#exchange.read(chunk, isLast);
  }

  #expire(): void {
    const mayBeGone = this.#exchange === null && this.#peer.lostAt > this.#waitingSince;
    if (mayBeGone) this.gone();
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

  gone(): void {
    clearTimeout(this.#deadline);
    this.#desk.waitsNoMore(this.#peer, this);
    this.#res = null;
  }

  closesSeen(): number {
    return this.#desk.closesSeen;
  }
}
