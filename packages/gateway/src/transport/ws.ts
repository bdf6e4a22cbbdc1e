/**
 * The transport over node:http and `ws`: for machines that uWebSockets.js has no binary for, and the proof that the port
 * hides which one it is. Passes the same contract suite.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeCodes, problem } from '@partyline/protocol';
import { type ServerOptions, WebSocketServer } from 'ws';
import { trustedProxies } from './client-address.ts';
import { offeredProtocols } from './headers.ts';
import {
  type Listening,
  type Transport,
  type TransportHandlers,
  type TransportLimits,
  toldTooLong,
} from './transport.ts';
import { bodyOf, headOf, writeAnswer, writeRefusal } from './ws-request.ts';
import { WsSocket } from './ws-socket.ts';

export function createWsTransport(): Transport {
  return { listen };
}

async function listen<Context>(
  at: { host: string; port: number },
  limits: TransportLimits,
  handlers: TransportHandlers<Context>,
): Promise<Listening> {
  const proxies = trustedProxies(limits.trusted_proxies);
  const idleMs = limits.idle_timeout_seconds * 1_000;
  const connections = new Set<Duplex>();
  const sockets = new Set<WsSocket<Context>>();
  const chosen = new WeakMap<IncomingMessage, string | null>();
  let isAccepting = true;

  const http = createServer({
    // Other upgrades (Java's client offers h2c) are requests like any other. Node before 22.21 refuses them.
    ...{ shouldUpgradeCallback: (req: IncomingMessage) => req.headers.upgrade?.toLowerCase() === 'websocket' },
    requestTimeout: limits.request_deadline_ms,
    headersTimeout: limits.request_deadline_ms,
    keepAliveTimeout: limits.request_deadline_ms,
    connectionsCheckingInterval: Math.max(20, limits.request_deadline_ms / 20),
    noDelay: true,
  });
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: toldTooLong * limits.max_message_bytes,
    closeTimeout: 5_000, // for a peer that never answers our close; not in the types yet
    handleProtocols: (_, request) => chosen.get(request) ?? false,
  };
  const upgrades = new WebSocketServer(options);

  http.on('connection', (connection) => {
    connections.add(connection);
    connection.on('error', () => {}); // a reset is an end like any other; 'close' follows
    connection.once('close', () => connections.delete(connection));
  });

  http.on('request', async (req, res) => {
    const head = headOf(req, proxies);
    const body = await bodyOf(req, limits.max_body_bytes);
    if (body === 'gone') return;
    if (body === 'too_large') return writeAnswer(res, problem('body_too_large'), 'close');
    const answer = await Promise.resolve({ ...head, body })
      .then(handlers.http)
      .catch(() => problem('internal'));
    writeAnswer(res, answer, isAccepting ? 'keep-alive' : 'close');
  });

  http.on('upgrade', async (req: IncomingMessage, connection: Duplex, first: Buffer) => {
    const { path, query, headers, address } = headOf(req, proxies);
    const decision = await Promise.resolve({ path, query, headers, protocols: offeredProtocols(headers), address })
      .then(handlers.upgrade)
      .catch(() => ({ accept: false, response: problem('internal') }) as const);
    if (connection.destroyed) return;
    if (!decision.accept) return writeRefusal(connection, decision.response);
    chosen.set(req, decision.protocol);
    upgrades.handleUpgrade(req, connection, first, (native) => {
      const socket = new WsSocket(native, decision.context, address, {
        maxBackpressureBytes: limits.max_backpressure_bytes,
        closed: (code) => {
          sockets.delete(socket);
          handlers.closed(socket, code);
        },
      });
      sockets.add(socket);
      native.on('error', () => {}); // too long, not UTF-8: `ws` closes with the right code, and 'close' follows
      native.on('pong', () => socket.heard());
      native.on('ping', () => socket.heard());
      native.on('close', (code) => socket.ended(code));
      native.on('message', (data: Buffer, isBinary) => {
        socket.heard();
        if (socket.isOver) return;
        if (data.length > limits.max_message_bytes) {
          socket.close(closeCodes.message_too_long.code, 'message_too_long');
        } else if (isBinary) socket.close(closeCodes.protocol_violation.code, 'text only');
        else handlers.message(socket, data.toString());
      });
      handlers.open(socket);
    });
  });

  const watch = setInterval(() => {
    for (const socket of sockets) socket.watch(idleMs, limits.pings);
  }, idleMs / 4).unref();

  await bind(http, at);
  const address = http.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : at.port,
    stopAccepting() {
      isAccepting = false;
      http.close();
    },
    async close() {
      clearInterval(watch);
      const isClosed = http.listening ? new Promise((resolve) => http.close(resolve)) : null;
      for (const connection of connections) connection.destroy();
      await isClosed;
    },
  };
}

/** Shares the port with other processes where the platform can; elsewhere the first one has it alone. */
async function bind(http: Server, at: { host: string; port: number }): Promise<void> {
  const attempt = (reusePort: boolean) =>
    new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen({ ...at, reusePort, exclusive: true }, () => {
        http.off('error', reject);
        resolve();
      });
    });
  await attempt(true).catch((error) => (error.code === 'ENOTSUP' ? attempt(false) : Promise.reject(error)));
}
