/**
 * The run that is saved beside the one that deploy/SCALING.md computes with, as a table in it: whoever reads its figures sees
 * how far this machine, or this day, was from them. `make bench` writes it; so does this file as a program.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withTables } from '../../packages/server/src/readme-tables.ts';
import { redisOf } from './redis-per-round.ts';
import type { Measurements } from './report.ts';
import { type Judged, shortest } from './targets.ts';

/** As bench.json has it. */
export interface SavedRun extends Measurements {
  growth: Partial<Record<string, number>>;
  targets: Judged[];
}

const results = new URL('../results/bench.json', import.meta.url);
const scaling = new URL('../../deploy/SCALING.md', import.meta.url);

export function scalingTable(run: SavedRun): string {
  const size = (players: number) => run.rounds.find((one) => one.system === 'partyline' && one.players === players);
  const target = (what: string) => run.targets.find((one) => one.what === what)?.value;
  const onNodes = (players: number) => per(size(players)?.cost.nodes_ms, size(players)?.sent);
  const onRedis = (players: number) => per(size(players)?.cost.redis_ms, size(players)?.sent);
  const tenThousand = size(10_000);
  const rows: [what: string, computedWith: string, saved: (number | undefined)[]][] = [
    ['a raw `send`, µs', '4.8', [run.fan_out.find(({ way }) => way === 'C send')?.cpu_us_per_message]],
    ['a player-round on the nodes at 5,000 and 30,000 players, µs', '79, 68', [onNodes(5_000), onNodes(30_000)]],
    ['the same on Redis, µs', '11, 11', [onRedis(5_000), onRedis(30_000)]],
    ['an answer on Redis in a burst, µs', '2.4', [target('Redis CPU per answer under burst')]],
    ['scripts per round at 10,000 players', '419', [tenThousand && redisOf(tenThousand).scripts]],
    [
      'growth with players of scripts and of `PUBLISH`, exponents',
      '0.45, 0.04',
      [run.growth.scripts_per_round_by_players, run.growth.publishes_per_round_by_players],
    ],
    ['memory of a socket, KB', '2.8 to 3.3', [target('RSS per connected player')]],
    ['a player-round in 2,000 parties of 10, µs', '454', [run.ticks?.cpu_us_per_player_round]],
  ];
  const lines = rows.map(([what, computedWith, saved]) => {
    const shown = saved.map((value) => shortest(value ?? Number.NaN)).join(', ');
    return `| ${what} | ${computedWith} | ${shown} |`;
  });
  return ['| | computed with | saved |', '|---|---|---|', ...lines].join('\n');
}

const per = (ms: number | undefined, count: number | undefined): number | undefined =>
  ms === undefined || count === undefined ? undefined : (ms * 1_000) / count;

/** SCALING.md as it should be, and as it is. */
export async function scalingDocument(): Promise<{ due: string; is: string }> {
  const is = await readFile(scaling, 'utf8');
  const run = JSON.parse(await readFile(results, 'utf8')) as SavedRun;
  return { due: withTables(is, { 'saved-run': scalingTable(run) }), is };
}

export async function writeScalingTable(): Promise<void> {
  const { due } = await scalingDocument();
  await writeFile(scaling, due);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeScalingTable();
