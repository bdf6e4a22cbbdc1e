/** F12: somebody sets a node's clock in the middle of a game. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { StoredResults } from '@partyline/core';
import { playRealGame, type RealGame, realCluster, steppedClock } from '@partyline/testkit';
import { repeats, sleep } from './repeats.ts';

const limit_ms = 5_000;

test('F12: clocks of nodes that are set by 30 s, forth and back, move no deadline and no answer by 50 ms', async (t) => {
  const cluster = await realCluster(t, { nodes: 0 });
  const pairs = repeats(20, 1);
  // The first round opens while sockets still come, and is not looked at.
  const rounds = 1 + pairs * 2;
  const forthAndBack = Array.from({ length: pairs }, (_, index) => (index % 2 === 0 ? 30_000 : -60_000));
  await cluster.addNode(steppedClock(...forthAndBack));
  await cluster.addNode(steppedClock(...forthAndBack.map((ms) => -ms)));
  const game = await playRealGame(cluster, {
    ...{ players: 8, rounds, timeout: limit_ms / 1_000, thinks: [1_500, 4_000], lazy: 0, reveal_seconds: 1 },
    advance_when_all_answered: false,
  });
  const lengths: Record<Weather, number[]> = { calm: [], stepped: [] };
  const opened = new Map<number, number>();
  for (let round = 2; round <= rounds; round += 1) {
    const openedAt = await game.seen('question', round, 30_000);
    opened.set(round, openedAt);
    await sleep(1_000);
    if (weatherOf(round) === 'stepped') for (const node of cluster.nodes) node.stepClock();
    lengths[weatherOf(round)].push((await game.seen('reveal', round, 30_000)) - openedAt);
  }
  await game.finished(60_000);
  const results = await game.check();
  const errors = elapsedErrors(game, results, opened);
  for (const [what, figures] of [
    ['from question to reveal', lengths],
    ['elapsed as stored, less as seen from here', errors],
  ] as const) {
    const [calm, stepped] = [median(figures.calm), median(figures.stepped)];
    t.diagnostic(`${what}: ${calm.toFixed(1)} ms in calm, ${stepped.toFixed(1)} ms under steps (medians)`);
    assert.ok(Math.abs(calm - stepped) <= 50, what);
    assert.ok(Math.max(...figures.stepped.map(Math.abs)) <= Math.max(...figures.calm.map(Math.abs)) + 500, what);
  }
});

type Weather = 'calm' | 'stepped';

function weatherOf(round: number): Weather {
  return round % 2 === 0 ? 'stepped' : 'calm';
}

/** How much longer each answer took by what is stored than by this process' own monotonic clock. */
function elapsedErrors(
  game: RealGame,
  { answers }: StoredResults,
  opened: Map<number, number>,
): Record<Weather, number[]> {
  const errors: Record<Weather, number[]> = { calm: [], stepped: [] };
  for (const { user_id, message, at } of game.history.sent) {
    if (message.type !== 'answer' || !opened.has(message.data.round)) continue;
    const { round } = message.data;
    const row = answers.find((answer) => answer.user_id === user_id && answer.round === round);
    if (row !== undefined) errors[weatherOf(round)].push(row.elapsed_ms - (at - (opened.get(round) ?? Number.NaN)));
  }
  assert.ok(errors.stepped.length > 0);
  return errors;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
