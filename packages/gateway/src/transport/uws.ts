/**
 * The transport over uWebSockets.js: the one that carries the crowd. Knows its pitfalls so that nobody else has to: it is
 * loaded only after its native file was checked, requests are copied before anything waits, answers are corked, and
 * topics are not used (measured: publish 5.9-7.7 µs a message, send 6.4-7.7 µs, and send keeps order with personal frames).
 *
 * A message far too long and broken UTF-8 are cut by uWebSockets.js itself without a close frame; the peer sees 1006. So that
 * one that is a little too long can be told, it is let in and refused here.
 */

import type * as uws from 'uWebSockets.js';
import { createServer } from 'node:net';
import { closeCodes, problem } from '@partyline/protocol';
import { clientAddress, trustedProxies } from './client-address.ts';
import { joinedHeaders, offeredProtocols } from './headers.ts';
import { verifyNativeFile } from './native-checksum.ts';
import {
  type Listening,
  type RequestHead,
  type Transport,
  type TransportHandlers,
  type TransportLimits,
  toldTooLong,
  type UpgradeDecision,
} from './transport.ts';
import { UwsConnections } from './uws-connections.ts';
import type { UwsExchange } from './uws-exchange.ts';
import { UwsSocket, type UwsSocketData } from './uws-socket.ts';

export function createUwsTransport(): Transport {
  return { listen };
}

async function listen<Context>(
  at: { host: string; port: number },
  limits: TransportLimits,
  handlers: TransportHandlers<Context>,
): Promise<Listening> {
  const idleSeconds = limits.idle_timeout_seconds;
  if (!(idleSeconds >= 8 && idleSeconds <= 960)) {
    throw new RangeError(`idle_timeout_seconds is ${idleSeconds}; uWebSockets.js takes 8 to 960`);
  }
  const proxies = trustedProxies(limits.trusted_proxies);
  await verifyNativeFile();
  const { default: native } = await import('uWebSockets.js');

  let listenSocket: uws.us_listen_socket | null = null;
  let isClosed = false;
  const connections = new UwsConnections({ deadlineMs: limits.request_deadline_ms });

  const arrive = (res: uws.HttpResponse, head: RequestHead, received: (exchange: UwsExchange) => void): void => {
    connections.arrive(res, head, {
      maxBodyBytes: limits.max_body_bytes,
      mayKeepAlive: () => listenSocket !== null,
      received,
    });
  };

  const headOf = (res: uws.HttpResponse, req: uws.HttpRequest): RequestHead => {
    const fields: [string, string][] = [];
    req.forEach((name, value) => {
      fields.push([name, value]);
    });
    const headers = joinedHeaders(fields);
    const peer = Buffer.from(res.getRemoteAddressAsText()).toString('latin1');
    return {
      method: req.getCaseSensitiveMethod(),
      path: req.getUrl(),
      query: new URLSearchParams(req.getQuery()),
      headers,
      address: clientAddress(peer, headers.get('x-forwarded-for'), proxies),
    };
  };

  const answer = async (exchange: UwsExchange): Promise<void> => {
    const { head, body } = exchange;
    try {
      exchange.answer(await handlers.http({ ...head, body }));
    } catch {
      exchange.answer(problem('internal'));
    }
  };

  const decide = async (
    exchange: UwsExchange,
    context: uws.us_socket_context_t,
    pending: ReturnType<typeof handlers.upgrade>,
  ): Promise<void> => {
    const decision = await pending;
    if (exchange.isOver) return;
    if (!decision.accept) return exchange.answer(decision.response);
    const socket = new UwsSocket(decision.context, exchange.head.address);
    exchange.upgrade({ socket }, decision.protocol, context);
    if (socket.open()) handlers.open(socket);
  };

  const shake = (res: uws.HttpResponse, req: uws.HttpRequest, context: uws.us_socket_context_t): void => {
    const head = headOf(res, req);
    const { path, query, headers, address } = head;
    const decision = attempt(() =>
      handlers.upgrade({ path, query, headers, protocols: offeredProtocols(headers), address }),
    );
    if (decision instanceof Promise || !decision.accept || hasBody(headers)) {
      return arrive(res, head, (exchange) => void decide(exchange, context, decision));
    }
    const socket = new UwsSocket(decision.context, address);
    const [key = '', extensions = ''] = [headers.get('sec-websocket-key'), headers.get('sec-websocket-extensions')];
    connections.upgrading(res);
    res.upgrade({ socket }, key, decision.protocol ?? '', extensions, context);
    if (socket.open()) handlers.open(socket);
  };

  const app = native
    .App()
    .filter((res, change) => connections.track(res, Number(change)))
    .ws<UwsSocketData<Context>>('/*', {
      compression: native.DISABLED,
      maxPayloadLength: toldTooLong * limits.max_message_bytes,
      maxBackpressure: limits.max_backpressure_bytes,
      closeOnBackpressureLimit: true,
      idleTimeout: idleSeconds,
      sendPingsAutomatically: limits.pings === 'automatic',
      upgrade(res, req, context) {
        const isHandshake =
          req.getHeader('upgrade').toLowerCase() === 'websocket' && req.getHeader('sec-websocket-version') === '13';
        if (isHandshake) shake(res, req, context);
        else req.setYield(true); // a request like any other: the next route answers it
      },
      open: compiled(upgraded),
      message(ws, message, isBinary) {
        const { socket } = ws.getUserData();
        if (message.byteLength > limits.max_message_bytes) {
          socket.close(closeCodes.message_too_long.code, 'message_too_long');
        } else if (isBinary) socket.close(closeCodes.protocol_violation.code, 'text only');
        else handlers.message(socket, Buffer.from(message).toString());
      },
      close(ws, code) {
        const { socket } = ws.getUserData();
        if (socket.end() === 'was open') handlers.closed(socket, code);
      },
    })
    .any('/*', (res, req) => arrive(res, headOf(res, req), (exchange) => void answer(exchange)));

  const opened = await new Promise<uws.us_listen_socket | false>((resolve) => {
    app.listen(at.host, at.port, (socket) => void resolve(socket));
  });
  if (opened === false) {
    app.close();
    throw await listenError(at);
  }
  listenSocket = opened;

  return {
    port: native.us_socket_local_port(opened),
    stopAccepting() {
      if (listenSocket !== null) native.us_listen_socket_close(listenSocket);
      listenSocket = null;
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      listenSocket = null;
      app.close();
    },
  };
}

const failed = () => ({ accept: false, response: problem('internal') }) as const;

/** A failed decision is a refusal, from the moment it fails: nobody may have asked for it yet. */
function attempt<Context>(decide: () => UpgradeDecision<Context> | Promise<UpgradeDecision<Context>>) {
  try {
    const decision = decide();
    return decision instanceof Promise ? decision.catch(failed) : decision;
  } catch {
    return failed();
  }
}

function hasBody(headers: ReadonlyMap<string, string>): boolean {
  return headers.has('transfer-encoding') || (headers.get('content-length') ?? '0') !== '0';
}

function upgraded<Context>(ws: Pick<uws.WebSocket<UwsSocketData<Context>>, 'getUserData'>): void {
  ws.getUserData().socket.upgraded(ws as uws.WebSocket<UwsSocketData<Context>>);
}

/** A function is compiled when it is first called, which takes memory; see `UwsExchange.upgrade` for why not then. */
function compiled(open: typeof upgraded): typeof upgraded {
  for (let call = 0; call < 20; call += 1) open({ getUserData: () => ({ socket: new UwsSocket(null, '') }) });
  return open;
}

/** uWebSockets.js does not say why it could not listen; node's own attempt does. */
function listenError(at: { host: string; port: number }): Promise<Error> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen({ ...at, exclusive: true }, () => {
      probe.close();
      resolve(Object.assign(new Error(`listen ${at.host}:${at.port} failed`), { code: 'EADDRINUSE' }));
    });
  });
}
