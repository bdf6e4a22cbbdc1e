/** One node as a process of its own, with what a test may do to it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** `make test` has it in one file, which starts sooner. */
const program = process.env.NODE_PROGRAM ?? fileURLToPath(new URL('../../../server/src/cli/node.ts', import.meta.url));

/** For the environment of a node whose wall clock a test sets: by so many ms the first time, then the second. */
export function steppedClock(...steps_ms: number[]): Record<string, string> {
  const preloaded = new URL(`stepped-clock.ts?steps_ms=${steps_ms.join(',')}`, import.meta.url);
  return { NODE_OPTIONS: `--import=${preloaded}` };
}

const startLimitMs = 30_000;
const lastLines = 40;

export interface RealNode {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  readonly adminPort: number;
  isUp(): boolean;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code and how long it took, ms. */
  terminate(): Promise<{ code: number | null; ms: number }>;
  /** SIGSTOP, and SIGCONT after `ms`. */
  freeze(ms: number): Promise<void>;
  /** Sets its wall clock by the next of its steps; it was started with `steppedClock`. */
  stepClock(): void;
  /** The value of one metric, summed over its labels; 0 where it is not there. */
  metric(name: string): Promise<number>;
  ready(): Promise<boolean>;
  /** The last lines it has logged: for failing tests. */
  log(): string[];
}

export async function startRealNode(name: string, env: Record<string, string>): Promise<RealNode> {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...env, NODE_ID: name, PORT: '0', ADMIN_PORT: '0', HOST: '127.0.0.1' },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes: Buffer) => {
      lines.push(...bytes.toString('utf8').trimEnd().split('\n'));
      if (lines.length > lastLines) lines.splice(0, lines.length - lastLines);
    });
  }
  const { port, admin_port } = await readiness(child, lines);
  const isUp = (): boolean => child.exitCode === null && child.signalCode === null;
  const gone = async (): Promise<void> => {
    if (isUp()) await once(child, 'exit');
  };

  return {
    name,
    pid: child.pid ?? 0,
    port,
    adminPort: admin_port,
    isUp,
    async kill() {
      child.kill('SIGKILL');
      await gone();
    },
    async terminate() {
      const startedAt = performance.now();
      child.kill('SIGTERM');
      await gone();
      return { code: child.exitCode, ms: performance.now() - startedAt };
    },
    async freeze(ms) {
      child.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, ms));
      child.kill('SIGCONT');
    },
    stepClock: () => void child.kill('SIGUSR2'),
    async metric(metric) {
      const text = await fetch(`http://127.0.0.1:${admin_port}/metrics`).then((response) => response.text());
      const values = text.split('\n').filter((line) => line.startsWith(`${metric} `) || line.startsWith(`${metric}{`));
      return values.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
    },
    async ready() {
      return (await fetch(`http://127.0.0.1:${admin_port}/readyz`)).ok;
    },
    log: () => [...lines],
  };
}

function readiness(child: ChildProcess, lines: string[]): Promise<{ port: number; admin_port: number }> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`the node did not start (${why}):\n${lines.join('\n')}`));
    };
    const limit = setTimeout(() => fail('too slow'), startLimitMs);
    child.once('exit', (code) => fail(`exit ${code}`));
    child.on('message', (message: { type: string; port?: number; admin_port?: number }) => {
      if (message.type !== 'ready' || message.port === undefined || message.admin_port === undefined) return;
      clearTimeout(limit);
      child.removeAllListeners('exit');
      resolve({ port: message.port, admin_port: message.admin_port });
    });
  });
}
