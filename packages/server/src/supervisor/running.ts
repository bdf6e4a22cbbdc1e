/**
 * What a running Partyline of this folder is reached by, in DATA_DIR/running.json: for `make demo`, for tests, for people.
 * Holds addresses with passwords, so only its owner may read it.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Running {
  /** The supervisor's. */
  pid: number;
  /** Null where no node takes players in (`ROLES=leader`). */
  url: string | null;
  admin_urls: string[];
  /** As they were at the start; a node that was started again has another. */
  node_pids: number[];
  redis_url: string;
  database_url: string;
  host_key: string | null;
}

const answerLimitMs = 1_000;

const fileIn = (dataDir: string): string => join(dataDir, 'running.json');

export async function noteRunning(dataDir: string, running: Running): Promise<void> {
  await writeFile(fileIn(dataDir), `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
}

export async function forgetRunning(dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true });
}

/** Whether it answers: a process of the same number may be anybody's by now. */
async function isUp({ admin_urls }: Running): Promise<boolean> {
  const asked = admin_urls.map((url) => fetch(`${url}/healthz`, { signal: AbortSignal.timeout(answerLimitMs) }));
  return (await Promise.allSettled(asked)).some((answer) => answer.status === 'fulfilled' && answer.value.ok);
}

/** Null where nothing runs and answers; a file left by a supervisor that was killed says nothing. */
export async function readRunning(dataDir: string): Promise<Running | null> {
  try {
    const running = JSON.parse(await readFile(fileIn(dataDir), 'utf8')) as Running;
    process.kill(running.pid, 0);
    return (await isUp(running)) ? running : null;
  } catch {
    return null;
  }
}

/** Throws where a Partyline already runs on this folder, and says where to find it. */
export async function mustBeAlone(dataDir: string): Promise<void> {
  const other = await readRunning(dataDir);
  if (other === null) return;
  const where = other.url ?? 'which takes no players in';
  throw new Error(
    `A Partyline already runs on ${dataDir}: process ${other.pid}, ${where}. Stop it, or choose another DATA_DIR.`,
  );
}
