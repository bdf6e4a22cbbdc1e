/**
 * One node process under supervision: started, listened to, started again when it ends without being asked, stopped. It is
 * in a process group of its own, so that Ctrl-C reaches it only through its supervisor, which lets it finish gracefully.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isNodeReport, type NodeReport } from '../node-report.ts';
import type { Console } from './console.ts';
import { showLogLine } from './log-line.ts';

export interface SupervisedNode {
  readonly name: string;
  /** Of the running process, or of the last one. */
  readonly pid: number;
  readonly port: number | null;
  readonly adminPort: number;
  /** SIGTERM, and SIGKILL for what does not end in time. */
  stop(limitMs: number): Promise<void>;
}

export interface NodePlan {
  name: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  console: Console;
}

/** A node that does not say by then that it is ready has failed to start. */
const startLimitMs = 30_000;
/** A node that lived longer than this is started again at once; one that did not, after a growing pause. */
const shortLifeMs = 10_000;
const firstPauseMs = 125;
const longestPauseMs = 10_000;
const linesKept = 8;

const program = fileURLToPath(new URL('../cli/node.ts', import.meta.url));

interface Life {
  child: ChildProcess;
  startedAt: number;
  ended: Promise<unknown>;
  report: Promise<NodeReport>;
  lastLines: string[];
}

/** Resolves once the node is ready. Throws with its last lines where it is not. */
export async function startSupervisedNode({ name, env, logFile, console }: NodePlan): Promise<SupervisedNode> {
  const log = createWriteStream(logFile, { flags: 'a' });
  let environment = env;
  const stopping = new AbortController();
  let pause = firstPauseMs;
  let life = begin();
  let ready = await firstReport(life);
  if (ready.type === 'failed' && ready.code === 'EADDRINUSE') {
    // The port was free a moment ago: another node has it, and this system does not share ports. Any other will do.
    await life.ended;
    environment = { ...env, PORT: '0' };
    life = begin();
    ready = await firstReport(life);
  }
  if (ready.type === 'failed') {
    life.child.kill('SIGKILL');
    throw new Error(`${name} did not start: ${ready.message}\nIts log is ${logFile}`);
  }
  let { port, admin_port: adminPort } = ready;
  const keeping = keep();

  function begin(): Life {
    const child = fork(program, [], {
      env: environment,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const lastLines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`);
        lastLines.push(line);
        if (lastLines.length > linesKept) lastLines.shift();
        showLogLine(name, line, console);
      });
    }
    const ended = once(child, 'exit');
    const report = new Promise<NodeReport>((resolve) => {
      child.on('message', (message) => isNodeReport(message) && resolve(message));
      child.once('exit', (code, signal) => {
        const message = `it ended with ${signal ?? `code ${code}`}.\n${lastLines.join('\n')}`;
        resolve({ type: 'failed', code: 'ended', message });
      });
    });
    return { child, startedAt: performance.now(), ended, report, lastLines };
  }

  function firstReport({ report }: Life): Promise<NodeReport> {
    const late: NodeReport = { type: 'failed', code: 'late', message: `not ready after ${startLimitMs / 1_000} s.` };
    return Promise.race([report, sleep(startLimitMs, late, { ref: false })]);
  }

  async function keep(): Promise<void> {
    for (;;) {
      const [code, signal] = (await life.ended) as [number | null, NodeJS.Signals | null];
      if (stopping.signal.aborted) return;
      const wasShort = performance.now() - life.startedAt < shortLifeMs;
      pause = wasShort ? Math.min(pause * 2, longestPauseMs) : firstPauseMs;
      const when = wasShort ? `in ${(pause / 1_000).toFixed(1)} s` : 'at once';
      console.line(`${name} ended with ${signal ?? `code ${code}`}; starting it again ${when}.`);
      if (wasShort) await sleep(pause, null, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      life = begin();
      void life.report.then((report) => {
        if (report.type === 'failed') return console.line(`${name} did not start: ${report.message.split('\n')[0]}`);
        ({ port, admin_port: adminPort } = report);
        console.line(`${name} is back.`);
      });
    }
  }

  return {
    name,
    get pid() {
      return life.child.pid ?? 0;
    },
    get port() {
      return port;
    },
    get adminPort() {
      return adminPort;
    },
    async stop(limitMs) {
      stopping.abort();
      const { child, ended } = life;
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        const limit = new AbortController();
        const late = sleep(limitMs, 'late', { signal: limit.signal }).catch(() => 'ended');
        if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
        await ended;
        limit.abort();
      }
      await keeping;
      log.end();
    },
  };
}
