/**
 * `make bench`: every row in one run on this machine, side by side, as a table with ratios and targets; saved with a chart
 * in loadtest/results. QUICK=1: a cut of every row. ROWS=1,2: only these. PROFILE=folder: nodes leave CPU profiles there.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chart } from './chart.ts';
import { planOf } from './plan.ts';
import { bars, growthOf, judge, type Measurements, report } from './report.ts';
import { type Rig, startRig } from './rig.ts';
import { type FanOutResult, fanOutC, fanOutPartyline, fanOutSocketio, fanOutUws, fanOutWs } from './rows/fan-out.ts';
import { finalScores } from './rows/final-scores.ts';
import { metricsUsPerPlayerRound } from './rows/metrics-cost.ts';
import { partylineRounds, type RoundResult, socketioRounds } from './rows/quiz-round.ts';
import { takeover } from './rows/takeover.ts';
import { ticks } from './rows/ticks.ts';
import { writeScalingTable } from './scaling-table.ts';

const usualResults = fileURLToPath(new URL('../results', import.meta.url));
const { QUICK, ROWS = '1,2,3,4,5,6,7', RESULTS = usualResults } = process.env;
const plan = planOf(QUICK);
const rows = new Set(ROWS.split(',').map(Number));
const startedAt = performance.now();
const problems: string[] = [];

/** A row that fails is told and left out: the others still count. */
async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | null> {
  const from = performance.now();
  try {
    const result = await work();
    process.stderr.write(`  ${what}  (${((performance.now() - from) / 1_000).toFixed(1)} s)\n`);
    return result;
  } catch (error) {
    problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    process.stderr.write(`  ${what}: ${problems.at(-1)}\n`);
    return null;
  }
}

const present = <T>(all: (T | null)[]): T[] => all.filter((one): one is T & {} => one !== null);

async function measureAll(rig: Rig): Promise<Measurements> {
  const fan_out: (FanOutResult | null)[] = [];
  if (rows.has(1)) {
    for (const [what, run] of [
      ['C send', () => fanOutC(plan.fanOut)],
      ['uWS send', () => fanOutUws(plan.fanOut, 'send')],
      ['uWS publish', () => fanOutUws(plan.fanOut, 'publish')],
      ['ws', () => fanOutWs(plan.fanOut)],
      ['Socket.IO', () => fanOutSocketio(plan.fanOut, rig)],
      ['Partyline', () => fanOutPartyline(plan.fanOut, rig, 1)],
      ['Partyline, 2 gateways', () => fanOutPartyline(plan.fanOut, rig, 2)],
    ] as const)
      fan_out.push(await attempt(`1 fan-out: ${what}`, run));
  }
  const rounds: (RoundResult | null)[] = [];
  for (const size of rows.has(2) || rows.has(3) || rows.has(4) ? plan.sizes : []) {
    const ours = { ...size, nodes: 2, drops: true };
    rounds.push(await attempt(`2-4 Partyline, ${size.players} players`, () => partylineRounds(rig, ours)));
    if (rows.has(2))
      rounds.push(
        await attempt(`2 Socket.IO, ${size.players} players`, () => socketioRounds(rig, { ...size, nodes: 2 })),
      );
  }
  const nodes: (RoundResult | null)[] = [];
  for (const count of rows.has(4) ? plan.nodesAt.nodes : []) {
    const { players, rounds: of } = plan.nodesAt;
    const size = { players, rounds: of, nodes: count, drops: true };
    nodes.push(await attempt(`4 Partyline, ${count} nodes`, () => partylineRounds(rig, size)));
  }
  const { kills, handovers, largest } = plan;
  if (rows.has(7) && largest !== null) {
    const { players } = largest;
    rounds.push(
      await attempt(`7 Partyline, ${players} players in one party`, () =>
        partylineRounds(rig, { ...largest, nodes: 2 }),
      ),
    );
  }
  const [{ model = '' } = {}] = cpus();
  return {
    plan: plan.name,
    machine: { cpus: cpus().length, model, node: process.version, load: loadavg() },
    fan_out: present(fan_out),
    rounds: present(rounds),
    nodes: present(nodes),
    takeover:
      rows.has(5) && kills > 0
        ? await attempt(`5 takeover, ${kills} kills`, () => takeover(rig, { kills, handovers }))
        : null,
    ticks:
      rows.has(6) && plan.parties.count > 0
        ? await attempt(`6 ticks, ${plan.parties.count} parties`, () => ticks(rig, plan.parties))
        : null,
    final_scores: rows.has(7)
      ? await attempt(`7 ${plan.finalScores} final scores`, () => finalScores(rig, plan.finalScores))
      : null,
    metrics_us_per_player_round: metricsUsPerPlayerRound(8),
  };
}

async function bench(): Promise<void> {
  process.stderr.write(`Partyline: measuring (${plan.name}); progress here, the table at the end\n`);
  let isInterrupted = false;
  let stopAll = (): void => undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isInterrupted) process.exit(130);
      isInterrupted = true;
      process.stderr.write('Partyline: stopping; once more to stop at once\n');
      stopAll();
    });
  }
  // What is just starting hears of Ctrl-C, too, and may not come up.
  const rig = await startRig().catch((error: unknown) => (isInterrupted ? process.exit(130) : Promise.reject(error)));
  stopAll = () => void rig.stop().finally(() => process.exit(130));
  if (isInterrupted) return stopAll();
  try {
    const measured = await measureAll(rig);
    const targets = judge(measured);
    const seconds = (performance.now() - startedAt) / 1_000;
    await mkdir(RESULTS, { recursive: true });
    const results = { ...measured, seconds, growth: growthOf(measured), targets, problems };
    const name = plan.name === 'whole' ? 'bench' : `bench-${plan.name}`;
    await writeFile(join(RESULTS, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
    await writeFile(join(RESULTS, `${name}.svg`), chart(bars(measured), targets));
    if (RESULTS === usualResults && name === 'bench') await writeScalingTable();
    process.stdout.write(`${report(measured, targets)}\n`);
    for (const problem of problems) process.stdout.write(`\nnot measured: ${problem}\n`);
    process.stdout.write(`\n${seconds.toFixed(0)} s; saved as ${name}.json and ${name}.svg in loadtest/results\n`);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } finally {
    await rig.stop();
  }
}

await bench();
