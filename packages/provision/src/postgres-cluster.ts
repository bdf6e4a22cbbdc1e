/**
 * Makes a Postgres data folder with the role and the database `partyline` in it, once: a folder that is there is used
 * as it is. Knows nothing of ports or of the running server.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { run } from './executable.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

/** Role and database. */
export const PARTYLINE = 'partyline';

const PASSWORD_FILE = 'partyline.password';

/** A password although it listens on loopback: the role may run programs, which other users of the machine may not. */
const HOST_RULES = `host all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n`;

export interface ClusterOptions {
  readonly dir: string;
  readonly binaries: PostgresBinaries;
  readonly account: Account | undefined;
}

async function runSql({ dir, binaries, account }: ClusterOptions, statements: readonly string[]): Promise<void> {
  const args = ['--single', '-D', dir, 'template1'];
  await new Promise<void>((resolve, reject) => {
    const single = execFile(binaries.postgres, args, { ...account, cwd: dir }, (error, _, errors) => {
      // Single-user mode reports a failed statement and still exits with 0.
      if (error || /ERROR|FATAL/.test(errors)) reject(new Error(`Postgres could not be prepared:\n${errors}`));
      else resolve();
    });
    single.stdin?.end(`${statements.join('\n')}\n`);
  });
}

/** Built beside its place and moved there at the end, so that an interrupted start leaves nothing half made. */
async function makeCluster(options: ClusterOptions): Promise<void> {
  const { dir, binaries, account } = options;
  const staging = `${dir}.new`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  if (account) await chown(staging, account.uid, account.gid);

  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const shape = ['--username', PARTYLINE, '--auth=trust', '--no-sync', '--no-instructions', ...locale];
  await run(binaries.initdb, ['-D', staging, ...shape], { ...account, cwd: staging });

  const password = randomBytes(18).toString('hex');
  await runSql({ ...options, dir: staging }, [
    `ALTER ROLE ${PARTYLINE} PASSWORD '${password}'`,
    `CREATE DATABASE ${PARTYLINE}`,
  ]);
  await writeFile(join(staging, 'pg_hba.conf'), HOST_RULES);
  await writeFile(join(staging, PASSWORD_FILE), password, { mode: 0o600 });
  if (account) await chown(join(staging, PASSWORD_FILE), account.uid, account.gid);
  await rename(staging, dir);
}

/** Makes the cluster when `dir` is missing or empty. Throws when it belongs to another major version of Postgres. */
export async function prepareCluster(options: ClusterOptions): Promise<{ password: string }> {
  const { dir, binaries } = options;
  const version = await readFile(join(dir, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) await makeCluster(options);
  else if (version.trim() !== binaries.major) {
    throw new Error(
      `${dir} was made by Postgres ${version.trim()}, this is ${binaries.major}; \`make clean\` removes it.`,
    );
  }
  return { password: await readFile(join(dir, PASSWORD_FILE), 'utf8') };
}
