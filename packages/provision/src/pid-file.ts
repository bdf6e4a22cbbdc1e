/**
 * Decides whether the pid a server left in its folder still is that server. A pid alone says little: in a container,
 * or after a reboot, the same small number soon belongs to somebody else.
 */
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './executable.ts';

/** An earlier run's watchdog may still be ending its server. */
const ORPHAN_LIMIT_MS = 3_000;

async function programOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return run('ps', ['-o', 'comm=', '-p', `${pid}`]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

async function livingPid(pidFile: string, program: RegExp, dir: string): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!(pid > 0) || !program.test(await programOf(pid))) return undefined;
  if (process.platform !== 'linux') return pid;
  // Both servers make their folder the working directory; where we may not look, believe the name.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch((error: NodeJS.ErrnoException) => error.code ?? '');
  return cwd === (await realpath(dir)) || cwd === 'EACCES' || cwd === 'EPERM' ? pid : undefined;
}

export interface PidFile {
  readonly pidFile: string;
  readonly dir: string;
  /** Matched against the name of the process. */
  readonly program: RegExp;
}

/** Resolves when no server runs on the folder, with a stale pid file removed; throws when one does. */
export async function claimFolder({ pidFile, dir, program }: PidFile): Promise<void> {
  const giveUpAt = performance.now() + ORPHAN_LIMIT_MS;
  for (let pid = await livingPid(pidFile, program, dir); pid; pid = await livingPid(pidFile, program, dir)) {
    if (performance.now() > giveUpAt) {
      throw new Error(`Process ${pid} already runs on ${dir}. Is another Partyline started from this folder?`);
    }
    await sleep(100);
  }
  await rm(pidFile, { force: true });
}
