/**
 * The Redis and the Postgres of a supervised Partyline: those the environment names, or ones of its own whose data stays in
 * DATA_DIR. Its own are started again when they die.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningServer, startPostgres, startRedis } from '@partyline/provision';
import type { Environment } from '../config-schema.ts';
import type { Console } from './console.ts';

export interface Store {
  readonly name: 'Redis' | 'Postgres';
  readonly url: string;
  /** Whether it was started here. */
  readonly isOwn: boolean;
  stop(): Promise<void>;
}

const lookMs = 500;
const restartPauseMs = 1_000;
/** Beside the nodes' connections: commands, a person with psql. */
const spareConnections = 40;

export function redisOf({ REDIS_URL, DATA_DIR }: Environment, at: { console: Console; logs: string }): Promise<Store> {
  if (REDIS_URL !== '') return Promise.resolve(given('Redis', REDIS_URL));
  return own('Redis', at, (onLog) => startRedis({ dir: join(DATA_DIR, 'redis'), onLog }));
}

export function postgresOf(environment: Environment, at: { console: Console; logs: string }): Promise<Store> {
  const { DATABASE_URL, DATA_DIR, NODES, PG_POOL_MAX } = environment;
  if (DATABASE_URL !== '') return Promise.resolve(given('Postgres', DATABASE_URL));
  const max_connections = Math.max(100, NODES * PG_POOL_MAX + spareConnections);
  const dir = join(DATA_DIR, 'postgres');
  return own('Postgres', at, (onLog) => startPostgres({ dir, settings: { max_connections }, onLog }));
}

/** For people: its host and port, or all of them where it has several (Sentinels, a Cluster); never a password. */
export function whereabouts({ url, isOwn }: Pick<Store, 'url' | 'isOwn'>): string {
  const hosts = /^[^:]+:\/\/(?:.*@)?([^/?]*)/.exec(url)?.[1] ?? '';
  return isOwn ? `on ${hosts}` : `given: ${hosts}`;
}

/** An error of a store that the environment names says where its address came from. */
export function blaming(
  variable: 'REDIS_URL' | 'DATABASE_URL',
  { name, isOwn }: Pick<Store, 'name' | 'isOwn'>,
): (error: Error) => never {
  return (error) => {
    throw isOwn ? error : new Error(`${name} cannot be used (${variable}): ${error.message}`, { cause: error });
  };
}

function given(name: Store['name'], url: string): Store {
  return { name, url, isOwn: false, stop: async () => {} };
}

async function own(
  name: Store['name'],
  { console, logs }: { console: Console; logs: string },
  start: (onLog: (line: string) => void) => Promise<RunningServer>,
): Promise<Store> {
  const file: WriteStream = createWriteStream(join(logs, `${name.toLowerCase()}.log`), { flags: 'a' });
  const server = await start((line) => void file.write(`${line}\n`));
  const stopping = new AbortController();
  const { signal } = stopping;
  const guarding = guard();

  async function guard(): Promise<void> {
    while (!signal.aborted) {
      await sleep(lookMs, null, { signal }).catch(() => {});
      if (signal.aborted || isRunning(server.pid)) continue;
      console.line(`${name} has died; starting it again.`);
      await server.restart().catch(async (error: Error) => {
        console.line(`${name} does not start: ${error.message.split('\n')[0]}`);
        await sleep(restartPauseMs, null, { signal }).catch(() => {});
      });
    }
  }

  return {
    name,
    url: server.url,
    isOwn: true,
    async stop() {
      stopping.abort();
      await guarding;
      await server.stop();
      file.end();
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
