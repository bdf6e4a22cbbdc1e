/**
 * How clients are made, and the only place that reads a store's address. A command is sent once: what became of it when the
 * connection broke is not known, and repeating is the caller's decision, never the driver's.
 */

import { StoreUnavailable } from '@partyline/core';
import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { ConnectionRole, StoreObserver } from './observe.ts';
import { type StoreAddress, storeAddress, whereabouts } from './store-address.ts';

/** One Redis, a master behind Sentinels, or a Cluster. */
export type StoreClient = Redis;

export interface ConnectionSettings {
  url: string;
  role: ConnectionRole;
  commandTimeoutMs: number;
  observer: StoreObserver;
}

export function connect({ url, role, commandTimeoutMs, observer }: ConnectionSettings): StoreClient {
  const address = storeAddress(url);
  const settings = settingsFor(role, commandTimeoutMs);
  const client = clientFor(address, settings, role);
  client.on('ready', () => observer.connection?.(role, 'ready'));
  client.on('close', () => observer.connection?.(role, 'closed'));
  // Every failure also rejects the command it struck, or shows in the health; without a listener ioredis prints it.
  client.on('error', () => undefined);
  return client;
}

function settingsFor(role: ConnectionRole, commandTimeoutMs: number): RedisOptions {
  return {
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
  };
}

function clientFor(address: StoreAddress, settings: RedisOptions, role: ConnectionRole): StoreClient {
  switch (address.kind) {
    case 'single':
      return new Redis(address.url, settings);
    case 'sentinel': {
      const { sentinels, name, db, tls, ...credentials } = address;
      const overTls = tls === undefined ? {} : { tls, sentinelTLS: tls, enableTLSForSentinelMode: true };
      return new Redis({
        ...{ ...settings, ...credentials, ...overTls, sentinels, name, db },
        // Without it a connection to a deposed master stays where it is until it breaks.
        failoverDetector: true,
        sentinelRetryStrategy: reconnectAfterMs,
      });
    }
    case 'cluster': {
      const { nodes, kind: _kind, ...credentials } = address;
      const { commandTimeout, enableAutoPipelining, retryStrategy: _retry, ...ofNodes } = settings;
      const options: ClusterOptions = {
        redisOptions: { ...ofNodes, ...credentials, ...(commandTimeout === undefined ? {} : { commandTimeout }) },
        enableOfflineQueue: false,
        // Auto-pipelining would group commands of different slots.
        enableAutoPipelining: false,
        clusterRetryStrategy: reconnectAfterMs,
        slotsRefreshInterval: 2_000,
        retryDelayOnFailover: 100,
        maxRedirections: 4,
        scaleReads: 'master',
        shardedSubscribers: role === 'channels',
        // The driver would look names up by itself, and hold the certificate against the address it found.
        ...(credentials.tls === undefined ? {} : { dnsLookup: (host, found) => found(null, host) }),
      };
      // A Cluster has every command of a Redis that is used here; keys of one command always share a slot.
      return new Cluster(nodes, options) as unknown as StoreClient;
    }
  }
}

/** Whether channels belong to slots at this address, and have to be spoken to with SPUBLISH and SSUBSCRIBE. */
export function hasShardedChannels(url: string): boolean {
  return storeAddress(url).kind === 'cluster';
}

/** 25, 50, 100, … at most 800 ms, the upper half of it at random: nodes do not come back in step. */
function reconnectAfterMs(attempt: number): number {
  const most = 25 * 2 ** Math.min(attempt - 1, 5);
  return Math.round(most * (0.5 + Math.random() / 2));
}

/** Throws StoreUnavailable where it takes longer than `limit_ms`: who does not answer, and what went wrong last. */
export async function whenReady(client: StoreClient, url: string, limit_ms: number): Promise<void> {
  if (client.status === 'ready') return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let cause: unknown;
  const note = (error: unknown) => {
    cause = error;
  };
  const giveUp = () => {
    const told = `Redis at ${whereabouts(url)} does not answer after ${limit_ms / 1_000} s${reasonIn(cause)}`;
    reject(new StoreUnavailable(told, { cause }));
  };
  const timer = setTimeout(giveUp, limit_ms);
  client.once('ready', resolve).on('error', note);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    client.off('ready', resolve).off('error', note);
  }
}

/** `: ` and what went wrong. Of a Cluster the driver says only that all nodes failed, and keeps what the last one said. */
function reasonIn(cause: unknown): string {
  if (!(cause instanceof Error) || cause.message === '') return '';
  const last = 'lastNodeError' in cause ? reasonIn(cause.lastNodeError) : '';
  return `: ${cause.message.replace(/\.$/, '')}${last}`;
}
