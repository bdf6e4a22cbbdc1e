import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import { ownRedis, redisOfFile, testDatabase } from '@partyline/testkit';
import { startAdmin } from '../../src/admin.ts';
import { cutLine } from './cut-line.ts';
import { testNode, whenReadyz } from './test-node.ts';

const redisFor = redisOfFile();

test('a started node is ready, answers calls and shows what it counted', async (t) => {
  const { url: REDIS_URL, prefix: REDIS_PREFIX } = await redisFor(t);
  const { url, admin } = await testNode(t, { REDIS_URL, REDIS_PREFIX });
  assert.deepEqual((await whenReadyz(admin, () => true, 0)).answer, {
    status: 200,
    body: { ready: true, reasons: [], warnings: [] },
  });
  assert.equal((await fetch(`${admin}/healthz`)).status, 200);
  assert.equal((await fetch(`${admin}/elsewhere`)).status, 404);
  const categories = (await (await fetch(`${url}/api/categories`)).json()) as object[];
  assert.ok(categories.length >= 16);
  const metrics = await fetch(`${admin}/metrics`);
  assert.match(metrics.headers.get('content-type') ?? '', /^text\/plain/);
  const text = await metrics.text();
  for (const line of [
    'partyline_node_ready 1',
    'partyline_store_reachable 1',
    'partyline_archive_reachable 1',
    'partyline_open_sockets 0',
    'partyline_pending_results 0',
    'partyline_http_requests_total{route="/api/categories",status="200"} 1',
  ]) {
    assert.ok(text.includes(`${line}\n`), line);
  }
  assert.match(text, /partyline_node_info\{version="[\d.]+",roles="gateway,leader",transport="uws"\} 1/);
  assert.match(text, /partyline_archive_queries_total\{query="[a-z/-]+",outcome="done"\} \d/);
});

test('the log level can be asked for and changed while the node runs', async (t) => {
  const { url: REDIS_URL, prefix: REDIS_PREFIX } = await redisFor(t);
  const { admin } = await testNode(t, { REDIS_URL, REDIS_PREFIX });
  const level = async (init?: RequestInit) => {
    const response = await fetch(`${admin}/log-level`, init);
    return [response.status, ((await response.json()) as { level?: string }).level];
  };
  const put = (body: string) => level({ method: 'PUT', body });
  assert.deepEqual(await level(), [200, 'silent']);
  assert.deepEqual(await put('{"level":"fatal"}'), [200, 'fatal']);
  assert.deepEqual(await level(), [200, 'fatal']);
  for (const body of ['{"level":"loud"}', '{"level":7}', 'fatal', '[]', 'null', ' '.repeat(2_000)]) {
    assert.deepEqual(await put(body), [400, undefined], body);
  }
  assert.deepEqual(await level(), [200, 'fatal']);
});

test('a node of one role does that one: a leader alone listens on no public port', async (t) => {
  const { url: REDIS_URL, prefix: REDIS_PREFIX } = await redisFor(t);
  const { node, admin } = await testNode(t, { REDIS_URL, REDIS_PREFIX, ROLES: 'leader' });
  assert.equal(node.port, null);
  await whenReadyz(admin, ({ body }) => body.ready, 0);
});

test('F10: cut off from Redis, a node is not ready within 3 s and says why; with it back it is ready again', async (t) => {
  const { url, prefix: REDIS_PREFIX } = await redisFor(t);
  const line = await cutLine(t, { host: new URL(url).hostname, port: Number(new URL(url).port) });
  const { admin } = await testNode(t, { REDIS_URL: `redis://127.0.0.1:${line.port}`, REDIS_PREFIX });
  line.cut();
  const gone = await whenReadyz(admin, ({ body }) => !body.ready, 3_000);
  assert.deepEqual([gone.answer.status, gone.answer.body.reasons], [503, ['redis_unreachable']]);
  line.mend();
  await whenReadyz(admin, ({ body }) => body.ready, 5_000);
});

test('cut off from Postgres, a node warns and stays ready', async (t) => {
  const { url: REDIS_URL, prefix: REDIS_PREFIX } = await redisFor(t);
  const database = new URL(await testDatabase(t));
  const line = await cutLine(t, { host: database.hostname, port: Number(database.port) });
  const DATABASE_URL = Object.assign(new URL(database), { port: String(line.port) }).href;
  const limits = { PG_STATEMENT_TIMEOUT_MS: '500' };
  const { admin } = await testNode(t, { REDIS_URL, REDIS_PREFIX, DATABASE_URL, ...limits });
  line.cut();
  const { answer } = await whenReadyz(admin, ({ body }) => body.warnings.length > 0, 10_000);
  assert.deepEqual(answer, { status: 200, body: { ready: true, reasons: [], warnings: ['postgres_unreachable'] } });
  line.mend();
  await whenReadyz(admin, ({ body }) => body.warnings.length === 0, 10_000);
});

test('a node that is told to stop is not ready at once and sends its sockets elsewhere', async (t) => {
  const { url: REDIS_URL, prefix: REDIS_PREFIX } = await redisFor(t);
  const { node, url, admin } = await testNode(t, { REDIS_URL, REDIS_PREFIX });
  const begun = await fetch(`${url}/api/party/init`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ player_id: 'ann', category: 'Science', rounds: 1 }),
  });
  const { party_id, token } = (await begun.json()) as { party_id: string; token: string };
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/${party_id}`, ['partyline.v1', `token.${token}`]);
  const types: string[] = [];
  socket.addEventListener('message', ({ data }) => types.push(JSON.parse(String(data)).type));
  const closed = once(socket, 'close') as Promise<[CloseEvent]>;
  await once(socket, 'message');

  const startedAt = performance.now();
  const stopping = node.stop();
  const { status, body } = (await whenReadyz(admin, () => true, 0)).answer;
  assert.deepEqual([status, body.reasons], [503, ['draining']]);
  await stopping;
  const [{ code }] = await closed;
  assert.equal(code, 4100);
  assert.equal(types.at(-1), 'reconnect');
  assert.ok(performance.now() - startedAt < 2_000, 'within 2 s');
  await assert.rejects(fetch(`${admin}/healthz`), 'nothing listens any more');
});

test('a Redis that evicts is refused', async (t) => {
  const { url: REDIS_URL } = await ownRedis(t, ['--maxmemory-policy', 'allkeys-lru']);
  await assert.rejects(testNode(t, { REDIS_URL }), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'store_unsafe');
    assert.match(error.message, /maxmemory-policy is allkeys-lru, it must be noeviction/);
    return true;
  });
});

test('a node whose admin port is taken does not start', async (t) => {
  const { url: REDIS_URL, prefix: REDIS_PREFIX } = await redisFor(t);
  const taken = await startAdmin(
    { host: '127.0.0.1', port: 0 },
    {
      readiness: () => ({ ready: true, reasons: [], warnings: [] }),
      ...{ metricsText: async () => '', contentType: 'text/plain', level: () => 'info', setLevel: () => {} },
    },
  );
  t.after(() => taken.close());
  const starting = testNode(t, { REDIS_URL, REDIS_PREFIX, ADMIN_PORT: String(taken.port) });
  await assert.rejects(starting, { code: 'EADDRINUSE' });
});
