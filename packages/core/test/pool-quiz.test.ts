/** Family Q: pool rows turned into questions. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { choiceId, poolQuiz, type RandomInt, shuffled } from '../src/pool-quiz.ts';
import type { PoolQuestion } from '../src/ports/question-pool.ts';
import type { Question } from '../src/question.ts';

function row(over: Partial<PoolQuestion> = {}): PoolQuestion {
  return {
    id: 'p1',
    question: 'Capital of France?',
    answer: 'Paris',
    wrong: ['Rome', 'Bonn', 'Oslo'],
    category: 'Geo',
    ...over,
  };
}

/** The last of each range: nothing is moved. */
const untouched: RandomInt = (n) => n - 1;

function only(rows: PoolQuestion, randomInt: RandomInt = untouched): Question {
  const [first] = poolQuiz([rows], { title: 'Geo', time_limit_ms: 30_000, points: 1000, randomInt }).questions;
  assert.ok(first !== undefined);
  return first;
}

/** Every sequence of draws that a shuffle of `n` items can make. */
function everyDraw(n: number): number[][] {
  if (n === 1) return [[]];
  const rest = everyDraw(n - 1);
  return Array.from({ length: n }, (_, pick) => rest.map((draws) => [pick, ...draws])).flat();
}

function dealer(draws: number[]): RandomInt {
  const left = [...draws];
  return () => left.shift() ?? 0;
}

test('Q1: a row becomes a single question of its answer and three wrong choices', () => {
  const made = only(row());
  assert.deepEqual(made, {
    id: 'p1',
    kind: 'single',
    prompt: 'Capital of France?',
    category: 'Geo',
    time_limit_ms: 30_000,
    points: 1000,
    choices: [
      { id: 'a', text: 'Paris' },
      { id: 'b', text: 'Rome' },
      { id: 'c', text: 'Bonn' },
      { id: 'd', text: 'Oslo' },
    ],
    key: { kind: 'choices', correct: ['a'] },
  });
});

test('Q1: wherever the answer lands, the key names it and every choice is there once', () => {
  for (const draws of everyDraw(4)) {
    const made = only(row(), dealer(draws));
    const right = made.choices.find((choice) => choice.text === 'Paris');
    assert.deepEqual(made.key, { kind: 'choices', correct: [right?.id] });
    assert.deepEqual(made.choices.map(({ text }) => text).sort(), ['Bonn', 'Oslo', 'Paris', 'Rome']);
  }
});

test('Q2: ids go by position, wherever the answer is', () => {
  for (const draws of everyDraw(4)) {
    const ids = only(row(), dealer(draws)).choices.map(({ id }) => id);
    assert.deepEqual(ids, ['a', 'b', 'c', 'd']);
  }
});

test('Q3: of all equally likely draws each order comes from exactly one', () => {
  const orders = everyDraw(4).map((draws) => shuffled(['w', 'x', 'y', 'z'], dealer(draws)).join(''));
  assert.equal(orders.length, 24);
  assert.equal(new Set(orders).size, 24);
});

test('Q3: a shuffle asks for each range once and changes nothing it was given', () => {
  const asked: number[] = [];
  const items = Object.freeze(['w', 'x', 'y', 'z']);
  shuffled(items, (n) => {
    asked.push(n);
    return 0;
  });
  assert.deepEqual(asked, [4, 3, 2]);
  assert.deepEqual(
    shuffled([], () => 0),
    [],
  );
});

test('Q4: where two choices read the same, both are right if one is', () => {
  const made = only(row({ wrong: ['Paris', 'Rome', 'Rome'] }));
  assert.deepEqual(made.key, { kind: 'choices', correct: ['a', 'b'] });
});

test('Q5: questions keep their order, with the party’s time limit and points', () => {
  const rows = ['p3', 'p1', 'p2'].map((id) => row({ id }));
  const made = poolQuiz(rows, { title: 'Geo', time_limit_ms: 5_000, points: 700, randomInt: untouched });
  assert.deepEqual([made.quiz_id, made.title], [null, 'Geo']);
  assert.deepEqual(
    made.questions.map(({ id, time_limit_ms, points }) => [id, time_limit_ms, points]),
    [
      ['p3', 5_000, 700],
      ['p1', 5_000, 700],
      ['p2', 5_000, 700],
    ],
  );
});

test('Q6: ids of choices differ however many there are', () => {
  const ids = Array.from({ length: 30 }, (_, place) => choiceId(place));
  assert.deepEqual(ids.slice(0, 8), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  assert.equal(new Set(ids).size, 30);
});
