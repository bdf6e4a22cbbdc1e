/**
 * Which gateways are alive, by Redis' clock. Leaders read the roll from a copy at most a second old: it is in another slot
 * than the party whose presence it judges, and it changes seldom.
 */

import type { Clock, GatewayRoll } from '@partyline/core';
import type { Redis } from 'ioredis';
import { asStoreError } from './errors.ts';
import type { Keys } from './keys.ts';
import { pairs } from './scan-hash.ts';
import type { Scripts } from './scripts.ts';

/** Lapsed gateways are kept on the roll for so long: far longer than a report is believed without them. */
const lapsedKeptMs = 60_000;
const copyLivesMs = 1_000;

export function createGatewayRoll(parts: { scripts: Scripts; keys: Keys; roll_ms: number }): GatewayRoll {
  const { scripts, keys, roll_ms } = parts;
  const put = (gateway_id: string, live_ms: number) =>
    scripts.run('beat-gateway', [keys.gateways], [gateway_id, live_ms, lapsedKeptMs]);
  return {
    async beat(gateway_id) {
      await put(gateway_id, roll_ms);
    },
    async leave(gateway_id) {
      await put(gateway_id, 0);
    },
  };
}

/** The instants at which gateways lapse or have lapsed, by id. */
export type Roll = Map<string, number>;

export function createRollCopy(parts: { client: Redis; keys: Keys; clock: Clock }): () => Promise<Roll> {
  const { client, keys, clock } = parts;
  let copy: Promise<Roll> = Promise.resolve(new Map());
  let readAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (clock.monotonic() - readAt < copyLivesMs) return copy;
    readAt = clock.monotonic();
    copy = read(client, keys.gateways);
    copy.catch(() => {
      readAt = Number.NEGATIVE_INFINITY;
    });
    return copy;
  };
}

async function read(client: Redis, key: string): Promise<Roll> {
  const flat = await client.zrange(key, 0, -1, 'WITHSCORES').catch((error: unknown) => {
    throw asStoreError(error);
  });
  return new Map(pairs(flat).map(([gateway_id, lapses_at]) => [gateway_id, Number(lapses_at)]));
}
