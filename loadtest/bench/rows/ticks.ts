/** Row 6: how late steps that the clock drives come, with many small parties at once, and what a round costs then. */
import { createApi } from '@partyline/client';
import type { Group } from '../../swarm/orders.ts';
import type { Summary } from '../../swarm/samples.ts';
import { createSwarm, socketsPerGenerator } from '../../swarm/swarm.ts';
import { costBetween, type Rig } from '../rig.ts';

export interface TicksResult {
  parties: number;
  players: number;
  /** ms; upper bounds of the histogram's buckets. */
  lateness: { p50: number; p99: number };
  delivery: Summary;
  ack: Summary;
  cpu_us_per_player_round: number;
  acked: number;
}

const playersEach = 10;
const openedAtOnce = 16;
/** The shortest a question may be. */
const timeoutSeconds = 5;

export async function ticks(
  rig: Rig,
  { count: parties, rounds }: { count: number; rounds: number },
): Promise<TicksResult> {
  const players = parties * playersEach;
  const nodes = await rig.startNodes(2, { DISCONNECT_GRACE_SECONDS: '5' });
  const swarm = createSwarm(Math.max(players > 2_000 ? 2 : 1, Math.ceil(players / socketsPerGenerator)));
  try {
    const ports = nodes.ports();
    const groups = await openParties(ports, parties);
    await swarm.join(ports, groups);
    await swarm.until('everybody joined', ({ joined }) => joined === players, 300_000);
    await swarm.order({ type: 'answer', spread_ms: 3_000 });
    await swarm.connect(ports);
    await swarm.until('everybody has a state', ({ states }) => states >= players, 120_000);
    // The first round began with the first socket, before most could see its question; the second has everybody.
    const seen = swarm.counts().questions;
    await swarm.until('a question for everybody', ({ questions }) => questions - seen >= players * 0.9, 60_000);
    await swarm.measured();
    const [histogramBefore, costBefore, before] = [await lateness(nodes), nodes.cost(), swarm.counts()];
    await swarm.until(
      'the rounds',
      ({ questions }) => questions - before.questions >= players * (rounds - 0.1),
      60_000,
    );
    const cost = costBetween(costBefore, nodes.cost());
    const histogram = (await lateness(nodes)).map(([le, count], at) => [le, count - (histogramBefore[at]?.[1] ?? 0)]);
    const { delivery, ack } = await swarm.measured();
    return {
      ...{ parties, players, delivery, ack, acked: swarm.counts().acks },
      lateness: { p50: quantile(histogram as Buckets, 0.5), p99: quantile(histogram as Buckets, 0.99) },
      cpu_us_per_player_round:
        ((cost.nodes_ms + cost.redis_ms) * 1_000) / (swarm.counts().questions - before.questions),
    };
  } finally {
    await swarm.stop();
    await nodes.stop();
  }
}

async function openParties(ports: number[], parties: number): Promise<Group[]> {
  const groups: Group[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    for (let n = next++; n < parties; n = next++) {
      const api = createApi({ baseUrl: `http://127.0.0.1:${ports[n % ports.length]}` });
      const { party_id } = await api.initParty({
        ...{ player_id: 'host', category: 'Science', rounds: 6, timeout: timeoutSeconds },
        ...{ feedback: 'reveal', reveal_seconds: 1, advance_when_all_answered: false },
      });
      groups.push({
        party_id,
        join: { path: `/api/party/${party_id}/join`, body: 'quick' },
        players: playersEach,
        first: 0,
      });
    }
  }
  await Promise.all(Array.from({ length: openedAtOnce }, lane));
  return groups;
}

/** Upper bound in ms, and how many were not above it. */
type Buckets = [le: number, count: number][];

async function lateness({ all }: Awaited<ReturnType<Rig['startNodes']>>): Promise<Buckets> {
  const sums = new Map<number, number>();
  for (const { adminPort } of all) {
    const text = await fetch(`http://127.0.0.1:${adminPort}/metrics`).then((response) => response.text());
    for (const [, le = '', count] of text.matchAll(/^partyline_tick_lateness_seconds_bucket\{le="([^"]+)"\} (\d+)/gm)) {
      const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le) * 1_000;
      sums.set(bound, (sums.get(bound) ?? 0) + Number(count));
    }
  }
  return [...sums].sort(([a], [b]) => a - b);
}

function quantile(buckets: Buckets, q: number): number {
  const total = buckets.at(-1)?.[1] ?? 0;
  return buckets.find(([, count]) => count >= q * total)?.[0] ?? Number.NaN;
}
