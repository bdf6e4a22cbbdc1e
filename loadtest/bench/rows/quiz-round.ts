/**
 * The same round on Partyline and on the Socket.IO peer: question → every player answers → ack → reveal with the personal
 * result. Rows 2, 3, 4 and 7 are read from it.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSwarm, type Measured, type Swarm, socketsPerGenerator } from '../../swarm/swarm.ts';
import { startPeer } from '../peer.ts';
import { cpuMs, rssBytes } from '../process-cost.ts';
import { type RedisSpent, spentBetween } from '../redis-cost.ts';
import { type Cost, costBetween, type Rig } from '../rig.ts';
import { openRoom } from '../room.ts';

export interface RoundPlan {
  players: number;
  nodes: number;
  /** Measured rounds, after those that warm up. */
  rounds: number;
  /** Answers come evenly over so many ms after the question. */
  spread_ms?: number;
  /** Whether everybody is dropped at the end, to count what coming back costs. */
  drops?: boolean;
  env?: Record<string, string>;
}

export interface RoundResult {
  system: 'partyline' | 'socket.io';
  players: number;
  nodes: number;
  rounds: number;
  spread_ms: number;
  /** CPU of the measured rounds, by who spent it. */
  cost: Cost;
  /** Nodes and Redis, µs. Postgres apart: only Partyline has one. */
  cpu_us_per_player_round: number;
  measured: Measured;
  /** Answers a second when all answer at once. */
  answers_per_second: number;
  burst: Measured;
  /** Redis' CPU per answer during that burst, µs: from the first answer to the last ack. NaN: too short to tell. */
  redis_us_per_answer: number;
  redis: RedisSpent;
  /** Redis' own background per second with nobody playing: scripts and commands. */
  idle: { scripts: number; commands: number; publishes: number; bytes: number };
  rss_bytes: { before: number; after: number };
  reconnect: { redis: RedisSpent; measured: Measured; postgres_queries: number } | null;
  acked: number;
  sent: number;
  /** All acks of the run, and the answers found in Postgres afterwards; null for a system that stores none. */
  kept: { acked: number; stored: number } | null;
  closes: Record<string, number>;
  error_codes: Record<string, number>;
  party_id: string | null;
  join_ms: number;
  connect_ms: number;
  /** From the last join to the host's screen having counted everybody: until then a host's word stands behind the joins. */
  told_ms: number;
  /** Sockets cut between handshake and first state. */
  cut: number;
}

/** As F18 has it: 2,000 answers within 500 ms, and for larger crowds the same rate. */
export const spreadFor = (players: number): number => Math.max(500, players / 4);

const limitMs = 60_000;
/** Generators report every 15 ms: a burst must be much longer for the CPU in it to be told apart. */
const shortestBurstMs = 150;
const toldLimitMs = 240_000;
/** Rounds before measuring, so that both have compiled their code as servers that have been up for a while have. */
const warmUpsFor = (players: number): number => Math.min(4, Math.max(3, Math.ceil(4_000 / players)));
const generatorsFor = (players: number): number =>
  players <= 1_000 ? 1 : Math.max(2, Math.ceil(players / socketsPerGenerator));

interface System {
  name: RoundResult['system'];
  ports: number[];
  cost(): Cost;
  rss(): number;
  /** Everybody is there: `party_id` to play in, once they have joined. */
  open(swarm: Swarm): Promise<string | null>;
  /** Resolves when the host's screen has counted everybody. */
  told(): Promise<void>;
  connect(swarm: Swarm): Promise<void>;
  question(): Promise<void>;
  queries(): Promise<number>;
  /** Ends the party; resolves when its results are stored, with the number of answers in them. */
  close(): Promise<number | null>;
  stop(): Promise<void>;
}

export async function partylineRounds(rig: Rig, plan: RoundPlan): Promise<RoundResult> {
  const nodes = await rig.startNodes(plan.nodes, plan.env);
  const ports = nodes.ports();
  const room = await openRoom(ports, {
    rounds: plan.rounds + warmUpsFor(plan.players) + 1,
    max_players: Math.min(100_000, plan.players + 10),
    time_limit_seconds: 60,
  });
  let asked = 0;
  return play(rig, plan, {
    name: 'partyline',
    ports,
    cost: nodes.cost,
    rss: nodes.rss,
    async open(swarm) {
      const group = { party_id: room.party_id, players: plan.players, first: 0 };
      await swarm.join(ports, [{ ...group, join: { path: `/api/rooms/${room.room_code}/join`, body: 'room' } }]);
      return room.party_id;
    },
    async told() {
      const endsAt = performance.now() + toldLimitMs;
      while ((room.host.view?.players_total ?? 0) < plan.players) {
        if (performance.now() > endsAt) throw new Error('the host was not told of everybody');
        await sleep(50);
      }
    },
    connect: (swarm) => swarm.connect(ports),
    async question() {
      asked += 1;
      await room.command(asked === 1 ? 'start' : 'next');
    },
    async queries() {
      const counts = await Promise.all(nodes.all.map((node) => node.metric('partyline_archive_queries_total')));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async close() {
      await room.command('end');
      const endsAt = performance.now() + limitMs;
      while ((await rig.postgres.archive.leaderboard(room.party_id).catch(() => null)) === null) {
        if (performance.now() > endsAt) throw new Error('the results were not stored');
        await sleep(100);
      }
      return (await rig.postgres.archive.results(room.party_id, null))?.answers.length ?? 0;
    },
    async stop() {
      room.leave();
      await nodes.stop();
    },
  });
}

export async function socketioRounds(rig: Rig, plan: RoundPlan): Promise<RoundResult> {
  const env = { REDIS_URL: rig.redis.url, PREFIX: `peer-${randomUUID().slice(0, 8)}` };
  const peers = await Promise.all(Array.from({ length: plan.nodes }, () => startPeer('socketio-quiz.ts', env)));
  const ports = peers.map(({ port }) => port);
  let asked = 0;
  return play(rig, plan, {
    name: 'socket.io',
    ports,
    cost: () => ({
      nodes_ms: peers.reduce((sum, { pid }) => sum + cpuMs(pid), 0),
      redis_ms: cpuMs(rig.redis.pid ?? 0),
      postgres_ms: 0,
    }),
    rss: () => peers.reduce((sum, { pid }) => sum + rssBytes(pid), 0),
    async open(swarm) {
      await swarm.join(ports, [{ party_id: 'peer', join: null, players: plan.players, first: 0 }]);
      return null;
    },
    told: async () => undefined,
    connect: (swarm) => swarm.connect(ports, { dialect: 'socketio' }),
    async question() {
      asked += 1;
      peers[0]?.tell({ type: 'round', round: asked, players: plan.players });
    },
    queries: async () => 0,
    close: async () => null,
    async stop() {
      for (const peer of peers) peer.stop();
    },
  });
}

async function play(rig: Rig, plan: RoundPlan, system: System): Promise<RoundResult> {
  const { players, nodes, rounds, spread_ms = spreadFor(plan.players) } = plan;
  const warmUps = warmUpsFor(players);
  const swarm = createSwarm(generatorsFor(players));
  try {
    const joinedAt = performance.now();
    const rssBefore = system.rss();
    const party_id = await system.open(swarm);
    await swarm.until('everybody joined', ({ joined }) => joined === players, limitMs);
    const connectedAt = performance.now();
    const told = system.told().then(() => performance.now() - connectedAt);
    told.catch(() => undefined);
    await system.connect(swarm);
    await swarm.until('everybody has a state', ({ states }) => states === players, limitMs);
    const readyAt = performance.now();
    const told_ms = await told;
    await sleep(600); // presence and its coalesced telling
    const idle = await idleRedis(rig);
    const rssAfter = system.rss();

    async function round(): Promise<void> {
      const before = swarm.counts();
      await system.question();
      await swarm.until('everybody is acknowledged', ({ acks }) => acks - before.acks >= players, limitMs);
      await swarm.until('everybody has seen the reveal', ({ reveals }) => reveals - before.reveals >= players, limitMs);
    }
    await swarm.order({ type: 'answer', spread_ms });
    for (let n = 0; n < warmUps; n += 1) await round();
    await swarm.measured();
    await sleep(300); // what the warming up left behind: a checkpoint, garbage

    const sentBefore = swarm.counts();
    const [costBefore, redisBefore] = [system.cost(), await rig.meter.read()];
    for (let n = 0; n < rounds; n += 1) await round();
    const [costAfter, redisAfter] = [system.cost(), await rig.meter.read()];
    const measured = await swarm.measured();
    const sentAfter = swarm.counts();

    await swarm.order({ type: 'answer', spread_ms: 0 });
    await sleep(300);
    const burst = await burstRound();

    async function burstRound(): Promise<{ redis_ms: number; measured: Measured }> {
      const before = swarm.counts();
      await system.question();
      await swarm.until('the first answers', ({ answered }) => answered > before.answered, limitMs);
      const redisMs = system.cost().redis_ms;
      await swarm.until('everybody is acknowledged', ({ acks }) => acks - before.acks >= players, limitMs);
      const spent = system.cost().redis_ms - redisMs;
      await swarm.until('everybody has seen the reveal', ({ reveals }) => reveals - before.reveals >= players, limitMs);
      return { redis_ms: spent, measured: await swarm.measured() };
    }

    const reconnect = plan.drops === true ? await everybodyReturns() : null;
    async function everybodyReturns(): Promise<NonNullable<RoundResult['reconnect']>> {
      await swarm.order({ type: 'return', within_ms: 1_000 });
      const before = swarm.counts();
      const [redisThen, queriesThen] = [await rig.meter.read(), await system.queries()];
      await swarm.order({ type: 'drop', share: 1 });
      await swarm.until('everybody is back', ({ states }) => states - before.states >= players, limitMs);
      const redis = spentBetween(redisThen, await rig.meter.read());
      return { redis, measured: await swarm.measured(), postgres_queries: (await system.queries()) - queriesThen };
    }
    const cost = costBetween(costBefore, costAfter);
    const stored = await system.close();
    return {
      ...{ system: system.name, players, nodes, rounds, spread_ms, cost, measured, idle, reconnect, party_id },
      cpu_us_per_player_round: ((cost.nodes_ms + cost.redis_ms) * 1_000) / (players * rounds),
      answers_per_second: (burst.measured.ack.count / burst.measured.answering_ms) * 1_000,
      burst: burst.measured,
      redis_us_per_answer:
        burst.measured.answering_ms < shortestBurstMs ? Number.NaN : (burst.redis_ms * 1_000) / players,
      redis: spentBetween(redisBefore, redisAfter),
      rss_bytes: { before: rssBefore, after: rssAfter },
      acked: sentAfter.acks - sentBefore.acks,
      kept: stored === null ? null : { acked: swarm.counts().acks, stored },
      sent: sentAfter.answered - sentBefore.answered,
      closes: measured.closes,
      error_codes: measured.error_codes,
      join_ms: connectedAt - joinedAt,
      connect_ms: readyAt - connectedAt,
      told_ms,
      cut: swarm.counts().cut,
    };
  } finally {
    await swarm.stop();
    await system.stop();
  }
}

/** Much of it comes once a second: a longer look tells it better. */
const idleMs = 2_000;

async function idleRedis(rig: Rig): Promise<RoundResult['idle']> {
  const before = await rig.meter.read();
  await sleep(idleMs);
  const { scripts, commands, calls, bytes_in, bytes_out, ms } = spentBetween(before, await rig.meter.read());
  const perSecond = (count: number): number => (count / ms) * 1_000;
  return {
    scripts: perSecond(scripts),
    commands: perSecond(commands),
    publishes: perSecond(calls.publish ?? 0),
    bytes: perSecond(bytes_in + bytes_out),
  };
}
