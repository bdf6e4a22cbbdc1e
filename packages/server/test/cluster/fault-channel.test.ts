/** F22: somebody writes junk to every channel of a game that is being played. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { playRealGame, type RawRedis, rawRedis, realCluster } from '@partyline/testkit';
import { repeats } from './repeats.ts';

const envelope = { epoch: 1, seq: 3, type: 'reveal', audience: 'all', form: 'shared', round: 1 };
const junk = [
  ...['', ' ', 'null', '0', '[]', '{}', '""', '{', 'NOW', '\u0000\u0001\u0002', 'ÿþ', '💥'.repeat(1_000)],
  ...['x'.repeat(100_000), '['.repeat(10_000), '{"type":"finished"}', '{"__proto__":{"epoch":9}}'],
  JSON.stringify(envelope),
  JSON.stringify({ ...envelope, epoch: 'one', frame: '{}' }),
  JSON.stringify({ ...envelope, seq: -1, frame: 7 }),
  JSON.stringify({ ...envelope, seq: 1e300, frame: '{}' }),
  JSON.stringify({ ...envelope, audience: { reply_to: {} }, frame: [] }),
];

async function litter(redis: RawRedis): Promise<number> {
  const channels = (await redis.send('PUBSUB', 'CHANNELS', 'partyline*')) as string[];
  for (const channel of channels) for (const text of junk) await redis.send('PUBLISH', channel, text);
  return channels.length;
}

test('F22: junk on every channel of a game is counted and shown to nobody, and the game is played to its end', async (t) => {
  const cluster = await realCluster(t);
  const redis = await rawRedis(cluster.redis.url);
  t.after(() => redis.close());
  const rounds = repeats(20, 3);
  const game = await playRealGame(cluster, { players: 9, rounds, timeout: 6, thinks: [500, 1_500], reveal_seconds: 1 });
  let [thrown, channels] = [0, 0];
  for (let round = 1; round <= rounds; round += 1) {
    await game.seen('question', round, 30_000);
    channels = Math.max(channels, await litter(redis));
    await game.seen('reveal', round, 30_000);
    channels = Math.max(channels, await litter(redis));
    thrown += 2;
  }
  await game.finished(60_000);
  await game.check();
  const counts = await Promise.all(cluster.nodes.map((node) => node.metric('partyline_store_junk_total')));
  t.diagnostic(
    `${junk.length} pieces on ${channels} channels, ${thrown} times; each node counted ${counts.join(', ')}`,
  );
  assert.equal(cluster.up().length, 3, 'no node ended');
  assert.ok(channels >= 4 && Math.min(...counts) > 0);
  const errors = await Promise.all(
    cluster.nodes.map((node) => node.metric('partyline_log_lines_total{level="error"}')),
  );
  assert.deepEqual(errors, [0, 0, 0]);
});
