/**
 * Decides how Partyline's own Postgres is started and ended: loopback only, no socket file, its data folder kept. Knows
 * no SQL and no client library.
 */
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unprivilegedAccount } from './account.ts';
import { startOnPort } from './free-port.ts';
import { claimFolder } from './pid-file.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { PARTYLINE, prepareCluster } from './postgres-cluster.ts';
import { reachableFolder } from './reachable-folder.ts';
import { type RunningServer, withAddress } from './running-server.ts';
import { startServer } from './server-process.ts';

const HOST = '127.0.0.1';

const OURS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

export interface PostgresOptions {
  /** The data folder; made when missing, its parent too. */
  readonly dir: string;
  /** A free one when not given. */
  readonly port?: number;
  /** Server settings by name, `{ fsync: 'off' }`; they win over those made here. */
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly onLog?: (line: string) => void;
}

export interface RunningPostgres extends RunningServer {
  /** Ends it as a crash would (SIGQUIT): no checkpoint, recovery on the next start. */
  stopImmediate(): Promise<void>;
}

const asArguments = (settings: Record<string, string | number>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Postgres itself says so, in line 8 of its pid file; connecting would say less and leave a complaint in its log. */
async function saysReady(pidFile: string): Promise<boolean> {
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  return lines[7]?.trim() === 'ready';
}

/** Resolves once it accepts connections. Throws with Postgres' last lines when it ends instead. */
export function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  return startOnPort({ port: options.port, host: HOST }, (port) => startAt({ ...options, port }));
}

async function startAt({ dir, port, settings, onLog }: PostgresOptions & { port: number }): Promise<RunningPostgres> {
  const account = await unprivilegedAccount(dir);
  const binaries = await postgresBinaries(account);
  const data = await reachableFolder(dir, account);
  if (dirname(data) !== (await realpath(dirname(dir))))
    onLog?.(`Postgres may not enter ${dir}: its data is in ${data}`);
  const { password } = await prepareCluster({ dir: data, binaries, account });
  const pidFile = join(data, 'postmaster.pid');

  const server = await startServer({
    name: 'Postgres',
    file: binaries.postgres,
    args: ['-D', data, ...asArguments({ ...OURS, port, ...settings })],
    cwd: data,
    env: { LC_ALL: 'C' },
    clearTheWay: () => claimFolder({ pidFile, dir: data, program: /postgres/ }),
    isReady: () => saysReady(pidFile),
    stopSignal: 'SIGINT', // "fast": open transactions are rolled back, SIGTERM would wait for every client to leave
    stopLimitMs: 10_000,
    orphanSignal: 'SIGQUIT',
    ...(account && { account }),
    ...(onLog && { onLog }),
  });
  const url = `postgres://${PARTYLINE}:${password}@${HOST}:${port}/${PARTYLINE}`;
  return Object.assign(withAddress(server, { url, port }), { stopImmediate: () => server.kill('SIGQUIT') });
}
