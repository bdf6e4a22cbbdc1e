/** Family A: the form of an answer, and what it adds to the tally. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Choice } from '../src/answer.ts';
import { type AnswerGate, answerGate } from '../src/gate.ts';
import type { Question, QuestionKind } from '../src/question.ts';
import { readChoice } from '../src/read-choice.ts';
import type { Settings } from '../src/settings.ts';
import { shownCounts, shownWords } from '../src/shown-counts.ts';
import { game, question, questionKinds, settings } from './build.ts';

function gate(kind: QuestionKind, over: Partial<Question> = {}): AnswerGate {
  return answerGate(question(kind, over), { round: 1, anonymous_votes: false });
}

function taken(of: AnswerGate, choice: Choice): { choice: Choice; tally: string[] } {
  const read = readChoice(of, choice);
  assert.ok(read.ok, `${of.kind} refused ${JSON.stringify(choice)}`);
  return { choice: read.choice, tally: read.tally };
}

function refuses(of: AnswerGate, ...choices: Choice[]): void {
  for (const choice of choices) {
    const read = readChoice(of, choice);
    assert.ok(!read.ok, `${of.kind} took ${JSON.stringify(choice)}`);
    assert.match(read.detail, /^(choice|each word) must /);
  }
}

for (const kind of ['single', 'true_false', 'poll'] as const) {
  test(`A1: a ${kind} takes the id of one choice`, () => {
    assert.deepEqual(taken(gate(kind), 'b'), { choice: 'b', tally: ['b'] });
    refuses(gate(kind), 'e', '', 'B', ' b', ['b'], [], 1, 'choice b', '__proto__');
  });
}

test('A2: multiple takes a list of different choice ids', () => {
  assert.deepEqual(taken(gate('multiple'), ['c', 'a']), { choice: ['c', 'a'], tally: ['c', 'a'] });
  assert.deepEqual(taken(gate('multiple'), ['a', 'b', 'c', 'd']).tally.length, 4);
  refuses(gate('multiple'), [], 'a', ['a', 'a'], ['a', 'e'], 1);
});

test('A3: order takes every choice id once', () => {
  assert.deepEqual(taken(gate('order'), ['d', 'c', 'b', 'a']), { choice: ['d', 'c', 'b', 'a'], tally: [] });
  refuses(
    gate('order'),
    ['a', 'b', 'c'],
    ['a', 'b', 'c', 'c'],
    ['a', 'b', 'c', 'd', 'a'],
    ['a', 'b', 'c', 'e'],
    'abcd',
    4,
    [],
  );
});

test('A4: text takes 1 to 200 characters and keeps them trimmed', () => {
  assert.deepEqual(taken(gate('text'), '  Paris\n'), { choice: 'Paris', tally: [] });
  assert.equal(taken(gate('text'), 'x'.repeat(200)).choice, 'x'.repeat(200));
  refuses(gate('text'), '', ' \t\n\u00a0', 'x'.repeat(201), 42, ['Paris']);
});

test('A5: number takes a finite number within the bounds', () => {
  assert.deepEqual(taken(gate('number'), -1e300), { choice: -1e300, tally: [] });
  refuses(gate('number'), Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '42', ['42']);
  const bounded = gate('number', { min: 0, max: 100 });
  assert.deepEqual([taken(bounded, 0).choice, taken(bounded, 99.5).choice, taken(bounded, 100).choice], [0, 99.5, 100]);
  refuses(bounded, -0.001, 100.001);
});

test('A6: rating takes a whole number from 1 to the top of the scale', () => {
  assert.deepEqual(taken(gate('rating'), 5), { choice: 5, tally: ['5'] });
  assert.deepEqual(taken(gate('rating'), 1), { choice: 1, tally: ['1'] });
  refuses(gate('rating'), 0, 6, 2.5, -1, Number.NaN, '3', ['3']);
  const ten = gate('rating', { max: 10 });
  assert.deepEqual(taken(ten, 10).tally, ['10']);
  refuses(ten, 11);
});

test('A7: a word cloud folds words, and counts each once per player', () => {
  const three = gate('word_cloud', { max_words: 3 });
  assert.deepEqual(taken(three, ['  Ｆｕｎ ', 'FUN', 'big   Fun']), {
    choice: ['fun', 'big fun'],
    tally: ['fun', 'big fun'],
  });
  assert.deepEqual(taken(gate('word_cloud'), ' Joy '), { choice: 'joy', tally: ['joy'] });
});

test('A7: a word cloud takes 1 to max_words words of 1 to 30 characters', () => {
  const three = gate('word_cloud', { max_words: 3 });
  refuses(three, [], ['a', 'b', 'c', 'd'], ['a', ''], ' ', ['x'.repeat(31)], 3);
  refuses(gate('word_cloud'), ['a', 'b']);
  assert.equal(taken(three, 'x'.repeat(30)).tally.length, 1);
  // One character that folds to eighteen is measured folded.
  refuses(three, '\ufdfa\ufdfa');
});

/** A choice in the right form for each kind, and what it is counted as. */
const proper: Record<QuestionKind, [choice: Choice, tally: string[]]> = {
  single: ['a', ['a']],
  multiple: [
    ['b', 'd'],
    ['b', 'd'],
  ],
  true_false: ['b', ['b']],
  text: ['London', []],
  number: [7, []],
  order: [['a', 'b', 'c', 'd'], []],
  poll: ['c', ['c']],
  rating: [4, ['4']],
  word_cloud: ['sun', ['sun']],
};

for (const kind of questionKinds) {
  test(`A8: what a ${kind} adds to the tally`, () => {
    const [choice, tally] = proper[kind];
    assert.deepEqual(taken(gate(kind), choice).tally, tally);
  });
}

test('A9: the gate holds nothing of key and explanation', () => {
  for (const kind of questionKinds) {
    const told = question(kind, { explanation: 'because' });
    const untold = question(kind, { key: { kind: 'none' } });
    assert.deepEqual({ ...gate(kind, told), anonymous: false }, { ...gate(kind, untold), anonymous: false }, kind);
  }
});

test('A9: a right and a wrong answer are judged alike', () => {
  assert.deepEqual(Object.keys(readChoice(gate('single'), 'b')), Object.keys(readChoice(gate('single'), 'a')));
  assert.deepEqual(taken(gate('text'), 'Paris').tally, taken(gate('text'), 'London').tally);
  assert.deepEqual(taken(gate('order'), ['c', 'a', 'd', 'b']).tally, taken(gate('order'), ['a', 'b', 'c', 'd']).tally);
});

test('A10: only votes can be anonymous', () => {
  for (const kind of questionKinds) {
    const isVote = ['poll', 'rating', 'word_cloud'].includes(kind);
    assert.equal(answerGate(question(kind), { round: 1, anonymous_votes: true }).anonymous, isVote, kind);
    assert.equal(answerGate(question(kind), { round: 1, anonymous_votes: false }).anonymous, false, kind);
  }
});

test('A11: of more than 200 different words the 200 most frequent are shown, few are shown whole', () => {
  const words = Array.from({ length: 300 }, (_, index): [string, number] => [`word-${index}`, index < 100 ? 1 : 2]);
  const at = { question: question('word_cloud'), settings: settings('room') };
  const shown = shownCounts({ ...Object.fromEntries(words), one: 1 }, at);
  assert.equal(Object.keys(shown).length, shownWords);
  assert.ok(Object.values(shown).every((times) => times === 2));
  assert.deepEqual(shownCounts({ yes: 1, no: 0 }, at), { yes: 1, no: 0 });
});

test('A12: profane words of a cloud are masked where names are filtered, while votes run as at the reveal', () => {
  const sent = { shit: 2, fuck: 1, kumquat: 1, tea: 3 };
  const shown = (policy: Partial<Settings['nickname_policy']>, kind: 'word_cloud' | 'poll' = 'word_cloud') => {
    const nickname_policy = { ...settings('room').nickname_policy, ...policy };
    const one = game({
      questions: [question(kind)],
      settings: { show_vote_results: 'live', nickname_policy },
    });
    one.host({ type: 'start' });
    one.tell({ type: 'answers', round: 1, answered: 7, counts: sent });
    const live = one.party.counts_told;
    one.host({ type: 'next' });
    const reveal = { round: 1, correct: null, counts: sent, answered: 7, explanation: null };
    one.tell({ type: 'scored', round: 1, reveal, ranking: { leaderboard: [], teams: [] } });
    const { phase } = one.party;
    assert.deepEqual(phase.name === 'reveal' ? phase.reveal.counts : null, live);
    return live;
  };
  assert.deepEqual(shown({ profanity: 'mask' }), { '****': 3, kumquat: 1, tea: 3 });
  assert.deepEqual(shown({ profanity: 'refuse', blocked_words: ['kumquat'] }), { '****': 3, '*******': 1, tea: 3 });
  assert.deepEqual(shown({ profanity: 'off' }), sent);
  assert.deepEqual(shown({ profanity: 'mask' }, 'poll'), sent);
  const at = { question: question('word_cloud'), settings: settings('room') };
  assert.deepEqual(Object.entries(shownCounts(JSON.parse('{"__proto__":2}'), at)), [['__proto__', 2]]);
});
