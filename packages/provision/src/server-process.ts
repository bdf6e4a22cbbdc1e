/**
 * The life of one server process: spawned in a session of its own, awaited until it answers, stopped with a time limit,
 * killed and started again by fault tests. Knows no Redis and no Postgres; those say how to start and when it answers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWatchdog } from './watchdog.ts';

const START_LIMIT_MS = 60_000; // a large append-only file takes seconds to load
const POLL_MS = 20;
const LINES_KEPT = 20;

export interface ServerProgram {
  /** For messages: 'Redis'. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly account?: { readonly uid: number; readonly gid: number };
  /** Awaited before every start, the first and the later ones. */
  clearTheWay(): Promise<void>;
  /** Asked every few milliseconds from the spawn on. */
  isReady(): Promise<boolean>;
  readonly stopSignal: NodeJS.Signals;
  readonly stopLimitMs: number;
  /** What the watchdog sends when we are gone. */
  readonly orphanSignal: NodeJS.Signals;
  /** Reaches the server when a signal to the spawned process would not (a container). */
  readonly sendSignal?: (signal: NodeJS.Signals) => void;
  readonly afterwards?: readonly string[];
  readonly onLog?: (line: string) => void;
}

export interface ServerProcess {
  /** Of the running process, or of the last one. */
  readonly pid: number;
  /** Ends it gracefully, by SIGKILL when that takes too long. Does nothing when it is not running. */
  stop(): Promise<void>;
  /** Sends a signal; resolves once the process has ended, or at once for SIGSTOP, SIGCONT and the like. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Same port, same folder; stops it first when it still runs. */
  restart(): Promise<void>;
}

interface Life {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Resolves when its output is closed too: a killed Postgres is gone only with the last of its backends. */
  readonly ended: Promise<void>;
  readonly lastLines: string[];
}

const LASTING: readonly NodeJS.Signals[] = ['SIGSTOP', 'SIGCONT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];

const hasEnded = ({ child }: Life): boolean => child.exitCode !== null || child.signalCode !== null;

function send(program: ServerProgram, life: Life, signal: NodeJS.Signals): void {
  if (hasEnded(life)) return;
  if (program.sendSignal) program.sendSignal(signal);
  else life.child.kill(signal);
}

async function spawnGuarded(program: ServerProgram): Promise<Life> {
  const watchdog = createWatchdog({ signal: program.orphanSignal, afterwards: program.afterwards ?? [] });
  const child = spawn(program.file, program.args, {
    cwd: program.cwd,
    // Ctrl-C in a terminal goes to the whole process group; we drain first and stop the servers ourselves.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(program.env && { env: program.env }),
    ...program.account,
  });
  if (child.pid === undefined) {
    watchdog.release();
    const [cause] = await once(child, 'error');
    throw new Error(`${program.name} did not start: ${program.file} cannot be run.`, { cause });
  }
  watchdog.guard(child.pid);

  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > LINES_KEPT) lastLines.shift();
      program.onLog?.(line);
    });
  }
  const ended = once(child, 'close').then(() => watchdog.release());
  return { child, pid: child.pid, ended, lastLines };
}

/** Whether it answers before it ends; throws when it does neither in time. */
async function becomesReady(program: ServerProgram, life: Life): Promise<boolean> {
  const giveUpAt = performance.now() + START_LIMIT_MS;
  while (!hasEnded(life)) {
    if (await program.isReady()) return !hasEnded(life);
    if (performance.now() > giveUpAt) {
      send(program, life, 'SIGKILL');
      throw new Error(
        `${program.name} does not answer after ${START_LIMIT_MS / 1000} s.\n${life.lastLines.join('\n')}`,
      );
    }
    await sleep(POLL_MS);
  }
  return false;
}

async function startLife(program: ServerProgram): Promise<Life> {
  await program.clearTheWay();
  const life = await spawnGuarded(program);
  if (await becomesReady(program, life)) return life;
  await life.ended;
  throw new Error(`${program.name} ended while starting:\n${life.lastLines.join('\n')}`);
}

export async function startServer(program: ServerProgram): Promise<ServerProcess> {
  let life = await startLife(program);

  async function stop(): Promise<void> {
    send(program, life, program.stopSignal);
    send(program, life, 'SIGCONT'); // a process paused by a fault test acts on its signals only when it runs
    const { ended } = life;
    const limit = new AbortController();
    const late = sleep(program.stopLimitMs, 'late', { signal: limit.signal }).catch(() => 'ended');
    if ((await Promise.race([ended, late])) === 'late') send(program, life, 'SIGKILL');
    await ended;
    limit.abort();
  }

  return {
    get pid() {
      return life.pid;
    },
    stop,
    async kill(signal) {
      send(program, life, signal);
      if (!LASTING.includes(signal)) await life.ended;
    },
    async restart() {
      await stop();
      life = await startLife(program);
    },
  };
}
