/**
 * A real Redis for tests: the one REDIS_URL names, shared by all and told apart by a random prefix, or one of a test's
 * own where it is to be stalled, filled, emptied or counted.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import { type RunningServer, startRedis } from '@partyline/provision';
import { createRedisStore, type RedisStore, type RedisStoreOptions } from '@partyline/redis';
import { contractTimes, type StoreWorldFor } from '../contract/store-world.ts';
import { type RawRedis, rawRedis } from './raw-redis.ts';

export interface TestRedis {
  url: string;
  /** Nobody else's. */
  prefix: string;
  raw: RawRedis;
  /** One more node; closed after the test. */
  store(options?: Partial<RedisStoreOptions>): Promise<RedisStore>;
}

/** A Redis that this test alone uses, on a port of its own. */
export interface OwnRedis extends TestRedis {
  server: RunningServer;
  /** Ends it by force; it comes back with `server.restart()`, without what it held. */
  wipe(): Promise<void>;
}

/** For the top of a test file: starts one Redis for it where REDIS_URL names none. */
export function redisOfFile(): (t: TestContext) => Promise<TestRedis> {
  let own: Promise<Started> | undefined;
  after(async () => {
    if (own !== undefined) await stop(await own);
  });
  return async (t) => {
    const given = process.env.REDIS_URL;
    if (given !== undefined) return testRedis(t, given);
    own ??= start([]);
    return testRedis(t, (await own).server.url);
  };
}

/** The suites' world on a real Redis: time passes by itself. */
export function redisWorld(redisFor: (t: TestContext) => Promise<TestRedis>): StoreWorldFor {
  return async (t) => {
    const redis = await redisFor(t);
    return {
      node: () => redis.store(contractTimes),
      pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    };
  };
}

/** `args` as on redis-server's command line. */
export async function ownRedis(t: TestContext, args: string[] = []): Promise<OwnRedis> {
  const started = await start(args);
  const cleanUps = new CleanUps(t);
  cleanUps.add(() => stop(started));
  const redis = await testRedis(t, started.server.url, cleanUps);
  return {
    ...redis,
    server: started.server,
    async wipe() {
      await started.server.kill('SIGKILL');
      await rm(join(started.dir, 'appendonlydir'), { recursive: true, force: true });
    },
  };
}

interface Started {
  dir: string;
  server: RunningServer;
}

async function start(args: string[]): Promise<Started> {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-redis-'));
  return { dir, server: await startRedis({ dir, extraArgs: args }) };
}

async function stop({ dir, server }: Started): Promise<void> {
  await server.stop();
  await rm(dir, { recursive: true, force: true });
}

async function testRedis(t: TestContext, url: string, cleanUps = new CleanUps(t)): Promise<TestRedis> {
  const prefix = `test-${randomUUID()}`;
  const raw = await rawRedis(url);
  cleanUps.add(async () => raw.close());
  cleanUps.add(() => removeKeys(raw, prefix).catch(() => undefined));
  return {
    url,
    prefix,
    raw,
    async store(options = {}) {
      const store = await createRedisStore({ url, prefix, ...options });
      cleanUps.add(() => store.close());
      return store;
    },
  };
}

async function removeKeys(raw: RawRedis, prefix: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = (await raw.send('SCAN', cursor, 'MATCH', `${prefix}:*`, 'COUNT', 1_000)) as [string, string[]];
    if (keys.length > 0) await raw.send('UNLINK', ...keys);
    cursor = next;
  } while (cursor !== '0');
}

/** What was made last is undone first; node:test runs its hooks in the order they were added. */
class CleanUps {
  readonly #steps: (() => Promise<void>)[] = [];

  constructor(t: TestContext) {
    t.after(async () => {
      for (const step of this.#steps.reverse()) await step();
    });
  }

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }
}
