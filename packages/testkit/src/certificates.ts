/** An authority that nobody but a test trusts, and certificates from it for servers on loopback: made with openssl, when they are needed. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Lifetime } from './postgres.ts';

const run = promisify(execFile);
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Paths of PEM files. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** A new authority each time, with one certificate for `names` (as in `subjectAltName`), good for a day. */
export async function privateCertificates(t: Lifetime, names = 'IP:127.0.0.1,DNS:localhost'): Promise<Certificates> {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-tls-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const [authority, authorityKey] = [join(dir, 'authority.pem'), join(dir, 'authority.key')];
  const [certificate, key] = [join(dir, 'server.pem'), join(dir, 'server.key')];
  const [request, extensions] = [join(dir, 'server.csr'), join(dir, 'extensions')];
  const openssl = (...args: string[]) => run('openssl', args);
  const ofAuthority = ['-subj', '/CN=An authority of a test', '-days', '1'];
  await openssl('req', '-x509', ...newKey, ...ofAuthority, '-keyout', authorityKey, '-out', authority);
  await openssl('req', '-new', ...newKey, '-subj', '/CN=A server of a test', '-keyout', key, '-out', request);
  await writeFile(extensions, `subjectAltName=${names}\n`);
  const signing = ['-CA', authority, '-CAkey', authorityKey, '-CAcreateserial', '-days', '1', '-extfile', extensions];
  await openssl('x509', '-req', '-in', request, ...signing, '-out', certificate);
  return { authority, certificate, key };
}
