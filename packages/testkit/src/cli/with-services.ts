/**
 * Runs the command after `--` with REDIS_URL and DATABASE_URL naming a Redis and a Postgres of its own, and ends with
 * the command's exit code. Knows nothing of what the command does with them.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, startRedis } from '@partyline/provision';

/** Nothing here outlives the run, so nothing has to survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 };
const FAST_REDIS = ['--appendfsync', 'no'];

function runCommand(command: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  // Ctrl-C reaches the command by itself; we only stay until it has ended.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

async function runWithServices(command: readonly string[]): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-services-'));
  const stops: (() => Promise<void>)[] = [() => rm(dir, { recursive: true, force: true })];
  try {
    const redis = await startRedis({ dir: join(dir, 'redis'), extraArgs: FAST_REDIS });
    stops.unshift(redis.stop);
    const postgres = await startPostgres({ dir: join(dir, 'postgres'), settings: FAST });
    stops.unshift(postgres.stop);
    return await runCommand(command, { REDIS_URL: redis.url, DATABASE_URL: postgres.url });
  } finally {
    for (const stop of stops) await stop();
  }
}

const command = process.argv.slice(process.argv.indexOf('--') + 1);
if (!process.argv.includes('--') || command.length === 0) {
  process.stderr.write('usage: node packages/testkit/src/cli/with-services.ts -- command [argument…]\n');
  process.exit(2);
}
process.exit(await runWithServices(command));
