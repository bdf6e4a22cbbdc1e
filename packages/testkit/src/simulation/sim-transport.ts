/** A transport without a network: sockets are pairs of functions, and nothing is lost unless a process dies. */
import type { HttpRequest, HttpResponse, Listening, Socket, Transport, TransportHandlers } from '@partyline/gateway';

export interface SimSocket {
  send(text: string): void;
  close(): void;
}

export interface SimSocketEvents {
  open: () => void;
  text: (text: string) => void;
  closed: (code: number) => void;
}

export interface SimTransport extends Transport {
  connect(path: string, protocols: string[], on: SimSocketEvents): Promise<SimSocket | null>;
  request(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: unknown }>;
  /** The process is gone: every peer sees its socket end, and no handler hears of it. */
  die(): void;
}

interface Open {
  socket: Socket<unknown>;
  drop: (code: number) => void;
}

export function createSimTransport(): SimTransport {
  let handlers: TransportHandlers<unknown> | null = null;
  let isAccepting = false;
  const open = new Set<Open>();

  function wired(on: SimSocketEvents, context: unknown, serving: TransportHandlers<unknown>): SimSocket {
    let isOpen = true;
    const end = (code: number, isHeard: boolean): void => {
      if (!isOpen) return;
      isOpen = false;
      open.delete(entry);
      if (isHeard) serving.closed(socket, code);
      on.closed(code);
    };
    const socket: Socket<unknown> = {
      context,
      address: '127.0.0.1',
      send(text) {
        if (!isOpen) return 'dropped';
        on.text(text);
        return 'sent';
      },
      close: (code) => end(code, true),
      bufferedBytes: () => 0,
    };
    const entry: Open = { socket, drop: (code) => end(code, false) };
    open.add(entry);
    on.open();
    serving.open(socket);
    return {
      send(text) {
        if (isOpen) serving.message(socket, text);
      },
      close: () => end(1000, true),
    };
  }

  return {
    async listen<Context>(
      _at: { host: string; port: number },
      _limits: unknown,
      given: TransportHandlers<Context>,
    ): Promise<Listening> {
      handlers = given as unknown as TransportHandlers<unknown>;
      isAccepting = true;
      return {
        port: 0,
        stopAccepting() {
          isAccepting = false;
        },
        async close() {
          isAccepting = false;
          for (const { socket } of [...open]) socket.close(1001, 'closing');
        },
      };
    },
    async connect(path, protocols, on) {
      if (handlers === null || !isAccepting) return null;
      const request = { path, query: new URLSearchParams(), headers: new Map(), protocols, address: '127.0.0.1' };
      const decision = await handlers.upgrade(request);
      return decision.accept && handlers !== null ? wired(on, decision.context, handlers) : null;
    },
    async request(method, path, body, headers = {}) {
      if (handlers === null || !isAccepting) return { status: 0, body: null };
      const request: HttpRequest = {
        method,
        path,
        query: new URLSearchParams(),
        headers: new Map(Object.entries(headers)),
        body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
        address: '127.0.0.1',
      };
      const response: HttpResponse = await handlers.http(request);
      return { status: response.status, body: response.body.length === 0 ? null : JSON.parse(String(response.body)) };
    },
    die() {
      handlers = null;
      isAccepting = false;
      for (const { drop } of [...open]) drop(1006);
    },
  };
}
