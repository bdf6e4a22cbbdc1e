/** The pages as a real node serves them: over its transport, through its router, beside its API. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { realCluster } from '@partyline/testkit';
import { contentSecurityPolicy } from '../../src/index.ts';

const pages = ['/', '/join/225133', '/quick', '/host'];

test('a node serves every page and every file of it, under the policy, without code of the server', async (t) => {
  const cluster = await realCluster(t, { nodes: 1 });
  const [node] = cluster.up();
  const url = `http://127.0.0.1:${node?.port}`;
  const seen = new Map<string, number>();
  for (const page of pages) {
    const response = await fetch(url + page);
    const html = await response.text();
    assert.equal(response.status, 200, page);
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(response.headers.get('content-security-policy'), contentSecurityPolicy);
    const files = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    assert.equal(files.length, 3);
    let weight = html.length;
    for (const path of files) {
      const file = await fetch(url + path);
      const body = Buffer.from(await file.arrayBuffer());
      assert.equal(file.status, 200, path);
      assert.equal(file.headers.get('content-security-policy'), contentSecurityPolicy);
      assert.match(
        file.headers.get('content-type') ?? '',
        /^(?:text\/(?:javascript|css); charset=utf-8|image\/svg\+xml)$/,
      );
      assert.match(file.headers.get('cache-control') ?? '', /immutable/);
      assert.equal(file.headers.get('content-encoding'), 'gzip');
      assert.doesNotMatch(body.toString(), /TOKEN_KEYS|REDIS_URL|node:|additionalProperties/);
      seen.set(path, body.length);
      weight += Number(file.headers.get('content-length'));
    }
    assert.ok(weight < (page === '/host' ? 52_000 : 40_000), `${page} weighs ${weight} bytes`);
  }
  assert.equal(seen.size, 7);

  await t.test('the pages stand beside the API and hide nothing of it', async () => {
    assert.match((await fetch(`${url}/api/categories`)).headers.get('content-type') ?? '', /^application\/json/);
    const missing = await fetch(`${url}/assets/nobody.js`);
    assert.equal(missing.status, 404);
    assert.equal(missing.headers.get('content-type'), 'application/problem+json');
    assert.equal((await fetch(`${url}/host`, { method: 'POST' })).status, 404);
  });

  await t.test('a HEAD of a page has its headers and no body', async () => {
    const head = await fetch(`${url}/`, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.headers.get('content-security-policy'), contentSecurityPolicy);
    assert.equal(await head.text(), '');
  });
});
