/** From measurements to what is said of them: targets judged, tables, bars, growth. Pure. */
import type { Bars } from './chart.ts';
import { exponent } from './growth.ts';
import type { BenchPlan } from './plan.ts';
import { redisOf } from './redis-per-round.ts';
import type { FanOutResult } from './rows/fan-out.ts';
import type { FinalScoresResult } from './rows/final-scores.ts';
import type { RoundResult } from './rows/quiz-round.ts';
import { leaseMs, type TakeoverResult } from './rows/takeover.ts';
import type { TicksResult } from './rows/ticks.ts';
import { table } from './table.ts';
import { atMost, type Judged, shortest, verdict } from './targets.ts';

export interface Measurements {
  plan: BenchPlan['name'];
  machine: { cpus: number; model: string; node: string; load: number[] };
  fan_out: FanOutResult[];
  /** Both systems, by number of players, on two nodes. */
  rounds: RoundResult[];
  /** Partyline on other numbers of nodes. */
  nodes: RoundResult[];
  takeover: TakeoverResult | null;
  ticks: TicksResult | null;
  final_scores: FinalScoresResult | null;
  metrics_us_per_player_round: number;
}

const ours = ({ rounds }: Measurements): RoundResult[] => rounds.filter(({ system }) => system === 'partyline');
const theirs = ({ rounds }: Measurements): RoundResult[] => rounds.filter(({ system }) => system === 'socket.io');
const nearest = (all: RoundResult[], players: number): RoundResult | undefined =>
  all.toSorted((a, b) => Math.abs(Math.log(a.players / players)) - Math.abs(Math.log(b.players / players)))[0];
const at = (result: RoundResult | undefined): string =>
  result === undefined ? '' : `${shortest(result.players)} players`;
/** What a question, its closing and its reveal cost, however many play and however long they take. */
const publishes = (result: RoundResult): number => redisOf(result).publishes;

export function judge(all: Measurements): Judged[] {
  const fan = (way: FanOutResult['way']): FanOutResult | undefined => all.fan_out.find((one) => one.way === way);
  const [floor, whole] = [fan('C send'), fan('Partyline')];
  const peer = nearest(theirs(all), 5_000);
  const same = ours(all).find(({ players }) => players === peer?.players);
  const mine = ours(all);
  const largest = mine.toSorted((a, b) => b.players - a.players)[0];
  const thousand = nearest(mine, 1_000);
  const tenThousand = nearest(mine, 10_000);
  const judged: (Judged | null)[] = [
    floor && whole
      ? atMost(
          1,
          'whole path vs raw C send, CPU per message',
          whole.cpu_us_per_message / floor.cpu_us_per_message,
          1.35,
          '×',
          `${whole.sockets} sockets`,
        )
      : null,
    peer && same
      ? atMost(
          2,
          'CPU per player-round vs Socket.IO',
          same.cpu_us_per_player_round / peer.cpu_us_per_player_round,
          0.25,
          '×',
          at(same),
        )
      : null,
    peer && same
      ? atMost(2, 'p99 ack vs Socket.IO', same.measured.ack.p99 / peer.measured.ack.p99, 1 / 3, '×', at(same))
      : null,
    tenThousand
      ? atMost(4, 'Redis CPU per answer under burst', tenThousand.redis_us_per_answer, 2.5, 'µs', at(tenThousand))
      : null,
    mine.length > 1
      ? atMost(
          4,
          'growth of Redis PUBLISH per round with players',
          exponent(mine.map((one) => [one.players, publishes(one)])),
          0.1,
          'exponent',
          'all sizes',
        )
      : null,
    largest && thousand && largest !== thousand
      ? atMost(
          2,
          `CPU per player-round, ${shortest(largest.players)} vs ${shortest(thousand.players)} players`,
          largest.cpu_us_per_player_round / thousand.cpu_us_per_player_round,
          1.2,
          '×',
          at(largest),
        )
      : null,
    tenThousand
      ? atMost(2, 'p99 question delivery', tenThousand.measured.delivery.p99, 200, 'ms', at(tenThousand))
      : null,
    tenThousand ? atMost(2, 'slowest ack', tenThousand.measured.ack.max, 500, 'ms', at(tenThousand)) : null,
    largest
      ? atMost(7, 'p99 question delivery, largest party', largest.measured.delivery.p99, 600, 'ms', at(largest))
      : null,
    largest
      ? atMost(7, 'answers sent and not acknowledged', largest.sent - largest.acked, 0, 'answers', at(largest))
      : null,
    largest?.kept
      ? atMost(
          7,
          'acknowledged answers not in the results',
          Math.max(0, largest.kept.acked - largest.kept.stored),
          0,
          'answers',
          at(largest),
        )
      : null,
    mine.length > 1
      ? atMost(3, 'RSS per connected player', rssPerPlayer(mine) / 1_024, 4, 'KB', 'slope over sizes')
      : null,
    all.takeover
      ? atMost(
          5,
          'takeover p95 vs the lease',
          all.takeover.kills.p95 / leaseMs,
          1.5,
          '×',
          `${all.takeover.kills.count} kills`,
        )
      : null,
    all.takeover
      ? atMost(
          5,
          'SIGTERM handover, slowest',
          all.takeover.handovers.max,
          250,
          'ms',
          `${all.takeover.handovers.count} handovers`,
        )
      : null,
    all.final_scores
      ? atMost(
          7,
          'final scores stored vs raw COPY',
          all.final_scores.save_ms / all.final_scores.copy_ms,
          2,
          '×',
          `${shortest(all.final_scores.players)} players`,
        )
      : null,
    tenThousand
      ? atMost(
          0,
          'metrics, share of a player-round',
          (all.metrics_us_per_player_round / tenThousand.cpu_us_per_player_round) * 100,
          3,
          '%',
          at(tenThousand),
        )
      : null,
  ];
  return judged.filter((one) => one !== null);
}

/** Bytes by which two nodes together grow for each player more: what they need with nobody does not count. */
function rssPerPlayer(all: RoundResult[]): number {
  const sizes = all.toSorted((a, b) => a.players - b.players);
  const [least, most] = [sizes[0], sizes.at(-1)];
  if (least === undefined || most === undefined || least === most) return Number.NaN;
  return (most.rss_bytes.after - least.rss_bytes.after) / (most.players - least.players);
}

export function growthOf(all: Measurements): Record<string, number> {
  const players = (cost: (one: RoundResult) => number): number =>
    exponent(ours(all).map((one) => [one.players, cost(one)]));
  const [{ players: size } = { players: 0 }] = all.nodes;
  const bySize = [...all.nodes, ...ours(all).filter((one) => one.players === size)];
  const nodes = (cost: (one: RoundResult) => number): number => exponent(bySize.map((one) => [one.nodes, cost(one)]));
  return {
    scripts_per_round_by_players: players((one) => redisOf(one).scripts),
    commands_per_round_by_players: players((one) => redisOf(one).commands),
    bytes_per_round_by_players: players((one) => redisOf(one).bytes),
    publishes_per_round_by_players: players(publishes),
    scripts_per_round_by_nodes: nodes((one) => redisOf(one).scripts),
    bytes_per_round_by_nodes: nodes((one) => redisOf(one).bytes),
  };
}

export function bars(all: Measurements): Bars[] {
  const groups: Bars[] = [];
  if (all.fan_out.length > 0) {
    const fanOut = all.fan_out.map(({ way, cpu_us_per_message }) => ({
      label: way,
      value: cpu_us_per_message,
      isOurs: way.startsWith('Partyline'),
    }));
    groups.push({ title: 'CPU per delivered message of 600 bytes', unit: 'µs', bars: fanOut });
  }
  if (all.rounds.length > 0) {
    const rounds = all.rounds.map(({ system, players, cpu_us_per_player_round }) => ({
      label: `${system}, ${shortest(players)} players`,
      value: cpu_us_per_player_round,
      isOurs: system === 'partyline',
    }));
    groups.push({ title: 'CPU per player-round, Redis included', unit: 'µs', bars: rounds });
  }
  return groups;
}

export function report(all: Measurements, targets: Judged[]): string {
  const parts: string[] = [];
  const section = (title: string, text: string): void => void parts.push(`\n${title}\n${text}`);
  const floor = all.fan_out.find(({ way }) => way === 'C send')?.cpu_us_per_message ?? Number.NaN;
  if (all.fan_out.length > 0)
    section(
      `1  Fan-out: one message of 600 bytes to ${all.fan_out[0]?.sockets} sockets`,
      table(
        ['way', 'CPU µs/message', 'vs C', 'of it Redis', 'skew p50 ms', 'skew p99 ms'],
        all.fan_out.map(({ way, cpu_us_per_message, redis_us_per_message, skew }) => [
          way,
          ...[cpu_us_per_message, cpu_us_per_message / floor, redis_us_per_message, skew.p50, skew.p99].map(shortest),
        ]),
      ),
    );
  const all_rounds = [...all.rounds, ...all.nodes];
  if (all_rounds.length > 0) {
    section(
      '2, 7  A round: question → every player answers → ack → reveal with the personal result (CPU in µs per player-round)',
      table(
        [
          'system',
          'players',
          'nodes',
          'CPU',
          'nodes’',
          'Redis’',
          '(Postgres’)',
          'question p99 ms',
          'ack p99 ms',
          'slowest ack',
          'answers/s at once',
          'Redis µs/answer',
        ],
        all_rounds.map((one) => {
          const us = (ms: number): number => (ms * 1_000) / (one.players * one.rounds);
          const { cost, measured } = one;
          return [
            one.system,
            ...[one.players, one.nodes].map(String),
            ...[one.cpu_us_per_player_round, us(cost.nodes_ms), us(cost.redis_ms), us(cost.postgres_ms)].map(shortest),
            ...[
              measured.delivery.p99,
              measured.ack.p99,
              measured.ack.max,
              one.answers_per_second,
              one.redis_us_per_answer,
            ].map(shortest),
          ];
        }),
      ),
    );
    const counted = all_rounds.filter(({ system }) => system === 'partyline');
    section(
      '3, 4  Memory, and Redis’ work, its idle background taken off',
      table(
        [
          'players',
          'nodes',
          'RSS of nodes MB',
          'scripts/round',
          'commands/round',
          'PUBLISH/round',
          'bytes/answer',
          'scripts/answer',
          'scripts/reconnect',
          'commands/reconnect',
          'idle scripts/s',
          'Postgres queries/reconnect',
        ],
        counted.map((one) => {
          const { scripts, commands, bytes } = redisOf(one);
          const back = one.reconnect;
          return [
            ...[one.players, one.nodes].map(String),
            ...[
              one.rss_bytes.after / 2 ** 20,
              scripts,
              commands,
              publishes(one),
              bytes / one.players,
              scripts / one.players,
            ].map(shortest),
            ...(back === null
              ? ['', '', shortest(one.idle.scripts), '']
              : [
                  back.redis.scripts / one.players,
                  back.redis.commands / one.players,
                  one.idle.scripts,
                  back.postgres_queries / one.players,
                ].map(shortest)),
          ];
        }),
      ),
    );
    const growth = Object.entries(growthOf(all)).filter(([, value]) => Number.isFinite(value));
    section(
      '4  Fitted exponents: 0 does not grow, 1 grows in proportion',
      table(
        ['what', 'exponent'],
        growth.map(([name, value]) => [name.replaceAll('_', ' '), shortest(value)]),
      ),
    );
  }
  if (all.takeover !== null) {
    const { kills, handovers } = all.takeover;
    const line = (name: string, { count, p50, p95, max }: typeof kills): string[] => [
      name,
      String(count),
      ...[p50, p95, max].map(shortest),
    ];
    section(
      `5  From a leader's end to its party's next commit (lease ${leaseMs} ms)`,
      table(['how', 'times', 'p50 ms', 'p95 ms', 'max ms'], [line('SIGKILL', kills), line('SIGTERM', handovers)]),
    );
  }
  if (all.ticks !== null) {
    const { parties, players, lateness, delivery, ack, cpu_us_per_player_round } = all.ticks;
    section(
      '6  Many small parties on the clock',
      table(
        [
          'parties',
          'players',
          'tick late p50 ≤ ms',
          'p99 ≤ ms',
          'question p99 ms',
          'ack p99 ms',
          'CPU µs/player-round',
        ],
        [
          [
            String(parties),
            String(players),
            ...[lateness.p50, lateness.p99, delivery.p99, ack.p99, cpu_us_per_player_round].map(shortest),
          ],
        ],
      ),
    );
  }
  if (all.final_scores !== null) {
    const { players, copy_ms, save_ms } = all.final_scores;
    section(
      '7  Final scores into Postgres',
      table(
        ['players', 'raw COPY ms', 'Partyline ms', 'ratio'],
        [[String(players), ...[copy_ms, save_ms, save_ms / copy_ms].map(shortest)]],
      ),
    );
  }
  section(
    'Targets',
    table(
      ['what', 'row', 'at', 'measured', 'limit', '', 'verdict'],
      targets.map((one) => [
        one.what,
        String(one.row || ''),
        one.at,
        shortest(one.value),
        shortest(one.limit),
        one.unit,
        verdict(one),
      ]),
    ),
  );
  return parts.join('\n');
}
