/**
 * The network as a gateway needs it: HTTP requests answered, sockets opened, texts sent. Adapters (uWebSockets.js, `ws`,
 * in-memory) know bytes and limits; they know nothing of parties.
 */

export interface HttpRequest {
  method: string;
  /** Path without the query, percent-encoding as sent. */
  path: string;
  query: URLSearchParams;
  /** Lower-case names. */
  headers: ReadonlyMap<string, string>;
  /** Empty for requests without one. */
  body: Buffer;
  /** The peer's address; behind a trusted proxy, the address the proxy names. */
  address: string;
}

/** A request before its body. */
export type RequestHead = Omit<HttpRequest, 'body'>;

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** A WebSocket handshake, before it is answered. */
export interface UpgradeRequest {
  path: string;
  query: URLSearchParams;
  headers: ReadonlyMap<string, string>;
  /** What the client offered in Sec-WebSocket-Protocol. */
  protocols: string[];
  address: string;
}

export type UpgradeDecision<Context> =
  | { accept: true; context: Context; protocol: string | null }
  | { accept: false; response: HttpResponse };

/** One open socket. `send` and `close` after the end are no-ops. */
export interface Socket<Context> {
  readonly context: Context;
  readonly address: string;
  /** `dropped`: the peer reads too slowly, the limit is reached and the socket is being closed. */
  send(text: string): 'sent' | 'queued' | 'dropped';
  /**
   * Closes with a code of 4000-4999 or 1000-1011 and a short reason. `closed` is called with this code before `close`
   * returns, and no message follows.
   */
  close(code: number, reason: string): void;
  /** Bytes that wait in this process for the peer. */
  bufferedBytes(): number;
}

export interface TransportHandlers<Context> {
  http(request: HttpRequest): Promise<HttpResponse>;
  upgrade(request: UpgradeRequest): UpgradeDecision<Context> | Promise<UpgradeDecision<Context>>;
  open(socket: Socket<Context>): void;
  message(socket: Socket<Context>, text: string): void;
  /**
   * Called exactly once for every opened socket: with the peer's code, 1005 where it gave none, 1006 where it vanished,
   * was cut or was too slow, or with the code of our own `close`.
   */
  closed(socket: Socket<Context>, code: number): void;
}

export interface TransportLimits {
  /** Largest message a client may send, bytes. A longer one closes the socket as `message_too_long`. */
  max_message_bytes: number;
  /** Largest request body, bytes; more is answered 413. */
  max_body_bytes: number;
  /** What may wait for one slow peer before it is closed, bytes. */
  max_backpressure_bytes: number;
  /** Seconds of silence (no message, no pong) after which a socket is closed. */
  idle_timeout_seconds: number;
  /** Whether the transport sends WebSocket pings of its own to keep idle sockets. */
  pings: 'automatic' | 'off';
  /** A connection that has not finished its request or handshake by then is cut, ms; dripping bytes does not extend it. */
  request_deadline_ms: number;
  /** Addresses or CIDR blocks of proxies whose X-Forwarded-For is believed. */
  trusted_proxies: string[];
}

/** How many times too long a message may be for us to say so; what is longer is cut before it is here. */
export const toldTooLong = 4;

export interface Listening {
  port: number;
  /** No new connections; open ones go on. */
  stopAccepting(): void;
  /** Cuts whatever is still open. */
  close(): Promise<void>;
}

export interface Transport {
  /** Binds host and port (0: any). Several processes may share one port. Rejects with code EADDRINUSE where it is taken by others. */
  listen<Context>(
    at: { host: string; port: number },
    limits: TransportLimits,
    handlers: TransportHandlers<Context>,
  ): Promise<Listening>;
}
