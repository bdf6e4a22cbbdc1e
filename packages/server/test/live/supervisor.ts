/** `cli/run.ts`, or another command that brings up a Partyline, as a person starts it: in a process of its own, with what it printed and what it started. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const startLimitMs = 60_000;

export interface Supervisor {
  child: ChildProcess;
  /** Standard output and error so far. */
  text(): string;
  /** Resolves once the text has this; throws when it ends before. */
  says(part: string): Promise<void>;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  /** Every process it has started, directly and further down, that is alive now. */
  descendants(): Promise<number[]>;
}

const undoing = new WeakMap<TestContext, (() => Promise<unknown>)[]>();

/** Undoes what a test has set up, the last first: a folder must not be removed under a server that still writes to it. */
function afterwards(t: TestContext, undo: () => Promise<unknown>): void {
  const steps = undoing.get(t) ?? [];
  if (steps.length === 0) {
    undoing.set(t, steps);
    t.after(async () => {
      for (const step of steps.toReversed()) await step();
    });
  }
  steps.push(undo);
}

/** Redis and Postgres of its own, whatever the test run has. */
export function supervisor(
  t: TestContext,
  environment: Record<string, string>,
  command: 'run' | 'demo' | 'demo-room' = 'run',
): Supervisor {
  const program = fileURLToPath(new URL(`../../src/cli/${command}.ts`, import.meta.url));
  const { REDIS_URL, DATABASE_URL, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (text += bytes));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  afterwards(t, () => {
    child.kill('SIGTERM');
    return ended;
  });
  return {
    child,
    text: () => text,
    ended,
    async says(part) {
      const giveUpAt = performance.now() + startLimitMs;
      while (!text.includes(part)) {
        if (isOver || performance.now() > giveUpAt) throw new Error(`no "${part}" in:\n${text}`);
        await sleep(25);
      }
    },
    descendants: () => descendantsOf(child.pid ?? 0),
  };
}

interface Process {
  pid: number;
  parent: number;
  /** `Z…`: it has ended and nobody has asked yet how. */
  state: string;
  command: string;
}

async function processes(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), state, command }];
  });
}

async function descendantsOf(root: number): Promise<number[]> {
  const children = Map.groupBy(await processes(), ({ parent }) => parent);
  const below = (pid: number): number[] =>
    (children.get(pid) ?? []).flatMap((child) => [child.pid, ...below(child.pid)]);
  return below(root);
}

/** The commands of those that are still alive after `limitMs`; resolves as soon as there are none. */
export async function survivors(pids: readonly number[], limitMs: number): Promise<string[]> {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    const alive = (await processes()).filter(({ pid, state }) => pids.includes(pid) && !state.startsWith('Z'));
    if (alive.length === 0 || performance.now() > giveUpAt) return alive.map(({ command }) => command);
    await sleep(50);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export async function dataFolder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-run-'));
  afterwards(t, () => rm(dir, { recursive: true, force: true, maxRetries: 5 }));
  return join(dir, 'data');
}
