import assert from 'node:assert/strict';
import test from 'node:test';
import { Script } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { acceptsGzip } from '../src/accepts-gzip.ts';
import { contentSecurityPolicy, createAssets } from '../src/index.ts';

const assets = await createAssets();
const pages = ['/', '/join', '/join/', '/join/225133', '/join/225%20133', '/quick', '/host'];

function filesOf(page: string): string[] {
  return [...String(assets(page)?.body).matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
}

const all = [...new Set(pages.flatMap(filesOf))];
const text = (path: string): string => String(assets(path)?.body);

test('every page of the contract is there, and nothing else', () => {
  for (const path of pages) assert.equal(assets(path)?.status, 200, path);
  for (const path of [
    '/index.html',
    '/join/1/2',
    '/hosts',
    '/quick/',
    '/assets/',
    '/assets/join.js',
    '/../package.json',
    '/constructor',
    '',
  ]) {
    assert.equal(assets(path), null, path);
  }
});

test('a page is HTML that is asked for anew, under a policy without exceptions', () => {
  for (const path of pages) {
    const headers: Record<string, string> = assets(path)?.headers ?? {};
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['content-security-policy'], contentSecurityPolicy);
  }
});

test('the policy lets nothing inline run and nothing foreign load, pictures aside', () => {
  const rules = new Map(
    contentSecurityPolicy.split('; ').map((rule) => {
      const [name = '', ...values] = rule.split(' ');
      return [name, values.join(' ')];
    }),
  );
  assert.equal(rules.get('default-src'), "'self'");
  assert.equal(rules.get('connect-src'), "'self' ws: wss:");
  assert.equal(rules.get('img-src'), "'self' https: data:");
  for (const name of ['script-src', 'style-src']) assert.equal(rules.get(name), undefined);
  assert.doesNotMatch(contentSecurityPolicy, /unsafe|\*|nonce|blob:/);
  assert.equal(rules.get('frame-ancestors'), "'none'");
  assert.equal(rules.get('require-trusted-types-for'), "'script'");
});

test('no page has anything inline, and each has a language and a title', () => {
  for (const path of pages) {
    const html = text(path);
    assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=/i);
    assert.match(html, /<html lang="en">/);
    assert.match(html, /<title>[^<]+ · Partyline<\/title>/);
    assert.match(html, /name="viewport" content="width=device-width, initial-scale=1(?!.*user-scalable=no)/);
  }
});

test('files are named by their content and may be kept for ever', () => {
  assert.equal(all.length, 3 + 3 + 1);
  for (const path of all) {
    assert.match(path, /^\/assets\/[a-z]+-[0-9a-f]{16}\.(?:js|css|svg)$/);
    assert.equal(assets(path)?.headers['cache-control'], 'public, max-age=31536000, immutable');
  }
});

test('a file of another build is served from this one, and not kept', () => {
  const [script = ''] = all.filter((path) => path.endsWith('.js'));
  const other = script.replace(/[0-9a-f]{16}/, '0123456789abcdef');
  assert.equal(assets(other)?.body, assets(script)?.body);
  assert.equal(assets(other)?.headers['cache-control'], 'no-store');
  assert.equal(assets('/assets/nobody-0123456789abcdef.js'), null);
});

test('files go packed to those who take it, and as they are to others', () => {
  for (const path of all) {
    const packed = assets(path, 'gzip, deflate, br');
    assert.equal(packed?.headers['content-encoding'], 'gzip');
    assert.equal(packed?.headers.vary, 'accept-encoding');
    assert.deepEqual(gunzipSync(packed?.body ?? ''), assets(path)?.body);
    assert.equal(assets(path)?.headers['content-encoding'], undefined);
    assert.equal(assets(path)?.headers.vary, 'accept-encoding');
  }
});

test('gzip is taken where it is offered and not refused', () => {
  for (const takes of ['gzip', 'br, GZIP;q=0.5', 'deflate,gzip ; q=1']) assert.ok(acceptsGzip(takes), takes);
  for (const not of ['', 'br', 'identity', 'gzip;q=0', 'gzip; q=0.000', 'x-gzip-like'])
    assert.ok(!acceptsGzip(not), not);
});

test('a player loads less than 40 KB, a host less than 52', () => {
  const sent = (path: string): number => assets(path, 'gzip, deflate, br')?.body.length ?? 0;
  const weight = (page: string): number => filesOf(page).reduce((sum, path) => sum + sent(path), 0);
  const weights = { '/': weight('/'), '/quick': weight('/quick'), '/host': weight('/host') };
  assert.ok(weights['/'] < 40_000 && weights['/quick'] < 40_000, JSON.stringify(weights));
  assert.ok(weights['/host'] < 52_000, JSON.stringify(weights));
});

test('no script holds code of the server, of schemas, or of Node, nor imports any', () => {
  const foreign =
    /TOKEN_KEYS|REDIS_URL|ioredis|uWebSockets|pg-promise|createHmac|TypeBox|additionalProperties|discriminator/;
  const ofNode = /\brequire\(|\bprocess\.env\b|\bsourceMappingURL=/;
  for (const path of all.filter((file) => file.endsWith('.js'))) {
    const script = text(path);
    assert.equal(foreign.exec(script)?.[0], undefined, path);
    assert.equal(ofNode.exec(script)?.[0], undefined, path);
    assert.equal(importIn(script), null, path);
  }
});

/**
 * What a script imports or exports; null where nothing. Asked of the parser: such statements are none of a classic script's,
 * while a label may say what it likes. A dynamic import may stand anywhere.
 */
function importIn(script: string): string | null {
  const dynamic = /(?<![\w$.])import\s*\(\s*["'`][^"'`]*["'`]/.exec(script);
  if (dynamic !== null) return dynamic[0];
  try {
    new Script(script);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test('an import is found in each of its forms, and in no label', () => {
  const leaked = [
    'import{a as b}from"ioredis";b()',
    'import"node:fs";',
    'var a=1;import b from"./b.js"',
    'var a=1;export{a}',
    'export*from"typebox"',
    'var a=import.meta.url',
    'async function a(){return import("ws")}',
    'const a=()=>import ( `ws` )',
  ];
  for (const script of leaked) assert.notEqual(importIn(script), null, script);
  const harmless = [
    'const a={label:"Answers from"};b("from")',
    'a("Take it from","there");b(`;import it`)',
    'a.import("x");const $import=(b)=>b;$import("x")',
    'const a={import:"Import a file",export:"Export"};a.export',
  ];
  for (const script of harmless) assert.equal(importIn(script), null, script);
});

test('stylesheets load nothing', () => {
  for (const path of all.filter((file) => file.endsWith('.css')))
    assert.doesNotMatch(text(path), /url\(|@import|expression\(/);
});
