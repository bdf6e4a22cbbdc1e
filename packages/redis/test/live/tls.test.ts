/** Redis over TLS, under an authority of our own: trusted where NODE_EXTRA_CA_CERTS names it, refused everywhere else. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { privateCertificates, redisCluster, tlsRedis, tlsSentinel } from '@partyline/testkit';

const client = fileURLToPath(new URL('tls-node.ts', import.meta.url));
const run = promisify(execFile);

/** What a node at `url` that trusts `authority` comes to. */
async function nodeAt(url: string, authority: string | null): Promise<string> {
  const { NODE_EXTRA_CA_CERTS: _none, ...env } = process.env;
  const trusting = authority === null ? env : { ...env, NODE_EXTRA_CA_CERTS: authority };
  return (await run(process.execPath, [client, url], { env: trusting })).stdout;
}

test('a node plays over TLS: answers, channels and leases', async (t) => {
  const { url, certificates } = await tlsRedis(t);
  assert.equal(await nodeAt(url, certificates.authority), 'played');
});

test('a Redis of an authority that is not trusted is refused, and the error says so', async (t) => {
  const { url } = await tlsRedis(t);
  const other = await privateCertificates(t);
  const refused = 'store_unavailable: SELF_SIGNED_CERT_IN_CHAIN';
  for (const authority of [other.authority, null]) assert.equal(await nodeAt(url, authority), refused);
});

test('a certificate for another host is refused, and the error says so', async (t) => {
  const { url, certificates } = await tlsRedis(t, 'DNS:redis.example');
  assert.equal(await nodeAt(url, certificates.authority), 'store_unavailable: ERR_TLS_CERT_ALTNAME_INVALID');
});

test('a Sentinel is asked and its master spoken to over TLS', async (t) => {
  const { url, certificates } = await tlsSentinel(t);
  assert.equal(await nodeAt(url, certificates.authority), 'played');
  assert.match(await nodeAt(url, null), /^store_unavailable: All sentinels are unreachable/);
});

test('a Cluster whose certificates are for host names is spoken to over TLS', async (t) => {
  const tls = await privateCertificates(t, 'DNS:localhost');
  const { url } = await redisCluster(t, { tls });
  assert.equal(await nodeAt(url, tls.authority), 'played');
  assert.match(await nodeAt(url, null), /^store_unavailable: /);
});
