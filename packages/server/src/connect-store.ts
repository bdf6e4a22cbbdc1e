/**
 * The live store of a node: connected however long it takes, and refused where its settings would lose accepted answers.
 * A node that starts before its Redis waits, not ready, instead of dying over and over.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from '@partyline/core';
import { createRedisStore, type RedisStore, type RedisStoreOptions } from '@partyline/redis';

interface Log {
  warn(fields: object, message: string): void;
}

export class UnsafeStore extends Error {
  override readonly name = 'UnsafeStore';
  readonly code = 'store_unsafe';
}

const startTimeoutMs = 5_000;
const pauseMs = 500;

/** `patience`: whether a Redis that is not there yet is waited for, or is a StoreUnavailable. */
export async function connectStore(
  options: RedisStoreOptions,
  { log, patience }: { log: Log; patience: 'endless' | 'none' },
): Promise<RedisStore> {
  const store = await (patience === 'none'
    ? createRedisStore({ ...options, startTimeoutMs })
    : whenReachable(options, log));
  const problems = await store.health.checkSafeSettings();
  for (const { severity, ...problem } of problems) {
    if (severity === 'warning') log.warn(problem, 'a setting of Redis is not safe');
  }
  const fatal = problems.filter(({ severity }) => severity === 'fatal');
  if (fatal.length === 0) return store;
  await store.close();
  const told = fatal.map(({ setting, found, wanted, at = '' }) => {
    return `${setting} is ${found}${at === '' ? '' : ` at ${at}`}, it must be ${wanted}`;
  });
  throw new UnsafeStore(`This Redis can lose accepted answers: ${told.join('; ')}.`);
}

async function whenReachable(options: RedisStoreOptions, log: Log): Promise<RedisStore> {
  for (;;) {
    try {
      return await createRedisStore({ ...options, startTimeoutMs });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn({ err: error }, 'Redis is not there yet; waiting');
      await sleep(pauseMs);
    }
  }
}
