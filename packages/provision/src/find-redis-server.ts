/**
 * Decides where Redis comes from on this machine: $REDIS_SERVER, PATH, Debian's package, a container engine, in that
 * order. Changes nothing outside .tools/, starts nothing, and knows no setting of Redis.
 */
import { basename } from 'node:path';
import { unpackRedisPackage } from './debian-redis.ts';
import { isExecutable, onPath, run } from './executable.ts';

/** Sharded pub/sub came with 7. */
const OLDEST_MAJOR = 7;
const PROGRAMS = ['redis-server', 'valkey-server'];
const ENGINES = ['docker', 'podman'];

const INSTALL_HINT = `Partyline needs Redis ${OLDEST_MAJOR} or newer and found none. Install one of:
  Debian 12, Ubuntu 24.04:  apt-get install redis-server
  Fedora:                   dnf install redis   (or: dnf install valkey)
  macOS:                    brew install redis
or start Docker or Podman, or set REDIS_SERVER to the path of a redis-server, or REDIS_URL to a running one.`;

async function isNewEnough(file: string): Promise<boolean> {
  const { stdout } = await run(file, ['--version']).catch(() => ({ stdout: '' }));
  return Number(/ v=(\d+)\./.exec(stdout)?.[1]) >= OLDEST_MAJOR;
}

async function firstThat(
  files: readonly string[],
  is: (file: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const file of files) if (await is(file)) return file;
  return undefined;
}

/** An engine that is installed but does not answer is of no use. */
const answers = (engine: string): Promise<boolean> =>
  run(engine, ['info'], { timeout: 10_000 }).then(
    () => true,
    () => false,
  );

const allOnPath = async (names: readonly string[]): Promise<string[]> =>
  (await Promise.all(names.map((name) => onPath(name)))).flat();

export const isContainerEngine = (file: string): boolean => ENGINES.includes(basename(file));

/**
 * The path of a redis-server, or of the container engine to run one with (`isContainerEngine`). Throws an error whose
 * message says what to install.
 */
export async function findRedisServer(): Promise<string> {
  const named = process.env.REDIS_SERVER;
  if (named) {
    if (await isExecutable(named)) return named;
    throw new Error(`REDIS_SERVER is ${named}, which is not a program that can be run.`);
  }
  const found =
    (await firstThat(await allOnPath(PROGRAMS), isNewEnough)) ??
    (await firstThat(await unpackRedisPackage(), isNewEnough)) ??
    (await firstThat(await allOnPath(ENGINES), answers));
  if (found) return found;
  throw new Error(INSTALL_HINT);
}
