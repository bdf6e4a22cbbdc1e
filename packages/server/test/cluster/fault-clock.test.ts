/** F12: somebody sets a node's clock in the middle of a game. */
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { StoredResults } from '@partyline/core';
import { playRealGame, type RealCluster, type RealGame, realCluster, steppedClock } from '@partyline/testkit';
import { repeats, sleep } from './repeats.ts';

const limit_ms = 5_000;
const pass_ms = 50;

test('F12: clocks of nodes that are set by 30 s, forth and back, move no deadline and no answer by 50 ms', async (t) => {
  const cluster = await realCluster(t, { nodes: 0 });
  // A median of many pairs stands above a busy machine's noise. One pair does not: it has three tries, and a clock that
  // counts, whose error is 30 s, fails each.
  const pairs = repeats(20, 1);
  const games = repeats(1, 3);
  const forthAndBack = Array.from({ length: pairs * games }, (_, at) => (at % 2 === 0 ? 30_000 : -60_000));
  await cluster.addNode(steppedClock(...forthAndBack));
  await cluster.addNode(steppedClock(...forthAndBack.map((ms) => -ms)));
  for (let left = games; left > 0; left -= 1) {
    const moved = movedBy(await playUnderSteps(cluster, pairs), t);
    if (moved.length === 0) break;
    assert.ok(left > 1, moved.join('; '));
  }
});

type Weather = 'calm' | 'stepped';
type Figures = Record<
  'from question to reveal' | 'elapsed as stored, less as seen from here',
  Record<Weather, number[]>
>;

/** A game of `pairs` rounds in calm and as many in which every clock is set; its invariants are checked. All in ms. */
async function playUnderSteps(cluster: RealCluster, pairs: number): Promise<Figures> {
  // The first round opens while sockets still come, and is not looked at.
  const rounds = 1 + pairs * 2;
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
  return {
    'from question to reveal': lengths,
    'elapsed as stored, less as seen from here': elapsedErrors(game, results, opened),
  };
}

/** What differs between the weathers by more than it may, in words; empty where nothing does. */
function movedBy(figures: Figures, t: TestContext): string[] {
  return Object.entries(figures).flatMap(([what, { calm, stepped }]) => {
    const text = `${what}: ${median(calm).toFixed(1)} ms in calm, ${median(stepped).toFixed(1)} ms under steps (medians)`;
    t.diagnostic(text);
    const worst = Math.max(...stepped.map(Math.abs)) - Math.max(...calm.map(Math.abs));
    return Math.abs(median(calm) - median(stepped)) <= pass_ms && worst <= 500 ? [] : [text];
  });
}

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
