/** The results page of a host: every outcome can be read, the right answer is marked, everybody can be erased. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { AnswerRow, ResultsResponse, RoundStats, StatsResponse } from '@partyline/protocol';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import './tsx.ts';
import { categorySums, outcomeRows } from '../src/browser/words/outcome.ts';

const { PartyResults } = await import('../src/browser/host/party-results.tsx');
const { QuestionOutcome } = await import('../src/browser/host/question-outcome.tsx');

const choices = [
  { id: 'a', text: 'Ash' },
  { id: 'b', text: 'Birch' },
  { id: 'c', text: 'Cedar' },
];

function round(kind: RoundStats['kind'], over: Partial<RoundStats> = {}): RoundStats {
  return {
    ...{ round: 1, question_id: 'q1', kind, prompt: 'Which tree?', answered: 3, correct: 2, accuracy: 2 / 3 },
    ...{ mean_ms: 2_300, choices: [], counts: {}, right: null },
    ...over,
  };
}

function given(...choices: [choice: AnswerRow['choice'], correct: boolean | null][]): AnswerRow[] {
  return choices.map(([choice, correct], at) => ({
    ...{ round: 1, question_id: 'q1', kind: 'text', user_id: `u${at}`, nickname: `U${at}` },
    ...{ choice, correct, points: 0, elapsed_ms: 1 },
  }));
}

const drawn = (stats: RoundStats, answers: AnswerRow[] = []): unknown[] =>
  outcomeRows(stats, answers).map(({ label, count, correct }) => [label, count, correct]);

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

test('what was chosen has its text, its count, and whether it was right', () => {
  assert.deepEqual(drawn(round('single', { choices, counts: { a: 2, c: 1 }, right: ['a'] })), [
    ['Ash', 2, true],
    ['Birch', 0, false],
    ['Cedar', 1, false],
  ]);
  assert.deepEqual(drawn(round('poll', { choices, counts: { c: 1 } })), [
    ['Ash', 0, null],
    ['Birch', 0, null],
    ['Cedar', 1, null],
  ]);
});

test('a rating has all of its steps, words and what was typed come by how often', () => {
  assert.deepEqual(drawn(round('rating', { max: 3, counts: { 2: 5 } })), [
    ['1', 0, null],
    ['2', 5, null],
    ['3', 0, null],
  ]);
  assert.deepEqual(drawn(round('word_cloud', { counts: { rain: 1, sun: 4 } })), [
    ['sun', 4, null],
    ['rain', 1, null],
  ]);
  const typed = given(['Ada', true], ['ada ', true], ['Bob', false], [null, null]);
  assert.deepEqual(
    drawn(round('text', { right: ['Ada'] }), [...typed, ...typed.map((row) => ({ ...row, round: 2 }))]),
    [
      ['Ada', 2, true],
      ['Bob', 1, false],
    ],
  );
  assert.deepEqual(drawn(round('number', { right: 1989 }), given([1989, true], [3.5, false])), [
    ['1989', 1, true],
    ['3.5', 1, false],
  ]);
  const orders = given([['b', 'a', 'c'], false], [['a', 'b', 'c'], true], [['a', 'b', 'c'], true]);
  assert.deepEqual(drawn(round('order', { choices, right: ['a', 'b', 'c'] }), orders), [
    ['Ash → Birch → Cedar', 2, true],
    ['Birch → Ash → Cedar', 1, false],
  ]);
});

test('an older node that does not tell the choices leaves the question without bars', () => {
  const { choices: _, right: __, ...older } = round('single', { counts: { a: 1 } });
  assert.deepEqual(drawn(older), []);
  assert.match(plain(renderToString(h(QuestionOutcome, { stats: older, answers: [] }))), /Which tree\?/);
});

test('a question says what was right where its bars do not, and votes are no answers', () => {
  const text = round('text', { right: ['Ada', 'Ada Lovelace'] });
  assert.match(plain(renderToString(h(QuestionOutcome, { stats: text, answers: [] }))), /Right: Ada or Ada Lovelace/);
  const poll = round('poll', { choices, counts: { a: 2, b: 1 }, accuracy: null, correct: 0 });
  const html = plain(renderToString(h(QuestionOutcome, { stats: poll, answers: [] })));
  assert.match(html, /3 votes · 2\.3 s on average/);
  assert.match(html, /Ash ★ most votes 2 67%.*Birch 1 33%/);
  const rating = round('rating', { counts: { 2: 1, 4: 1 } });
  assert.match(plain(renderToString(h(QuestionOutcome, { stats: rating, answers: [] }))), /3\.0 of 5 on average/);
});

test('of what a crowd typed the most frequent are drawn', () => {
  const counts = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`word${at}`, 30 - at]));
  const html = renderToString(h(QuestionOutcome, { stats: round('word_cloud', { counts }), answers: [] }));
  assert.equal([...html.matchAll(/<li class="bar /g)].length, 20);
  assert.match(plain(html), /And 5 more/);
});

test('categories are summed over all players', () => {
  const row = (user_id: string, category: string, answered: number, correct: number) => ({
    ...{ user_id, category, answered, correct, points: 0 },
  });
  assert.deepEqual(categorySums([row('ann', 'Trees', 2, 1), row('bob', 'Trees', 2, 2), row('bob', 'Art', 1, 0)]), [
    { category: 'Art', answered: 1, correct: 0, accuracy: 0 },
    { category: 'Trees', answered: 4, correct: 3, accuracy: 0.75 },
  ]);
});

test('the page shows drop-outs, categories, teams, and a means to erase each player', () => {
  const line = { rank: 1, score: 900, correct: 1, answered: 1, mean_ms: 2_000 };
  const results: ResultsResponse = {
    party: {
      ...{ party_id: 'p', game_id: 'g', room_code: '123456', kind: 'room', title: 'Trees', settings: {}, rounds: 1 },
      ...{ started_at: null, ended_at: '2026-01-01T00:00:00.000Z' },
    },
    leaderboard: [
      { ...line, user_id: 'ann', nickname: 'Ann', team: 'Owls' },
      { ...line, user_id: 'bob', nickname: 'Bob' },
    ],
    teams: [{ rank: 1, team: 'Owls', score: 900, members: 1 }],
    players_total: 2,
    answers: [],
    categories: [{ user_id: 'ann', category: 'Botany', answered: 2, correct: 1, points: 5 }],
  };
  const stats: StatsResponse = {
    ...{ players_total: 2, rounds: 1, answered: 3, correct: 2, accuracy: 2 / 3, mean_ms: 2_300, drop_outs: 4 },
    ...{ hardest_round: 1, easiest_round: 1, by_round: [round('single', { choices, counts: { a: 3 }, right: ['a'] })] },
  };
  const html = renderToString(h(PartyResults, { results, stats, isBusy: false, onErase: () => undefined }));
  const text = plain(html);
  assert.match(text, /4 dropped out/);
  assert.match(text, /Botany 2 1 \(50%\)/);
  assert.match(text, /Teams 1 Owls 1 player 900/);
  assert.match(text, /Ash ✓ right/);
  for (const name of ['Ann', 'Bob']) assert.match(html, new RegExp(`aria-label="Erase ${name}"`));
});
