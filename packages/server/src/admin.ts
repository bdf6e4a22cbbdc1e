/**
 * The admin port of a node: is it alive, is it ready and if not why, what has it counted, how much does it log. For
 * orchestrators and operators; bound to loopback unless told otherwise, since it asks nobody who they are.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readiness } from './readiness.ts';

export interface AdminPorts {
  readiness: () => Readiness;
  metricsText: () => Promise<string>;
  contentType: string;
  level: () => string;
  /** Throws a RangeError for a level there is not. */
  setLevel: (level: string) => void;
}

export interface Admin {
  readonly port: number;
  close(): Promise<void>;
}

const longestBody = 1_024;

/** Rejects with code EADDRINUSE where the port is taken. */
export async function startAdmin(at: { host: string; port: number }, ports: AdminPorts): Promise<Admin> {
  const server = createServer((request, response) => {
    answer(request, response, ports).catch(() => send(response, 500, { error: 'internal' }));
  });
  server.requestTimeout = 5_000;
  server.listen({ ...at, exclusive: true });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, ports: AdminPorts): Promise<void> {
  const path = (request.url ?? '').split('?')[0];
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  switch (`${method} ${path}`) {
    case 'GET /healthz':
      return send(response, 200, { alive: true });
    case 'GET /readyz': {
      const readiness = ports.readiness();
      return send(response, readiness.ready ? 200 : 503, readiness);
    }
    case 'GET /metrics':
      response.writeHead(200, { 'content-type': ports.contentType }).end(await ports.metricsText());
      return;
    case 'GET /log-level':
      return send(response, 200, { level: ports.level() });
    case 'PUT /log-level':
      return changeLevel(request, response, ports);
    default:
      return send(response, 404, { error: 'not_found', paths: ['/healthz', '/readyz', '/metrics', '/log-level'] });
  }
}

async function changeLevel(request: IncomingMessage, response: ServerResponse, ports: AdminPorts): Promise<void> {
  const level = await levelIn(request);
  try {
    if (level === null) throw new RangeError('the body must be like {"level": "debug"}');
    ports.setLevel(level);
    send(response, 200, { level: ports.level() });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    send(response, 400, { error: 'invalid_level', detail: error.message });
  }
}

async function levelIn(request: IncomingMessage): Promise<string | null> {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > longestBody) return null;
  }
  try {
    const read: unknown = JSON.parse(body);
    const isNamed = typeof read === 'object' && read !== null && 'level' in read && typeof read.level === 'string';
    return isNamed ? (read.level as string) : null;
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
