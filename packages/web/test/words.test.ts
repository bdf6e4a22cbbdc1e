import assert from 'node:assert/strict';
import test from 'node:test';
import { fileName } from '../src/browser/ui/download.ts';
import { answerLines } from '../src/browser/words/answer-text.ts';
import {
  clockText,
  counted,
  listed,
  ordinal,
  percent,
  quantity,
  spacedCode,
  wholeSeconds,
} from '../src/browser/words/format.ts';
import { meanRating, tallyRows, wordSize } from '../src/browser/words/tally.ts';
import { typedNumber } from '../src/browser/words/typed-number.ts';
import { samplePlanets } from './sample-view.ts';

test('a room code reads in two halves', () => {
  assert.equal(spacedCode('225133'), '225\u00a0133');
  assert.equal(spacedCode('2251337'), '2251\u00a0337');
  assert.equal(spacedCode('22513378'), '2251\u00a03378');
});

test('places have their English endings', () => {
  const places = [1, 2, 3, 4, 10, 11, 12, 13, 21, 22, 23, 101, 111, 112, 1_003];
  const read = '1st 2nd 3rd 4th 10th 11th 12th 13th 21st 22nd 23rd 101st 111th 112th 1003rd';
  assert.equal(places.map(ordinal).join(' '), read);
});

test('a countdown shows 0 only when time is up', () => {
  assert.deepEqual([20_000, 19_001, 1, 0, -50].map(wholeSeconds), [20, 20, 1, 0, 0]);
  assert.deepEqual([9, 59, 60, 65, 300].map(clockText), ['9', '59', '1:00', '1:05', '5:00']);
});

test('counts agree with their noun', () => {
  assert.deepEqual(
    [0, 1, 2, 1_200].map((count) => counted(count, 'player')),
    ['0 players', '1 player', '2 players', '1,200 players'],
  );
  assert.equal(listed(['a']), 'a');
  assert.equal(listed(['a', 'b', 'c']), 'a, b and c');
  assert.equal(listed(['a', 'b'], 'or'), 'a or b');
  assert.equal(percent(2 / 3), '67%');
  assert.equal(percent(null), '–');
});

test('a number that may be a year is not grouped, and every decimal of it is shown', () => {
  assert.deepEqual([1_989, 12_500, -4, 0.12345].map(quantity), ['1989', '12,500', '-4', '0.12345']);
});

test('a typed number is read as people write it', () => {
  const table: [string, number | null][] = [
    ...[['12', 12] as [string, number], ['3.5', 3.5] as [string, number], ['3,5', 3.5] as [string, number]],
    ...[['1,000', 1_000] as [string, number], ['1,234,567.5', 1_234_567.5] as [string, number]],
    ...[['1 000', 1_000] as [string, number], ['−4', -4] as [string, number], ['+7', 7] as [string, number]],
    ...[['.5', 0.5] as [string, number], ['5.', 5] as [string, number], ["1'000", 1_000] as [string, number]],
    ...['', '-', 'twelve', '1e9', '0x10', '1,2,3', '1.2.3', 'NaN', 'Infinity', '9'.repeat(20)].map(
      (text): [string, null] => [text, null],
    ),
  ];
  for (const [text, value] of table) assert.equal(typedNumber(text), value, text);
});

test('an answer reads as the texts of its choices, or as shapes where there are no texts', () => {
  assert.deepEqual(answerLines('single', samplePlanets, ['a']), ['Jupiter']);
  assert.deepEqual(answerLines('order', samplePlanets, ['d', 'c']), ['Mars', 'Earth']);
  assert.deepEqual(answerLines('number', [], 1_206.5), ['1206.5']);
  assert.deepEqual(answerLines('text', [], ['Tokyo', 'Tōkyō']), ['Tokyo', 'Tōkyō']);
  assert.deepEqual(answerLines('poll', samplePlanets, null), []);
  assert.deepEqual(answerLines('single', [{ id: 'a', text: '' }], ['a']), ['Red triangle']);
});

test('a tally has a row for each choice, also for those nobody took', () => {
  const told = {
    question: { kind: 'single' } as const,
    choices: samplePlanets,
    ...{ counts: { a: 3, d: 1 }, answered: 4 },
    correct: ['a'],
  };
  const rows = tallyRows(told);
  assert.deepEqual(
    rows.map(({ label, count, share, correct }) => [label, count, share, correct]),
    [
      ['Jupiter', 3, 0.75, true],
      ['Saturn', 0, 0, false],
      ['Earth', 0, 0, false],
      ['Mars', 1, 0.25, false],
    ],
  );
  assert.deepEqual(
    rows.map(({ length }) => Math.round(length * 3)),
    [3, 0, 0, 1],
  );
});

test('where each may choose several, shares are of those who answered', () => {
  const counts = { a: 2, b: 1 };
  const rows = tallyRows({ question: { kind: 'multiple' }, choices: samplePlanets, counts, answered: 2 });
  assert.deepEqual(
    rows.map(({ share }) => share),
    [1, 0.5, 0, 0],
  );
});

test('a poll that is over has a winner, several where it is a tie, and none before or without a vote', () => {
  const won = (counts: Record<string, number>, correct?: null, kind: 'poll' | 'single' = 'poll'): string[] =>
    tallyRows({ question: { kind }, choices: samplePlanets, counts, answered: 3, correct })
      .filter((row) => row.won)
      .map(({ label }) => label);
  assert.deepEqual(won({ a: 2, b: 1 }, null), ['Jupiter']);
  assert.deepEqual(won({ a: 1, b: 1 }, null), ['Jupiter', 'Saturn']);
  assert.deepEqual(won({}, null), []);
  assert.deepEqual(won({ a: 2, b: 1 }), [], 'while it runs');
  assert.deepEqual(won({ a: 2, b: 1 }, null, 'single'), []);
});

test('nothing is right or wrong in a vote', () => {
  const rows = tallyRows({
    ...{ question: { kind: 'rating', max: 3 }, choices: [], counts: { 2: 4 }, answered: 4, correct: null },
  });
  assert.deepEqual(
    rows.map(({ label, count, correct }) => [label, count, correct]),
    [
      ['1', 0, null],
      ['2', 4, null],
      ['3', 0, null],
    ],
  );
  assert.equal(meanRating({ 1: 1, 4: 1 }), 2.5);
  assert.equal(meanRating({}), null);
});

test('words come by how often they were sent, then by the alphabet', () => {
  const counts = { tea: 1, coffee: 3, cake: 1 };
  const rows = tallyRows({ question: { kind: 'word_cloud' }, choices: [], counts, answered: 5 });
  assert.deepEqual(
    rows.map(({ label }) => label),
    ['coffee', 'cake', 'tea'],
  );
});

test('a word is large only where it was sent much more often than others', () => {
  const sizes = (counts: number[]): number[] => counts.map((count) => wordSize(count, Math.max(...counts)));
  assert.deepEqual(sizes([1, 1, 1]), [2, 2, 2]);
  assert.deepEqual(sizes([2, 1]), [3, 2]);
  assert.deepEqual(sizes([20, 10, 1]), [5, 3, 1]);
});

test('a title becomes a file name that every system takes', () => {
  assert.equal(fileName('Space & more: the “quiz”', 'csv'), 'Space-more-the-quiz.csv');
  assert.equal(fileName('../../etc/passwd', 'json'), 'etc-passwd.json');
  assert.equal(fileName('日本の首都', 'xlsx'), '日本の首都.xlsx');
  assert.equal(fileName('???', 'csv'), 'partyline.csv');
});
