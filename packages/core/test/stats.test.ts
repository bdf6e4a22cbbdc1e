/** Rules D of SPEC.md. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { gameStats, type RoundCounts } from '../src/stats.ts';
import { question } from './build.ts';

function round(number: number, over: Partial<RoundCounts> = {}): RoundCounts {
  const counts = { answered: 4, scorable: 4, correct: 2, answered_ms: 4_001, counts: {} };
  const asked = question('single', { id: `q${number}`, prompt: `Question ${number}?` });
  return { round: number, question: asked, skipped: false, ...counts, ...over };
}

const statsOf = (rounds: RoundCounts[]) => gameStats({ rounds, players_total: 4, drop_outs: 1 });
const vote = { scorable: 0, correct: 0, question: question('poll') } as const;

test('D1: skipped rounds count nowhere', () => {
  const stats = statsOf([round(1), round(2, { skipped: true, correct: 4 })]);
  assert.deepEqual([stats.rounds, stats.answered, stats.correct, stats.by_round.length], [1, 4, 2, 1]);
  assert.deepEqual([stats.hardest_round, stats.easiest_round], [1, 1]);
  assert.equal(stats.by_round[0]?.prompt, 'Question 1?');
});

test('D2: accuracy leaves votes out', () => {
  const stats = statsOf([round(1), round(2, vote)]);
  assert.equal(stats.accuracy, 0.5);
  assert.deepEqual(
    stats.by_round.map(({ accuracy }) => accuracy),
    [0.5, null],
  );
  assert.equal(statsOf([round(1, vote)]).accuracy, null);
});

test('D3: the hardest and the easiest round, the earlier of equal ones', () => {
  const stats = statsOf([round(1), round(2, { correct: 4 }), round(3, { correct: 0 }), round(4, { correct: 0 })]);
  assert.deepEqual([stats.hardest_round, stats.easiest_round], [3, 2]);
  assert.deepEqual([statsOf([round(1, vote)]).hardest_round, statsOf([]).easiest_round], [null, null]);
});

test('D4: means are over answers, in whole milliseconds', () => {
  assert.equal(statsOf([round(1)]).mean_ms, 1_000);
  assert.equal(statsOf([round(1, { answered: 0, answered_ms: 0 })]).by_round[0]?.mean_ms, 0);
  assert.equal(statsOf([]).mean_ms, 0);
});

test('D5: a round tells what its counts stand for, and what was right', () => {
  const rating = question('rating', { max: 10 });
  const [choice, scale] = statsOf([round(1), round(2, { question: rating, correct: 0 })]).by_round;
  assert.deepEqual([choice?.choices[1], choice?.right, choice?.correct], [{ id: 'b', text: 'choice b' }, ['b'], 2]);
  assert.deepEqual([scale?.choices, scale?.right, scale?.max], [[], null, 10]);
});
