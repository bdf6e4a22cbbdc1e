/** Every path and method gets its handler or a problem that says nothing of our insides; T24's matrix of origins. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { ArchiveUnavailable, StoreUnavailable } from '@partyline/core';
import { faultsIn, ProblemDocument, type Route, type RouteName, routes } from '@partyline/protocol';
import type { Call } from '../src/http/call.ts';
import { reply } from '../src/http/call.ts';
import { createRouter, type Handlers } from '../src/http/router.ts';
import type { GatewayMetrics } from '../src/observe.ts';
import type { HttpResponse } from '../src/transport/transport.ts';

const names = Object.keys(routes) as RouteName[];
const party_id = '6b6f0f0e-3b5a-4d5e-9b7e-0d1f2a3b4c5d';

interface Sent {
  query?: string;
  body?: string;
}

function routed(at: { throws?: unknown; cors_origins?: string[] } = {}) {
  const called: { name: RouteName; params: Call['params'] }[] = [];
  const requests: [route: string, status: number][] = [];
  const logged: string[] = [];
  const lines: object[] = [];
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      async ({ params }: Call) => {
        called.push({ name, params });
        if (at.throws !== undefined) throw at.throws;
        return reply(200, { name });
      },
    ]),
  ) as Handlers;
  const note = (fields: object, message: string): void => {
    lines.push(fields);
    if (message !== 'a call was answered') logged.push(message);
  };
  const router = createRouter({
    handlers,
    cors_origins: at.cors_origins ?? ['https://quiz.example.org'],
    log: { debug: note, info: note, warn: note, error: note },
    metrics: {
      request: (route: string, status: number) => void requests.push([route, status]),
    } as unknown as GatewayMetrics,
    now: () => 0,
    assets: (path, accepted) =>
      path === '/quick'
        ? { status: 200, headers: { 'content-encoding': accepted, vary: 'accept-encoding' }, body: 'page' }
        : null,
  });
  return {
    ...{ called, requests, logged, lines },
    ask: (method: string, path: string, headers: Record<string, string> = {}, sent: Sent = {}): Promise<HttpResponse> =>
      router({
        ...{ method, path, headers: new Map(Object.entries(headers)), address: '127.0.0.1' },
        ...{ query: new URLSearchParams(sent.query ?? ''), body: Buffer.from(sent.body ?? '') },
      }),
  };
}

function asProblem(response: HttpResponse): ProblemDocument {
  assert.equal(response.headers['content-type'], 'application/problem+json');
  const document = JSON.parse(String(response.body)) as ProblemDocument;
  assert.deepEqual(faultsIn(ProblemDocument, document), []);
  assert.equal(document.status, response.status);
  return document;
}

const filled = (path: string): string => path.replaceAll(/\{(\w+)\}/g, '$1-1');

for (const name of names) {
  const { method, path } = routes[name];
  test(`${method} ${path} is ${name}`, async () => {
    const { ask, called, requests } = routed();
    assert.equal((await ask(method, filled(path))).status, 200);
    const [call] = called;
    assert.equal(call?.name, name);
    for (const [key, value] of Object.entries(call?.params ?? {})) assert.equal(value, `${key}-1`);
    assert.deepEqual(requests, [[path, 200]], 'metrics know the template, not what was typed');
  });
}

test('a parameter is refused where a call takes none, and never repeated', async () => {
  for (const name of names) {
    const route: Route = routes[name];
    const { ask, called } = routed();
    const response = await ask(route.method, filled(route.path), {}, { query: 'token=secret' });
    if (route.query !== undefined) continue; // its handler judges it
    const { code, errors = [] } = asProblem(response);
    assert.deepEqual([code, errors[0]?.path], ['invalid_query', '/token'], name);
    assert.ok(!String(response.body).includes('secret'));
    assert.deepEqual(called, []);
  }
  assert.equal((await routed().ask('GET', '/quick', {}, { query: 'utm_source=x' })).status, 200, 'pages take any');
});

test('a body is refused where a call takes none, and one of another type where it takes JSON', async () => {
  for (const name of names) {
    const { method, path, body }: Route = routes[name];
    const { ask, called } = routed();
    const sent = async (type?: string) =>
      (await ask(method, filled(path), type === undefined ? {} : { 'content-type': type }, { body: '{}' })).status;
    if (body === undefined) {
      assert.equal(await sent('application/json'), 400, name);
      assert.deepEqual(called, []);
    }
    if (body?.form !== 'json') continue;
    for (const type of ['text/plain', 'image/png', 'application/x-www-form-urlencoded', 'application/jsonp', ''])
      assert.equal(await sent(type), 415, `${name} ${type}`);
    assert.deepEqual(called, []);
    for (const type of [undefined, 'application/json', 'Application/JSON; charset=utf-8', 'application/json;v=1'])
      assert.equal(await sent(type), 200, `${name} ${type}`);
  }
});

test('an answer gives the id of its request back, and its log line has that, the trace, the route and the party', async () => {
  const { ask, lines } = routed();
  const trace_id = '4bf92f3577b34da6a3ce929d0e0e4736';
  const parent_span_id = '00f067aa0ba902b7';
  const headers = { traceparent: `00-${trace_id}-${parent_span_id}-01`, 'x-request-id': 'lb-7' };
  const answered = await ask('GET', `/api/party/${party_id}/stats`, headers);
  assert.equal(answered.headers['x-request-id'], 'lb-7');
  const { span_id, ...line } = lines.at(-1) as Record<string, unknown>;
  assert.match(String(span_id), /^[\da-f]{16}$/);
  const about = { request_id: 'lb-7', trace_id, parent_span_id, route: '/api/party/{party_id}/stats', party_id };
  assert.deepEqual(line, { ...about, method: 'GET', status: 200, ms: 0 });
  await ask('GET', '/api/party/what-somebody-typed/stats');
  assert.doesNotMatch(JSON.stringify(lines), /typed/);
});

test('a call that fails is told in the log with its request and its party', async () => {
  const { ask, lines } = routed({ throws: new Error('boom') });
  const { headers } = await ask('GET', `/api/party/${party_id}/stats`);
  const failed = lines.find((line) => 'err' in line) as Record<string, unknown> | undefined;
  assert.deepEqual([failed?.request_id, failed?.party_id], [headers['x-request-id'], party_id]);
});

test('a path with a name of its own comes before one with a part that varies', async () => {
  const { ask, called } = routed();
  await ask('POST', '/api/party/init');
  assert.deepEqual(
    called.map(({ name }) => name),
    ['initParty'],
  );
});

test('a method that an address does not know is told which ones it does', async () => {
  const { ask, called } = routed();
  for (const [method, path, allow] of [
    ['DELETE', '/api/party/init', 'POST'],
    ['PATCH', `/api/party/${party_id}/results`, 'GET, DELETE'],
    ['DELETE', '/api/rooms', 'POST, GET'],
    ['TRACE', '/api/categories', 'GET'],
    ['PATCH', '/api/quizzes/q', 'GET, PUT, DELETE'],
    ['get', '/api/categories', 'GET'],
  ] as const) {
    const response = await ask(method, path);
    assert.equal(asProblem(response).code, 'method_not_allowed', `${method} ${path}`);
    assert.equal(response.status, 405);
    assert.equal(response.headers.allow, allow);
  }
  assert.deepEqual(called, []);
});

test('HEAD is answered as GET is', async () => {
  const { ask, called } = routed();
  assert.equal((await ask('HEAD', '/api/categories')).status, 200);
  assert.equal(called[0]?.name, 'listCategories');
});

for (const path of [
  '/nothing',
  '/api',
  '/api/',
  '/api/party',
  '/api/party//join',
  '/api/categories/',
  '/api/party/a/b/join',
  '/api/party/%/join',
  '/api/party/%E0%A4%A/join',
  '//api/categories',
  '/API/categories',
  '/api/../api/categories',
  '/constructor',
  '/api/party/__proto__',
]) {
  test(`${path} is not found, the same for every one`, async () => {
    const { ask, called, requests } = routed();
    const response = await ask('GET', path);
    assert.equal(response.status, 404);
    assert.equal(asProblem(response).code, 'not_found');
    assert.ok(!String(response.body).includes(path) || path === '/api', 'what was typed is not repeated');
    assert.deepEqual(called, []);
    assert.deepEqual(requests, [['other', 404]]);
  });
}

test('parts of a path are decoded once', async () => {
  const { ask, called } = routed();
  await ask('GET', '/api/rooms/123%20456');
  await ask('GET', '/api/rooms/%252e%252e');
  assert.deepEqual(
    called.map(({ params }) => params.room_code),
    ['123 456', '%2e%2e'],
  );
});

test('a socket address asked over plain HTTP says what it speaks; pages are served to GET alone', async () => {
  const { ask, requests } = routed();
  assert.equal(asProblem(await ask('GET', `/ws/${party_id}`)).code, 'upgrade_required');
  assert.equal((await ask('GET', '/quick')).body, 'page');
  assert.equal(asProblem(await ask('POST', '/quick')).code, 'not_found');
  assert.deepEqual(requests, [
    ['other', 426],
    ['asset', 200],
    ['other', 404],
  ]);
});

test('T29: a fault is an `internal` without a word about where or why; a store that is away is 503 with a time to come back', async () => {
  const secret = 'SELECT password FROM /home/somebody';
  const failing = routed({ throws: Object.assign(new Error(secret), { query: secret }) });
  const internal = await failing.ask('GET', '/api/categories');
  assert.equal(asProblem(internal).code, 'internal');
  assert.doesNotMatch(String(internal.body), /SELECT|home|\bat \b|stack/);
  assert.deepEqual(failing.logged, ['a call failed']);
  for (const error of [new StoreUnavailable(secret), new ArchiveUnavailable(secret)]) {
    const away = routed({ throws: error });
    const response = await away.ask('POST', '/api/party/init');
    assert.equal(asProblem(response).code, 'store_unavailable');
    assert.equal(response.headers['retry-after'], '1');
    assert.doesNotMatch(String(response.body), /SELECT/);
    assert.deepEqual(away.requests, [['/api/party/init', 503]]);
  }
  for (const thrown of ['text', null, 7, { secret }]) {
    assert.equal(asProblem(await routed({ throws: thrown ?? 'null' }).ask('GET', '/api/categories')).code, 'internal');
  }
});

/** The list, the origin of the asking page, and what it is told. */
const pages: [cors_origins: string[], origin: string | undefined, allowed: string | undefined][] = [
  [['https://quiz.example.org'], undefined, undefined],
  [['https://quiz.example.org'], 'https://quiz.example.org', 'https://quiz.example.org'],
  [['https://quiz.example.org'], 'https://evil.test', undefined],
  [['https://quiz.example.org'], 'null', undefined],
  [['https://quiz.example.org'], 'https://quiz.example.org.evil.test', undefined],
  [['https://quiz.example.org'], 'http://quiz.example.org', undefined],
  [['https://a.test', 'https://b.test'], 'https://b.test', 'https://b.test'],
  [[], 'https://quiz.example.org', undefined],
  [['*'], 'https://evil.test', '*'],
  [['*'], undefined, undefined],
];

for (const [cors_origins, origin, allowed] of pages) {
  test(`T24: with [${cors_origins}] a page of ${origin ?? 'no origin'} is told ${allowed ?? 'nothing'}`, async () => {
    for (const [method, path] of [
      ['OPTIONS', '/api/party/init'],
      ['GET', '/api/categories'],
      ['GET', '/nothing'],
      ['PATCH', '/api/categories'],
    ] as const) {
      const { ask } = routed({ cors_origins });
      const { headers } = await ask(method, path, origin === undefined ? {} : { origin });
      assert.equal(headers['access-control-allow-origin'], allowed, `${method} ${path}`);
      assert.equal(headers['access-control-allow-credentials'], undefined, 'cookies are never asked for');
      if (origin !== undefined && allowed !== '*') assert.equal(headers.vary, 'origin');
    }
  });
}

test('a file is packed as its reader takes it, and caches are told all that it varies by', async () => {
  const { ask } = routed({ cors_origins: ['https://a.test'] });
  const { headers } = await ask('GET', '/quick', { origin: 'https://a.test', 'accept-encoding': 'gzip' });
  assert.equal(headers['content-encoding'], 'gzip');
  assert.equal(headers.vary, 'accept-encoding, origin');
});

test('a preflight reaches no handler and names the headers that calls may carry', async () => {
  const { ask, called } = routed();
  const response = await ask('OPTIONS', '/api/rooms', { origin: 'https://quiz.example.org' });
  assert.equal(response.status, 204);
  assert.equal(response.body, '');
  assert.deepEqual(response.headers['access-control-allow-headers']?.split(', '), [
    'authorization',
    'content-type',
    'idempotency-key',
    'traceparent',
    'x-request-id',
  ]);
  for (const { method } of Object.values(routes))
    assert.ok(response.headers['access-control-allow-methods']?.includes(method));
  assert.deepEqual(called, []);
});
