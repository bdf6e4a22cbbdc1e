/**
 * `make run`: a whole Partyline on this machine, until it is told to stop. The first Ctrl-C or SIGTERM stops everything
 * gracefully, the second at once.
 */
import { ConfigError, readEnvironment } from '../config.ts';
import { banner } from '../supervisor/banner.ts';
import { type Cluster, startCluster } from '../supervisor/cluster.ts';
import { createConsole } from '../supervisor/console.ts';

const screen = createConsole(process.stdout);
const interrupted = new AbortController();
let stopped: Promise<void> | null = null;
let cluster: Cluster | null = null;

async function stopCluster(running: Cluster): Promise<void> {
  const startedAt = performance.now();
  screen.line('Partyline: stopping; once more to stop at once');
  await running.stop();
  screen.line(`Partyline: stopped after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
}

/** Nodes end when our channel to them closes, Redis and Postgres by their watchdogs: exiting is enough. */
function interrupt(): void {
  if (interrupted.signal.aborted) process.exit(1);
  interrupted.abort(new Error('interrupted'));
  if (cluster !== null) stopped ??= stopCluster(cluster);
  stopped?.then(
    () => process.exit(0),
    (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    },
  );
}

// A terminal that was closed takes no more lines; that is no reason to die without stopping what runs.
process.stdout.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

try {
  const environment = readEnvironment(process.env);
  const startedAt = performance.now();
  screen.line('Partyline: preparing');
  cluster = await startCluster({ environment, inherited: process.env, console: screen, signal: interrupted.signal });
  if (interrupted.signal.aborted) await cluster.stop();
  interrupted.signal.throwIfAborted();
  screen.line(banner(cluster, environment, performance.now() - startedAt));
} catch (error) {
  if (interrupted.signal.aborted) {
    screen.line('Partyline: stopped before it had started');
    process.exit(0);
  }
  process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
  process.exit(error instanceof ConfigError ? 78 : 1);
}
