/**
 * How clients are made, and the only place that reads a store's address. A command is sent once: what became of it when the
 * connection broke is not known, and repeating is the caller's decision, never the driver's.
 */

import { StoreUnavailable } from '@partyline/core';
import { Redis } from 'ioredis';
import { StoreFault } from './errors.ts';
import type { ConnectionRole, StoreObserver } from './observe.ts';

export interface ConnectionSettings {
  url: string;
  role: ConnectionRole;
  commandTimeoutMs: number;
  observer: StoreObserver;
}

export function connect({ url, role, commandTimeoutMs, observer }: ConnectionSettings): Redis {
  if (!/^rediss?:\/\//.test(url)) {
    throw new StoreFault(`a store's address starts with redis:// or rediss://, not ${url.split(':')[0]}:`);
  }
  const client = new Redis(url, {
    connectionName: `partyline-${role}`,
    disableClientInfo: true,
    // Defaults would queue writes while away and send unanswered ones again: measured, 50 of 50 lost replies counted twice.
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    connectTimeout: 2_000,
    // A peer that has vanished never answers our FIN.
    disconnectTimeout: 100,
    keepAlive: 5_000,
    retryStrategy: reconnectAfterMs,
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    // Channels are subscribed again by hand, so that it is known when they are.
    autoResubscribe: false,
    // Leases are taken and renewed many at once; one write to the socket carries them all.
    enableAutoPipelining: role === 'locks',
  });
  client.on('ready', () => observer.connection?.(role, 'ready'));
  client.on('close', () => observer.connection?.(role, 'closed'));
  // Every failure also rejects the command it struck, or shows in the health; without a listener ioredis prints it.
  client.on('error', () => undefined);
  return client;
}

/** 25, 50, 100, … at most 800 ms, the upper half of it at random: nodes do not come back in step. */
function reconnectAfterMs(attempt: number): number {
  const most = 25 * 2 ** Math.min(attempt - 1, 5);
  return Math.round(most * (0.5 + Math.random() / 2));
}

/** Throws StoreUnavailable where it takes longer than `limit_ms`, with what went wrong last as its cause. */
export async function whenReady(client: Redis, limit_ms: number): Promise<void> {
  if (client.status === 'ready') return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let cause: unknown;
  const note = (error: unknown) => {
    cause = error;
  };
  const giveUp = () => reject(new StoreUnavailable(`Redis: not ready after ${limit_ms} ms`, { cause }));
  const timer = setTimeout(giveUp, limit_ms);
  client.once('ready', resolve).on('error', note);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    client.off('ready', resolve).off('error', note);
  }
}
