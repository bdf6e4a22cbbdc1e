/** Rules W of SPEC.md. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type AuthoredQuestion, playableQuiz, quizFaults } from '../src/authored-quiz.ts';

const prompt = 'What?';
const first = (): number => 0;

function faultsOf(question: AuthoredQuestion): string[] {
  return quizFaults({ title: 'A quiz', questions: [question] }).map(({ message }) => message);
}

function played(question: AuthoredQuestion, randomInt: (n: number) => number = first) {
  const [only] = playableQuiz({ title: 'A quiz', questions: [question] }, { quiz_id: null, randomInt }).questions;
  assert.ok(only !== undefined);
  return only;
}

test('W1: a scored question has a right choice, a single one, a poll none', () => {
  const [right, also] = [
    { text: 'A', correct: true },
    { text: 'B', correct: true },
  ];
  const wrong = { text: 'C' };
  assert.equal(faultsOf({ kind: 'single', prompt, choices: [right, wrong] }).length, 0);
  assert.equal(faultsOf({ kind: 'single', prompt, choices: [wrong, { text: 'D' }] }).length, 1);
  assert.equal(faultsOf({ kind: 'single', prompt, choices: [right, also] }).length, 1);
  assert.equal(faultsOf({ kind: 'multiple', prompt, choices: [right, also, wrong] }).length, 0);
  assert.equal(faultsOf({ kind: 'multiple', prompt, choices: [wrong, { text: 'D' }] }).length, 1);
  assert.equal(faultsOf({ kind: 'poll', prompt, choices: [wrong, { text: 'D' }] }).length, 0);
  assert.equal(faultsOf({ kind: 'poll', prompt, choices: [right, wrong] }).length, 1);
});

test('W2: choices that read the same are a fault', () => {
  for (const same of [' a ', 'Ａ', 'A']) {
    assert.equal(faultsOf({ kind: 'order', prompt, choices: [{ text: 'a' }, { text: same }] }).length, 1, same);
  }
  assert.equal(faultsOf({ kind: 'order', prompt, choices: [{ text: 'a' }, { text: 'b' }] }).length, 0);
  for (const [one, same] of [
    ['a', 'a\u200b'],
    ['a b', 'a  b'],
    ['a b', 'A\u00a0\tb'],
    ['soft', 'so\u00adft'],
  ] as const) {
    const choices = [{ text: one, correct: true }, { text: same }];
    assert.deepEqual(faultsOf({ kind: 'single', prompt, choices }), ['two of its choices are the same'], same);
  }
  assert.deepEqual(faultsOf({ kind: 'order', prompt, choices: [{ text: 'a b' }, { text: 'ab' }] }), []);
});

test('W3: a text has an accepted answer, a number one within its bounds', () => {
  assert.equal(faultsOf({ kind: 'text', prompt, accepted: [] }).length, 1);
  assert.equal(faultsOf({ kind: 'text', prompt, accepted: [{ text: 'yes' }] }).length, 0);
  assert.equal(faultsOf({ kind: 'number', prompt, answer: 5, min: 5, max: 9 }).length, 0);
  assert.equal(faultsOf({ kind: 'number', prompt, answer: 4, min: 5 }).length, 1);
  assert.equal(faultsOf({ kind: 'number', prompt, answer: 10, max: 9 }).length, 1);
  assert.equal(faultsOf({ kind: 'number', prompt, answer: 5, min: 5, max: 5 }).length, 1);
});

test('W4: a fault names its question', () => {
  const good: AuthoredQuestion = { kind: 'true_false', prompt, answer: true };
  const bad: AuthoredQuestion = { kind: 'text', prompt, accepted: [] };
  const faults = quizFaults({ title: 'A quiz', questions: [good, bad, good, bad] });
  assert.deepEqual(
    faults.map(({ question }) => question),
    [2, 4],
  );
  const untitled = quizFaults({ title: ' ', questions: [good, bad] });
  assert.deepEqual(
    untitled.map(({ question }) => question),
    [null, 2],
  );
});

test('W5: choices are shuffled and the key goes with them; a poll stays as written', () => {
  const choices = ['A', 'B', 'C'].map((text) => ({ text, correct: text === 'A' }));
  const single = played({ kind: 'single', prompt, choices });
  assert.notDeepEqual(
    single.choices.map(({ text }) => text),
    ['A', 'B', 'C'],
  );
  assert.deepEqual(single.key, { kind: 'choices', correct: [single.choices.find(({ text }) => text === 'A')?.id] });
  const order = played({ kind: 'order', prompt, choices: choices.map(({ text }) => ({ text })) });
  assert.ok(order.key.kind === 'order');
  const texts = order.key.order.map((id) => order.choices.find((choice) => choice.id === id)?.text);
  assert.deepEqual(texts, ['A', 'B', 'C']);
  const poll = played({ kind: 'poll', prompt, choices: choices.map(({ text }) => ({ text })) });
  assert.deepEqual(
    poll.choices.map(({ text }) => text),
    ['A', 'B', 'C'],
  );
});

test('W6: what is left out has its default, and votes are worth nothing', () => {
  const text = played({ kind: 'text', prompt, accepted: [{ text: 'yes' }] });
  assert.deepEqual([text.time_limit_ms, text.points], [20_000, 1_000]);
  const rating = played({ kind: 'rating', prompt, points: 1_000 });
  assert.deepEqual([rating.max, rating.points], [5, 0]);
  assert.equal(played({ kind: 'word_cloud', prompt }).max_words, 1);
});

const blanks = [' ', '\u200b', '\u00ad \u3000', '\u2800', '\u3164', '\ufe0f'];

test('W7: what shows nothing is a fault of its question, or of the quiz', () => {
  const wrong = { text: 'B' };
  for (const blank of blanks) {
    const shown = JSON.stringify(blank);
    const untitled = quizFaults({ title: blank, questions: [{ kind: 'true_false', prompt, answer: true }] });
    assert.deepEqual(untitled, [{ question: null, message: 'its title is blank' }], shown);
    const faulty: [AuthoredQuestion, string][] = [
      [{ kind: 'true_false', prompt: blank, answer: true }, 'its prompt is blank'],
      [{ kind: 'true_false', prompt, category: blank, answer: true }, 'its category is blank'],
      [{ kind: 'single', prompt, choices: [{ text: blank, correct: true }, wrong] }, 'one of its choices is blank'],
      [{ kind: 'order', prompt, choices: [{ text: blank }, wrong] }, 'one of its choices is blank'],
      [{ kind: 'text', prompt, accepted: [{ text: 'yes' }, { text: blank }] }, 'one of its accepted answers is blank'],
    ];
    for (const [question, message] of faulty) assert.deepEqual(faultsOf(question), [message], `${shown}: ${message}`);
  }
});

test('W7: signs that stand alone are seen', () => {
  for (const text of ['🦊', '.', '=', '👩‍👩‍👧', 'می‌خواهم']) {
    assert.deepEqual(faultsOf({ kind: 'text', prompt: text, accepted: [{ text }] }), [], text);
  }
});
