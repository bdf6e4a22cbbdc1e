/**
 * F23: games one after the other for as long as SOAK_MINUTES says, something going wrong in each. One node lives through it all:
 * what it holds at the end, and what is left in Redis, is what there was before the first game.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  between,
  faultProxy,
  pick,
  playRealGame,
  type RawRedis,
  type RealNode,
  rawRedis,
  realCluster,
  seededRandom,
} from '@partyline/testkit';
import { eventually, sleep } from './repeats.ts';

const minutes = Number(process.env.SOAK_MINUTES ?? '0.25');
/** Shorter than this the heap has not settled, and a slope means nothing. */
const shortestSlopeMinutes = 20;

interface Holdings {
  descriptors: number;
  handles: number;
  sockets: number;
  parties: number;
  channels: number;
  keys: number;
}

test('F23: after hours of games and faults a node holds what it held before', async (t) => {
  const cluster = await realCluster(t, { nodes: 1 });
  const redis = await rawRedis(cluster.redis.url);
  const line = await faultProxy(t, cluster.redis.url);
  t.after(() => redis.close());
  const [elder] = cluster.nodes;
  assert.ok(elder !== undefined);
  let other = await cluster.addNode({ REDIS_URL: line.url });
  const random = seededRandom(Math.round(minutes * 60));
  const faults = {
    async 'a node is killed'() {
      await other.kill();
      other = await cluster.addNode({ REDIS_URL: line.url });
    },
    async 'a node is drained'() {
      const leaving = other;
      other = await cluster.addNode({ REDIS_URL: line.url });
      await leaving.terminate();
    },
    'a node stands still': () => other.freeze(3_000),
    'the old node stands still': () => elder.freeze(1_500),
    'replies of Redis are lost': () => line.loseReplies(800),
    async 'Redis stands still'() {
      await redis.send('CLIENT', 'PAUSE', 1_500, 'ALL');
    },
  };
  const names = Object.keys(faults) as (keyof typeof faults)[];
  const memory: { hours: number; mib: number }[] = [];
  const endsAt = performance.now() + minutes * 60_000;
  let before: Holdings | null = null;
  let games = 0;
  const happened: string[] = [];
  do {
    const game = await playRealGame(cluster, {
      ...{ players: 20, rounds: 2, timeout: 6, thinks: [200, 2_500], reveal_seconds: 1 },
    });
    await game.seen('question', 1, 30_000);
    // The first is played in peace: it loads what is loaded once.
    if (games > 0) {
      await sleep(between(random, 100, 1_500));
      const name = pick(random, names);
      happened.push(name);
      await faults[name]();
    }
    await game.finished(120_000);
    await game.check({ extra_ms: 30_000 });
    games += 1;
    memory.push({
      hours: performance.now() / 3_600_000,
      mib: (await elder.metric('process_resident_memory_bytes')) / 2 ** 20,
    });
    before ??= await settled(game.party_id, elder, redis);
  } while (performance.now() < endsAt);
  const first = before;
  await eventually('what it holds is what it held', 60_000, async () => isNoMore(await holdings(elder, redis), first));
  const told = names.map((name) => `${name} ${happened.filter((each) => each === name).length} times`);
  t.diagnostic(`${games} games in ${minutes} minutes: ${told.join(', ')}`);
  t.diagnostic(`held before ${JSON.stringify(first)}, at the end ${JSON.stringify(await holdings(elder, redis))}`);
  if (minutes < shortestSlopeMinutes) return;
  const slope = slopeOf(memory.slice(Math.floor(memory.length / 4)));
  t.diagnostic(`${slope.toFixed(2)} MiB an hour, after a quarter of the time to warm up`);
  assert.ok(slope < 2);
});

async function holdings(node: RealNode, redis: RawRedis): Promise<Holdings> {
  const channels = (await redis.send('PUBSUB', 'CHANNELS')) as string[];
  const keys = await keysOf(redis);
  return {
    descriptors: await node.metric('process_open_fds'),
    handles: await node.metric('nodejs_active_resources_total'),
    sockets: await node.metric('partyline_open_sockets'),
    parties: await node.metric('partyline_led_parties'),
    channels: channels.length,
    // Room codes rest for a day before they are given out again.
    keys: keys.filter((key) => !key.includes(':code:')).length,
  };
}

/** Once nothing of the first game is left, and two looks in a row see the same. */
async function settled(party_id: string, node: RealNode, redis: RawRedis): Promise<Holdings> {
  let last = await holdings(node, redis);
  await eventually('the first game has left', 30_000, async () => {
    await sleep(1_000);
    const before = JSON.stringify(last);
    last = await holdings(node, redis);
    const isLeft = !(await keysOf(redis)).some((key) => key.includes(party_id));
    return isLeft && last.sockets === 0 && JSON.stringify(last) === before;
  });
  return last;
}

async function keysOf(redis: RawRedis): Promise<string[]> {
  const [, keys] = (await redis.send('SCAN', '0', 'COUNT', '100000')) as [string, string[]];
  return keys;
}

function isNoMore(now: Holdings, before: Holdings): boolean {
  return (Object.keys(before) as (keyof Holdings)[]).every((what) => now[what] <= before[what]);
}

/** Of the line that fits best (least squares). */
function slopeOf(points: { hours: number; mib: number }[]): number {
  const mean = (of: (point: { hours: number; mib: number }) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [hours, mib] = [mean((point) => point.hours), mean((point) => point.mib)];
  const spread = mean((point) => (point.hours - hours) ** 2);
  return spread === 0 ? 0 : mean((point) => (point.hours - hours) * (point.mib - mib)) / spread;
}
