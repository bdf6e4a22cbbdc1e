/**
 * A network in memory: transports for the nodes of a simulated cluster, and the `WebSocket` and `fetch` of their clients.
 * Every connection keeps its order whatever the schedule, and nothing happens but through `deliver`, so that a test owns
 * when. Addresses look like `ws://any.host:<port>/path`; several nodes may share a port and are taken in turn.
 */
import {
  type HttpResponse,
  type Listening,
  type Socket,
  type Transport,
  type TransportHandlers,
  type TransportLimits,
  toldTooLong,
  type UpgradeRequest,
} from '@partyline/gateway';
import { closeCodes, problem } from '@partyline/protocol';

export interface MemoryNetwork {
  /** A process: its transport, and its sudden end, of which peers hear and its handlers do not. */
  node(): { transport: Transport; die(): void };
  WebSocket: new (url: string, protocols?: string | string[]) => MemoryWebSocket;
  fetch(url: string, init?: MemoryRequest): Promise<Response>;
  /** A stranger takes a port. */
  occupy(port: number): void;
}

export interface MemoryRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface MemoryNetworkOptions {
  /** Runs a step of the network, at once or later; steps of one connection may be late but are not reordered. */
  deliver?: (step: () => void) => void;
  /** For idle timeouts of frozen sockets; without it they stay open. */
  after?: (ms: number, call: () => void) => () => void;
}

interface Listener {
  port: number;
  limits: TransportLimits;
  handlers: TransportHandlers<unknown>;
  isAccepting: boolean;
  sockets: Set<MemorySocket>;
}

const peerAddress = '127.0.0.1';

export function createMemoryNetwork(options: MemoryNetworkOptions = {}): MemoryNetwork {
  const deliver = options.deliver ?? queueMicrotask;
  const listeners: Listener[] = [];
  const occupied = new Set<number>();
  let lastPort = 0;
  let turn = 0;

  function reach(url: string): { listener: Listener; path: string; query: URLSearchParams } {
    const [, port = '80', path = '/', query = ''] = /^\w+:\/\/[^/:?]*:?(\d+)?([^?]*)\??(.*)$/.exec(url) ?? [];
    const open = listeners.filter((one) => one.isAccepting && one.port === Number(port));
    turn += 1;
    const listener = open[turn % open.length];
    if (listener === undefined) throw Object.assign(new Error(`nobody listens on ${port}`), { code: 'ECONNREFUSED' });
    return { listener, path: path || '/', query: new URLSearchParams(query) };
  }

  function node(): { transport: Transport; die(): void } {
    const own: Listener[] = [];
    const end = (listener: Listener, told: 'told' | 'untold') => {
      listener.isAccepting = false;
      for (const socket of [...listener.sockets]) socket.cut(told);
    };
    const transport: Transport = {
      async listen<Context>(at: { port: number }, limits: TransportLimits, handlers: TransportHandlers<Context>) {
        if (occupied.has(at.port)) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
        lastPort += 1;
        const listener: Listener = {
          port: at.port || lastPort,
          limits,
          handlers: handlers as unknown as TransportHandlers<unknown>,
          isAccepting: true,
          sockets: new Set(),
        };
        own.push(listener);
        listeners.push(listener);
        const listening: Listening = {
          port: listener.port,
          stopAccepting() {
            listener.isAccepting = false;
          },
          close: async () => end(listener, 'told'),
        };
        return listening;
      },
    };
    return {
      transport,
      die() {
        for (const listener of own) end(listener, 'untold');
      },
    };
  }

  async function answer(
    url: string,
    { method = 'GET', headers = {}, body = '' }: MemoryRequest,
  ): Promise<HttpResponse> {
    const { listener, path, query } = reach(url);
    const bytes = Buffer.from(body);
    if (bytes.length > listener.limits.max_body_bytes) return problem('body_too_large');
    const request = { method, path, query, headers: lowered(headers), body: bytes, address: peerAddress };
    return Promise.resolve(request)
      .then(listener.handlers.http)
      .catch(() => problem('internal'));
  }

  async function shake(client: MemoryWebSocket, url: string, offered: string[], headers: Record<string, string>) {
    const { listener, path, query } = reach(url);
    const request: UpgradeRequest = {
      path,
      query,
      headers: lowered(headers),
      protocols: offered,
      address: peerAddress,
    };
    const decision = await Promise.resolve(request)
      .then(listener.handlers.upgrade)
      .catch(() => ({ accept: false, response: problem('internal') }) as const);
    if (!decision.accept) return client.refuse(decision.response);
    if (client.readyState !== 0 || !listener.isAccepting) return client.lose();
    const socket = new MemorySocket(decision.context, listener, client, { deliver, after: options.after });
    client.protocol = decision.protocol ?? '';
    client.open(socket);
    listener.sockets.add(socket);
    listener.handlers.open(socket);
  }

  return {
    node,
    occupy: (port) => void occupied.add(port),
    async fetch(url, init = {}) {
      const { status, headers, body } = await answer(url, init);
      const isBodyless = status === 204 || status === 304;
      return new Response(isBodyless ? null : typeof body === 'string' ? body : new Uint8Array(body), {
        status,
        headers,
      });
    },
    WebSocket: class extends MemoryWebSocket {
      constructor(url: string, protocols: string | string[] = [], headers: Record<string, string> = {}) {
        super();
        deliver(() => shake(this, url, [protocols].flat(), headers).catch(() => this.lose()));
      }
    },
  };
}

function lowered(headers: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** One direction of a connection: steps in order, held while the reader does not read. */
class Line {
  readonly #deliver: (step: () => void) => void;
  readonly #steps: { bytes: number; act: () => void }[] = [];
  #bytes = 0;
  isHeld = false;

  constructor(deliver: (step: () => void) => void) {
    this.#deliver = deliver;
  }

  get heldBytes(): number {
    return this.isHeld ? this.#bytes : 0;
  }

  push(bytes: number, act: () => void): void {
    this.#steps.push({ bytes, act });
    this.#bytes += bytes;
    this.#deliver(() => this.#take());
  }

  release(): void {
    this.isHeld = false;
    for (const _ of this.#steps) this.#deliver(() => this.#take());
  }

  #take(): void {
    const step = this.isHeld ? undefined : this.#steps.shift();
    if (step === undefined) return;
    this.#bytes -= step.bytes;
    step.act();
  }
}

/** The server's end. */
class MemorySocket implements Socket<unknown> {
  readonly context: unknown;
  readonly address = peerAddress;
  readonly #listener: Listener;
  readonly #client: MemoryWebSocket;
  readonly #toClient: Line;
  readonly #toServer: Line;
  readonly #after: MemoryNetworkOptions['after'];
  #state: 'open' | 'dropping' | 'over' = 'open';

  constructor(
    context: unknown,
    listener: Listener,
    client: MemoryWebSocket,
    network: { deliver: (step: () => void) => void; after: MemoryNetworkOptions['after'] },
  ) {
    this.context = context;
    this.#listener = listener;
    this.#client = client;
    this.#toClient = new Line(network.deliver);
    this.#toServer = new Line(network.deliver);
    this.#after = network.after;
  }

  send(text: string): 'sent' | 'queued' | 'dropped' {
    if (this.#state !== 'open') return 'dropped';
    if (this.#toClient.heldBytes > this.#listener.limits.max_backpressure_bytes) {
      this.#state = 'dropping';
      this.#toServer.isHeld = false;
      this.#toServer.push(0, () => this.cut('told'));
      return 'dropped';
    }
    this.#toClient.push(Buffer.byteLength(text), () => this.#client.receive(text));
    return this.#toClient.isHeld ? 'queued' : 'sent';
  }

  close(code: number, reason: string): void {
    if (this.#state === 'over') return;
    const short = Buffer.from(reason)
      .subarray(0, 123)
      .toString()
      .replace(/\ufffd+$/, '');
    this.#toClient.push(0, () => this.#client.end(code, short));
    this.#end(code);
  }

  bufferedBytes(): number {
    return this.#state === 'over' ? 0 : this.#toClient.heldBytes;
  }

  /** Without a close frame. */
  cut(told: 'told' | 'untold'): void {
    this.#toClient.isHeld = false;
    this.#toClient.push(0, () => this.#client.end(1_006, ''));
    if (told === 'told') this.#end(1_006);
    this.#state = 'over';
    this.#listener.sockets.delete(this);
  }

  fromClient(message: string | Buffer): void {
    this.#toServer.push(message.length, () => {
      if (this.#state !== 'open') return;
      const excess = Buffer.byteLength(message) / this.#listener.limits.max_message_bytes;
      if (excess > toldTooLong) this.cut('told');
      else if (excess > 1) this.close(closeCodes.message_too_long.code, 'message_too_long');
      else if (typeof message !== 'string') this.close(closeCodes.protocol_violation.code, 'text only');
      else this.#listener.handlers.message(this, message);
    });
  }

  fromClientEnd(code: number, reason: string): void {
    this.#toServer.push(0, () => {
      this.#toClient.push(0, () => this.#client.end(code, reason));
      this.#end(code);
    });
  }

  hold(): void {
    this.#toClient.isHeld = true;
  }

  release(): void {
    this.#toClient.release();
  }

  /** The network between swallows everything and tells nobody. */
  freeze(): void {
    this.#toClient.isHeld = true;
    this.#toServer.isHeld = true;
    this.#after?.(this.#listener.limits.idle_timeout_seconds * 1_000, () => this.#end(1_006));
  }

  #end(code: number): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#listener.sockets.delete(this);
    this.#listener.handlers.closed(this, code);
  }
}

/** The client's end: what browsers have, and what they would not let a test do. */
export class MemoryWebSocket {
  readyState: 0 | 1 | 2 | 3 = 0;
  protocol = '';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  /** The answer to a handshake that was refused; browsers do not show it. */
  refusal: HttpResponse | null = null;
  #socket: MemorySocket | null = null;

  send(message: string | Buffer): void {
    if (this.readyState === 1) this.#socket?.fromClient(message);
  }

  close(code?: number, reason = ''): void {
    if (this.readyState > 1) return;
    this.readyState = 2;
    if (this.#socket === null) this.lose();
    else this.#socket.fromClientEnd(code ?? 1_005, reason);
  }

  /** The client is gone without a word; its own handlers hear of it. */
  vanish(): void {
    this.#socket?.fromClientEnd(1_006, '');
    this.end(1_006, '');
  }

  /** Half-open: both ends think the other one is silent. */
  freeze(): void {
    this.#socket?.freeze();
  }

  pause(): void {
    this.#socket?.hold();
  }

  resume(): void {
    this.#socket?.release();
  }

  open(socket: MemorySocket): void {
    this.#socket = socket;
    this.readyState = 1;
    this.onopen?.();
  }

  receive(data: string): void {
    if (this.readyState === 1) this.onmessage?.({ data });
  }

  refuse(response: HttpResponse): void {
    this.refusal = response;
    this.lose();
  }

  /** There was never a connection, or there is none any more. */
  lose(): void {
    this.onerror?.();
    this.end(1_006, '');
  }

  end(code: number, reason: string): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}
