/**
 * Decides how Partyline's own Redis is set: append-only file synced before each reply, nothing evicted, loopback only. Knows
 * no client library; a raw PING tells when it answers.
 */
import { mkdir, realpath } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { run } from './executable.ts';
import { findRedisServer, isContainerEngine } from './find-redis-server.ts';
import { startOnPort } from './free-port.ts';
import { claimFolder } from './pid-file.ts';
import { type RunningServer, withAddress } from './running-server.ts';
import { startServer } from './server-process.ts';

const IMAGE = 'docker.io/library/redis:7.2';

export interface RedisOptions {
  /** Where the append-only file lives; made when missing. */
  readonly dir: string;
  /** A free one when not given. */
  readonly port?: number;
  readonly host?: string;
  /** True when not given. Without it a killed Redis loses everything. */
  readonly appendonly?: boolean;
  /** As on redis-server's command line; they win over the settings made here. */
  readonly extraArgs?: readonly string[];
  /** A configuration of its own, read before the settings made here. Not for a container. */
  readonly configFile?: string;
  /** Runs as a Sentinel: it keeps no data, so none of the settings for it are given. */
  readonly sentinel?: 'sentinel';
  readonly onLog?: (line: string) => void;
}

function answersPing(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1_000 });
    const finish = (isReady: boolean) => {
      socket.destroy();
      resolve(isReady);
    };
    socket.on('connect', () => socket.write('PING\r\n'));
    // A server that asks for a password answers too; one that is loading its file says -LOADING.
    socket.on('data', (reply) => finish(/^(\+PONG|-NOAUTH)/.test(reply.toString())));
    socket.on('error', () => finish(false));
    socket.on('timeout', () => finish(false));
    socket.on('close', () => finish(false));
  });
}

function settings(options: RedisOptions & { port: number; host: string }) {
  const { port, host, appendonly = true, extraArgs = [], configFile, sentinel } = options;
  const file = configFile === undefined ? [] : [configFile];
  if (sentinel !== undefined)
    return [...file, '--port', `${port}`, '--bind', host, '--pidfile', 'redis.pid', ...extraArgs, '--sentinel'];
  return [
    ...file,
    ...['--port', `${port}`, '--bind', host, '--save', '', '--pidfile', 'redis.pid'],
    ...['--appendonly', appendonly ? 'yes' : 'no', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
    ...extraArgs,
  ];
}

/** The same server inside a container; signals go through the engine, since its client forwards only some. */
function inContainer({ engine, port, dir, args }: { engine: string; port: number; dir: string; args: string[] }) {
  const container = `partyline-redis-${port}`;
  const user = process.getuid ? ['--user', `${process.getuid()}:${process.getgid?.()}`] : [];
  const reach = ['--publish', `127.0.0.1:${port}:${port}`, '--volume', `${dir}:/data`];
  // Published on loopback only; inside, every client comes from the engine's network.
  const open = ['--bind', '0.0.0.0', '--protected-mode', 'no'];
  return {
    args: ['run', '--rm', '--name', container, ...user, ...reach, IMAGE, 'redis-server', ...args, ...open],
    sendSignal: (signal: NodeJS.Signals) => void run(engine, ['kill', '--signal', signal, container]).catch(() => {}),
    afterwards: [engine, 'rm', '--force', container],
  };
}

/** Resolves once it answers. Throws with Redis' last lines when it ends instead. */
export function startRedis(options: RedisOptions): Promise<RunningServer> {
  const { host = '127.0.0.1' } = options;
  return startOnPort({ port: options.port, host }, (port) => startAt({ ...options, port, host }));
}

async function startAt(options: RedisOptions & { port: number; host: string }): Promise<RunningServer> {
  const { port, host, onLog } = options;
  await mkdir(options.dir, { recursive: true });
  const dir = await realpath(options.dir);

  const file = await findRedisServer();
  const args = settings(options);
  const server = await startServer({
    name: 'Redis',
    file,
    args,
    cwd: dir,
    clearTheWay: () => claimFolder({ pidFile: join(dir, 'redis.pid'), dir, program: /redis|valkey/ }),
    isReady: () => answersPing(port, host),
    stopSignal: 'SIGTERM',
    stopLimitMs: 5_000,
    orphanSignal: 'SIGTERM',
    ...(isContainerEngine(file) && inContainer({ engine: file, port, dir, args })),
    ...(onLog && { onLog }),
  });
  return withAddress(server, { url: `redis://${host}:${port}`, port });
}
