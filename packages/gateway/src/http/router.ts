/** From a request to the handler of its route: method, path, cross-origin rules, and the last resort for errors. */
import { ArchiveUnavailable, StoreUnavailable } from '@partyline/core';
import { type Route, type RouteName, routes } from '@partyline/protocol';
import type { GatewayMetrics, Log } from '../observe.ts';
import type { HttpRequest, HttpResponse } from '../transport/transport.ts';
import { type Call, type Handler, refuse } from './call.ts';
import { formRefusal } from './request-form.ts';
import { type RequestTrace, requestTrace } from './request-trace.ts';

export type Handlers = Record<RouteName, Handler>;

interface Compiled {
  handler: Handler;
  route: Route;
  parts: string[];
}

export interface RouterPorts {
  handlers: Handlers;
  cors_origins: string[];
  log: Log;
  metrics: GatewayMetrics;
  now: () => number;
  /** Pages and their files; null where there is nothing at the path. */
  assets: (path: string, acceptEncoding: string) => HttpResponse | null;
}

export function createRouter(ports: RouterPorts): (request: HttpRequest) => Promise<HttpResponse> {
  const compiled = (Object.keys(routes) as RouteName[]).map((name): Compiled => {
    return { handler: ports.handlers[name], route: routes[name], parts: routes[name].path.split('/') };
  });

  async function route(request: HttpRequest, trace: RequestTrace): Promise<Routed> {
    const matching = compiled.flatMap((candidate) => {
      const params = match(candidate.parts, request.path);
      return params === null ? [] : [{ candidate, params }];
    });
    const exact = matching.filter(({ params }) => Object.keys(params).length === 0);
    const candidates = exact.length > 0 ? exact : matching;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const found = candidates.find(({ candidate }) => candidate.route.method === method);
    if (found !== undefined) {
      const call: Call = { request, params: found.params };
      const { route, handler } = found.candidate;
      const about = { ...trace, route: route.path, ...partyOf(found.params) };
      return {
        template: route.path,
        about,
        response: formRefusal(route, request) ?? (await served(handler, call, about)),
      };
    }
    const allow = candidates.map(({ candidate }) => candidate.route.method);
    const other = { template: 'other', about: trace };
    if (allow.length > 0) return { ...other, response: refuse('method_not_allowed', undefined, { allow }) };
    if (request.path.startsWith('/ws/')) return { ...other, response: refuse('upgrade_required') };
    const accepted = request.headers.get('accept-encoding') ?? '';
    const asset = method === 'GET' ? ports.assets(request.path, accepted) : null;
    return asset === null
      ? { ...other, response: refuse('not_found') }
      : { template: 'asset', about: trace, response: asset };
  }

  async function served(handler: Handler, call: Call, about: object): Promise<HttpResponse> {
    try {
      return await handler(call);
    } catch (error) {
      return refused(error, { log: ports.log, about });
    }
  }

  return async (request) => {
    const startedAt = ports.now();
    if (request.method === 'OPTIONS') return preflight(request, ports.cors_origins);
    const trace = requestTrace(request.headers);
    const { template, about, response } = await route(request, trace);
    const { status } = response;
    const ms = ports.now() - startedAt;
    ports.metrics.request(template, status, ms);
    ports.log.debug({ ...about, method: request.method, status, ms: Math.round(ms) }, 'a call was answered');
    const headers = { ...response.headers, 'x-request-id': trace.request_id };
    return { ...response, headers: joined(headers, crossOrigin(request, ports.cors_origins)) };
  };
}

interface Routed {
  template: string;
  /** What log lines about this call have in common. */
  about: object;
  response: HttpResponse;
}

/** Nothing that was typed goes into the log but an id. */
function partyOf({ party_id = '' }: Call['params']): { party_id?: string } {
  return /^[\da-f-]{36}$/.test(party_id) ? { party_id } : {};
}

/** Both may depend on what was asked: a cache has to know of both. */
function joined(headers: Record<string, string>, added: Record<string, string>): Record<string, string> {
  const vary = [headers.vary, added.vary].filter((name) => name !== undefined).join(', ');
  return { ...headers, ...added, ...(vary === '' ? {} : { vary }) };
}

function match(parts: string[], path: string): Record<string, string> | null {
  const given = path.split('/');
  if (given.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = given[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== value) return null;
      continue;
    }
    const decoded = decode(value);
    if (decoded === null || decoded === '') return null;
    params[part.slice(1, -1)] = decoded;
  }
  return params;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function refused(error: unknown, { log, about }: { log: Log; about: object }): HttpResponse {
  if (error instanceof StoreUnavailable || error instanceof ArchiveUnavailable) {
    log.warn({ ...about, err: error }, 'a call could not be served: a store is away');
    return refuse('store_unavailable', undefined, { retry_after_seconds: 1 });
  }
  log.error({ ...about, err: error }, 'a call failed');
  return refuse('internal');
}

/** Tokens travel in a header that no browser adds by itself, so `*` gives nobody anything they did not have. */
function crossOrigin({ headers }: HttpRequest, allowed: string[]): Record<string, string> {
  const origin = headers.get('origin');
  if (origin === undefined) return {};
  const exposed = {
    'access-control-expose-headers':
      'content-disposition, questions-left-out, questions-changed, retry-after, x-request-id',
  };
  if (allowed.includes('*')) return { 'access-control-allow-origin': '*', ...exposed };
  return allowed.includes(origin)
    ? { 'access-control-allow-origin': origin, vary: 'origin', ...exposed }
    : { vary: 'origin' };
}

function preflight(request: HttpRequest, allowed: string[]): HttpResponse {
  return {
    status: 204,
    headers: {
      ...crossOrigin(request, allowed),
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key, traceparent, x-request-id',
      'access-control-max-age': '600',
    },
    body: '',
  };
}
