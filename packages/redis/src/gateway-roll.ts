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
  return {
    async beat(gateway_id) {
      await scripts.run('beat-gateway', [keys.gateways], [gateway_id, roll_ms, lapsedKeptMs]);
    },
  };
}

export interface Roll {
  /** The instants at which gateways lapse or have lapsed, by id. */
  lapses: ReadonlyMap<string, number>;
  /** The last time that no gateway was there at all; null where none is known of. */
  silence: { from: number; to: number } | null;
}

/** How the script notes a silence: from when, and as the score until when. */
const silenceOf = /^silence:(\d+)$/;

export function createRollCopy(parts: { client: Redis; keys: Keys; clock: Clock }): () => Promise<Roll> {
  const { client, keys, clock } = parts;
  let copy: Promise<Roll> = Promise.resolve({ lapses: new Map(), silence: null });
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
  const lapses = new Map<string, number>();
  let silence: Roll['silence'] = null;
  // In the order of their instants: the last silence stays.
  for (const [member, instant] of pairs(flat)) {
    const from = silenceOf.exec(member)?.[1];
    if (from === undefined) lapses.set(member, Number(instant));
    else silence = { from: Number(from), to: Number(instant) };
  }
  return { lapses, silence };
}
