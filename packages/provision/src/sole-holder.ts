/**
 * One process for a folder, for as long as what it does there may not be done twice at a time: two supervisors that start in the
 * same second would both start a Redis on one append-only file. Told by a file with the number of the process and when that
 * began, since the number alone soon belongs to somebody else.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Between its making and its writing a file is empty. */
const writingMs = 200;
/** A turn takes a millisecond. */
const abandonedTurnMs = 5_000;

export class FolderHeld extends Error {
  override readonly name = 'FolderHeld';
  readonly code = 'folder_held';
}

/** Makes it where it is missing. Resolves to what lets it go; throws FolderHeld where another process that lives has it. */
export async function holdFolder(dir: string): Promise<() => Promise<void>> {
  const file = join(dir, 'holder.pid');
  await mkdir(dir, { recursive: true });
  const own = `${process.pid} ${await birthOf(process.pid)}`;
  while (!(await isMade(file, own))) {
    const other = await readHolder(file);
    if (await isAlive(other)) {
      throw new FolderHeld(
        `Another Partyline is starting or stopping on ${dir}: process ${other.split(' ')[0]}. Wait for it, or choose another DATA_DIR.`,
      );
    }
    await takeAway(file, other);
  }
  return () => rm(file, { force: true });
}

async function isMade(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(file: string): Promise<string> {
  const read = () => readFile(file, 'utf8').catch(() => '');
  const giveUpAt = performance.now() + writingMs;
  let content = await read();
  while (content === '' && performance.now() < giveUpAt) {
    await sleep(writingMs / 20);
    content = await read();
  }
  return content;
}

async function isAlive(holder: string): Promise<boolean> {
  const [pid = '', ...rest] = holder.split(' ');
  const birth = rest.join(' ');
  return birth !== '' && (await birthOf(Number(pid))) === birth;
}

/**
 * Several may find it abandoned at once, and the first of them may hold it anew by now: one at a time looks again and takes it
 * away. Whoever is killed in between leaves the turn taken, which is then nobody's after a while.
 */
async function takeAway(file: string, abandoned: string): Promise<void> {
  const turn = `${file}.turn`;
  const isOurs = await mkdir(turn).then(
    () => true,
    () => false,
  );
  if (!isOurs) {
    const { mtimeMs } = await stat(turn).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > abandonedTurnMs) await rm(turn, { recursive: true, force: true });
    await sleep(10);
    return;
  }
  try {
    const isSame = (await readFile(file, 'utf8').catch(() => null)) === abandoned;
    if (isSame) await rm(file, { force: true });
  } finally {
    await rm(turn, { recursive: true, force: true });
  }
}

/** When a process began, in the system's own words; empty where there is none of that number. */
async function birthOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // Its 22nd field; the second is a name in parentheses, which may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', `${pid}`]).catch(() => ({ stdout: '' }));
  return stdout.trim();
}
