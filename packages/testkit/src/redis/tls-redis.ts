/** A Redis, and a Sentinel that names it, that speak TLS under an authority of the test's own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { freePort, startRedis } from '@partyline/provision';
import { type Certificates, privateCertificates } from '../certificates.ts';
import { ownRedis } from './test-redis.ts';

export interface TlsServer {
  readonly url: string;
  readonly port: number;
  readonly certificates: Certificates;
}

/** `names`: what its certificate is for, as in `subjectAltName`. */
export async function tlsRedis(t: TestContext, names?: string): Promise<TlsServer> {
  const certificates = await privateCertificates(t, names);
  const port = await freePort();
  await ownRedis(t, tlsArgs(port, certificates));
  return { url: `rediss://127.0.0.1:${port}`, port, certificates };
}

/** One Sentinel and the master `party` that it names. */
export async function tlsSentinel(t: TestContext): Promise<TlsServer> {
  const { port: masterPort, certificates } = await tlsRedis(t);
  const dir = await mkdtemp(join(tmpdir(), 'partyline-tls-'));
  const configFile = join(dir, 'sentinel.conf');
  await writeFile(configFile, `sentinel monitor party 127.0.0.1 ${masterPort} 1\n`);
  const port = await freePort();
  const extraArgs = [...tlsArgs(port, certificates), '--tls-replication', 'yes'];
  const sentinel = await startRedis({ dir, configFile, sentinel: 'sentinel', extraArgs });
  t.after(async () => {
    await sentinel.kill('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  });
  return { url: `rediss+sentinel://127.0.0.1:${port}/party`, port, certificates };
}

/** As on redis-server's command line: TLS on `port` beside the plain one. */
export function tlsArgs(port: number, { authority, certificate, key }: Certificates): string[] {
  const files = ['--tls-ca-cert-file', authority, '--tls-cert-file', certificate, '--tls-key-file', key];
  return ['--tls-port', `${port}`, ...files, '--tls-auth-clients', 'no'];
}
