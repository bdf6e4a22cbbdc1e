/**
 * The TCP connections of uWebSockets.js while they speak HTTP, and the deadline by which each must have finished a
 * request. By itself uWebSockets.js cuts a slow request after 8-12 s, which no option shortens.
 *
 * `app.filter` hands out a handle per connection, every request hands out another, and nothing says which belong
 * together: a handle has neither id nor port (20.51). A timer on the wrong handle would close freed memory, so the two
 * are matched by what uWebSockets.js does in one go: a data handler set on the connection's handle is called right after
 * the request's route, with the first piece of the body, or with an empty one where there is none. Hence `arrive` leaves
 * the request on the desk and `#data` takes it. A data handler lives for one request and is set again after the answer.
 *
 * Chunked bodies break the sequence: no data need come with their head. Such a request reads for itself, and since one
 * of the waiting connections of that peer has now lost its handlers without our knowing which, none of them is cut by us
 * any more; uWebSockets.js still does it. Their answer closes the connection.
 */
import type * as uws from 'uWebSockets.js';
import type { RequestHead } from './transport.ts';
import { type ExchangeOwner, type ExchangeTerms, UwsExchange } from './uws-exchange.ts';

export class UwsConnections {
  readonly deadlineMs: number;
  #closes = 0;
  #clock = 0;
  /** Peer → when a handle of it was last lost, on `#clock`. */
  readonly #lostAt = new Map<string, number>();
  #arrived: UwsExchange | null = null;

  constructor(options: { deadlineMs: number }) {
    this.deadlineMs = options.deadlineMs;
  }

  get closesSeen(): number {
    return this.#closes;
  }

  /** For `app.filter`. Upgraded connections are not counted out again, which the counter does not need. */
  track(res: uws.HttpResponse, change: number): void {
    if (change === 1) new UwsConnection(res, this);
    else this.#closes += 1;
  }

  /** For a route: takes the request over and calls `terms.received` once its body is complete. */
  arrive(res: uws.HttpResponse, head: RequestHead, terms: ExchangeTerms): void {
    const exchange = new UwsExchange(res, head, terms);
    if (head.headers.has('transfer-encoding')) {
      this.#lose(peerOf(res));
      exchange.standAlone();
      return;
    }
    this.#arrived = exchange;
    // Where the sequence did not hold there is nobody to read the body or to end this request.
    setImmediate(() => !exchange.isOwned && exchange.cut());
  }

  take(): UwsExchange | null {
    const exchange = this.#arrived;
    this.#arrived = null;
    return exchange;
  }

  now(): number {
    this.#clock += 1;
    return this.#clock;
  }

  isLost(peer: string, since: number): boolean {
    return (this.#lostAt.get(peer) ?? 0) > since;
  }

  #lose(peer: string): void {
    const at = this.now();
    this.#lostAt.set(peer, at);
    const forget = () => this.#lostAt.get(peer) === at && this.#lostAt.delete(peer);
    setTimeout(forget, this.deadlineMs + 1_000).unref(); // every deadline that was running then has passed
  }
}

function peerOf(res: uws.HttpResponse): string {
  return Buffer.from(res.getRemoteAddressAsText()).toString('latin1');
}

/** Waiting for a request, or owning the one that came. Ends by itself; nobody holds it but its own handlers. */
class UwsConnection implements ExchangeOwner {
  readonly #desk: UwsConnections;
  readonly #peer: string;
  #res: uws.HttpResponse | null;
  #doing: 'waiting' | 'draining' | UwsExchange = 'waiting';
  #waitingSince = 0;
  #deadline: NodeJS.Timeout | undefined;

  constructor(res: uws.HttpResponse, desk: UwsConnections) {
    this.#desk = desk;
    this.#peer = peerOf(res);
    this.#res = res;
    this.#wait('waiting');
  }

  #wait(doing: 'waiting' | 'draining'): void {
    this.#doing = doing;
    this.#waitingSince = this.#desk.now();
    this.#res?.onAborted(() => this.gone());
    this.#res?.onData((chunk, isLast) => this.#data(chunk, isLast));
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#expire(), this.#desk.deadlineMs).unref();
  }

  #data(chunk: ArrayBuffer, isLast: boolean): void {
    if (this.#doing === 'waiting') {
      const exchange = this.#desk.take();
      if (exchange === null) return;
      exchange.ownedBy(this);
      this.#doing = exchange;
    }
    if (this.#doing !== 'draining') this.#doing.read(chunk, isLast);
    else if (isLast) setImmediate(() => this.#res?.close());
  }

  #expire(): void {
    const res = this.#res;
    const isLost = this.#doing === 'waiting' && this.#desk.isLost(this.#peer, this.#waitingSince);
    this.gone();
    if (!isLost) res?.close();
  }

  received(): void {
    clearTimeout(this.#deadline);
  }

  answered({ isDrained }: { isDrained: boolean }): void {
    this.#wait(isDrained ? 'waiting' : 'draining');
  }

  gone(): void {
    clearTimeout(this.#deadline);
    this.#res = null;
  }
}
