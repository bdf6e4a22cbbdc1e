/** Postgres over TLS, under an authority of our own: `sslmode=verify-full` trusts the one that `sslrootcert` names and no other. */
import assert from 'node:assert/strict';
import { chown, copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { createPostgres } from '@partyline/postgres';
import { type Certificates, ownPostgresServer, privateCertificates } from '@partyline/testkit';
import { openRaw } from './raw.ts';

/** A server that takes connections over TLS and leaves the choice to the client. */
async function tlsPostgres(t: TestContext, names?: string): Promise<{ url: string; certificates: Certificates }> {
  const certificates = await privateCertificates(t, names);
  const server = await ownPostgresServer(t);
  const raw = openRaw(t, server);
  const { data_directory: data } = await raw.one<{ data_directory: string }>('SHOW data_directory');
  // It reads a key only where it is its own.
  const { uid, gid } = await stat(data);
  for (const [file, name] of [
    [certificates.certificate, 'server.crt'],
    [certificates.key, 'server.key'],
  ] as const) {
    await copyFile(file, join(data, name));
    await chown(join(data, name), uid, gid);
  }
  await raw.none('ALTER SYSTEM SET ssl = on');
  await raw.one('SELECT pg_reload_conf()');
  // By name: for an address the driver compares the certificate to `localhost`, whatever the address is.
  return { url: server.replace('127.0.0.1', 'localhost'), certificates };
}

async function pings(t: TestContext, url: string): Promise<void> {
  const postgres = createPostgres({ url, connectTimeoutMs: 2_000 });
  t.after(() => postgres.close());
  await postgres.ping();
}

const trusting = (url: string, { authority }: Certificates): string =>
  `${url}?sslmode=verify-full&sslrootcert=${authority}`;

test('a node migrates and asks over TLS where it trusts the authority', async (t) => {
  const { url, certificates } = await tlsPostgres(t);
  const postgres = createPostgres({ url: trusting(url, certificates) });
  t.after(() => postgres.close());
  await postgres.migrate();
  await postgres.ping();
  const raw = openRaw(t, url);
  const lines = await raw.any<{ ssl: boolean }>(
    "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'partyline'",
  );
  assert.deepEqual(lines, [{ ssl: true }]);
});

test('a Postgres of another authority is refused, and the error says so', async (t) => {
  const { url } = await tlsPostgres(t);
  const other = await privateCertificates(t);
  await assert.rejects(pings(t, trusting(url, other)), /unable to verify the first certificate/);
});

test('a certificate for another host is refused, and the error says so', async (t) => {
  const { url, certificates } = await tlsPostgres(t, 'DNS:postgres.example');
  await assert.rejects(pings(t, trusting(url, certificates)), /localhost\. is not in the cert's altnames/);
});
