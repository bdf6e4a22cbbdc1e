/**
 * A leader that has nothing to decide: claims a party and commits one envelope for each order, by the same script as every
 * turn. For the fan-out row, where the whole path is wanted and nothing of the game: commit → Redis → gateway → socket.
 */
import type { Claimed, Envelope, Turn } from '@partyline/core';
import { createRedisStore } from '@partyline/redis';
import { message } from '../peers/message.ts';

const { REDIS_URL = '', REDIS_PREFIX = '', PARTY_ID = '' } = process.env;
const { store, desk } = await createRedisStore({ url: REDIS_URL, prefix: REDIS_PREFIX });
const found = await store.claim(PARTY_ID);
const snapshot = await desk.snapshot(PARTY_ID);
if (found === null || snapshot === null) throw new Error(`there is no party ${PARTY_ID}`);
const claimed: Claimed = found;
const { door, view, host_view } = snapshot;
let { seq } = claimed;

async function commit(round: number): Promise<void> {
  const { fence, epoch, party } = claimed;
  const { data } = JSON.parse(message(round)) as { data: object };
  const next = seq + 1;
  const frame = `{"type":"question","epoch":${epoch},"seq":${next},"data":${JSON.stringify(data)}}`;
  const spoken = { type: 'question', audience: 'all', form: 'shared', round: 0, told_at: Date.now() } as const;
  const envelope: Envelope = { epoch, seq: next, ...spoken, frame };
  const turn: Turn = {
    ...{ party_id: PARTY_ID, fence, epoch, seq, party, taken: 0, forget_rounds: [] },
    projection: { view, host_view, door, gate: null, instant_key: null },
    envelopes: [envelope],
    players: { set: [], remove: [], ban: [] },
  };
  const committed = await store.commit(turn);
  if (committed.result !== 'committed') throw new Error(committed.result);
  seq = committed.seq;
}

// One after the other, as a leader's turns are: each is decided on the seq of the one before.
let last = Promise.resolve();
process.on('message', ({ round }: { round: number }) => {
  last = last.then(() => commit(round));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready', port: 0 });
