import assert from 'node:assert/strict';
import test from 'node:test';
import { parseBody, QuizBody, type QuizQuestion, questionKinds } from '@partyline/protocol';
import type { Refused } from '../src/browser/party-client.ts';
import { kindLabel } from '../src/browser/quiz/question-kinds.ts';
import { draftOf, emptyQuestion, emptyQuiz, moved, quizOf } from '../src/browser/quiz/quiz-draft.ts';
import { quizFaults } from '../src/browser/quiz/quiz-faults.ts';

const common = { prompt: 'Why?', time_limit_seconds: 30, points: 500, category: 'Odd', explanation: 'So.' };
const questions: QuizQuestion[] = [
  {
    kind: 'single',
    ...common,
    media_url: 'https://example.org/a.png',
    choices: [{ text: 'a', correct: true }, { text: 'b' }],
  },
  { kind: 'multiple', ...common, choices: [{ text: 'a', correct: true }, { text: 'b', correct: true }, { text: 'c' }] },
  { kind: 'true_false', ...common, answer: false },
  {
    kind: 'text',
    ...common,
    accepted: [
      { text: 'Tokyo', case_sensitive: true },
      { text: 'Tōkyō', case_sensitive: true },
    ],
  },
  { kind: 'number', ...common, answer: -1.5, tolerance: 0.25, min: -10, max: 10 },
  { kind: 'number', ...common, answer: 0 },
  { kind: 'order', ...common, choices: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] },
  { kind: 'poll', ...common, choices: [{ text: 'a' }, { text: 'b' }] },
  { kind: 'rating', ...common, max: 7 },
  { kind: 'word_cloud', ...common, max_words: 3 },
];
const quiz: QuizBody = { title: 'All kinds', description: 'd', language: 'en', questions };

const sent = (body: unknown): ReturnType<typeof parseBody<typeof QuizBody>> =>
  parseBody(QuizBody, Buffer.from(JSON.stringify(body)));

test('a quiz of every kind goes through the editor unchanged', () => {
  assert.deepEqual(new Set(questions.map(({ kind }) => kind)), new Set(questionKinds));
  assert.deepEqual(quizOf(draftOf(quiz)), quiz);
  assert.equal(sent(quizOf(draftOf(quiz))).ok, true);
});

test('choices left empty are not sent', () => {
  const question = { ...emptyQuestion(1), prompt: 'Why?', choices: draftOf(quiz).questions[0]?.choices ?? [] };
  const body = quizOf({
    ...emptyQuiz(),
    title: 't',
    questions: [{ ...question, choices: [...question.choices, { text: ' ', correct: false }] }],
  });
  assert.deepEqual(body.questions[0]?.kind === 'single' && body.questions[0].choices.length, 2);
});

test('what the protocol objects to is told at its question, in plain words', () => {
  const empty = sent(quizOf(emptyQuiz()));
  assert.ok(!empty.ok);
  const { document } = empty.problem;
  const faults = quizFaults({ ...document, errors: document.errors ?? [] });
  assert.match(faults.title ?? '', /title/);
  assert.deepEqual(faults.questions.get(0), ['Question: must not be empty.', 'Choices: needs at least 2.']);
});

test('a missing number is told as one', () => {
  const question = { ...emptyQuestion(1), kind: 'number' as const, prompt: 'How many?' };
  const parsed = sent(quizOf({ ...emptyQuiz(), title: 't', questions: [question] }));
  assert.ok(!parsed.ok);
  const { document } = parsed.problem;
  const faults = quizFaults({ ...document, errors: document.errors ?? [] });
  assert.deepEqual(faults.questions.get(0), ['Right answer: must be a number.']);
});

test('a rule of the game is told at its question, also inside a room that is opened with it', () => {
  const problem: Refused = {
    ...{ code: 'quiz_invalid', detail: 'question 2: it has no correct choice', question: 2 },
    errors: [{ path: '/questions/1', message: 'it has no correct choice' }],
  };
  assert.deepEqual(quizFaults(problem).questions.get(1), ['It has no correct choice.']);
  assert.deepEqual(quizFaults({ ...problem, errors: [] }).questions.get(1), ['Question 2: it has no correct choice.']);
  const inRoom = { ...problem, errors: [{ path: '/quiz/questions/1/prompt', message: 'must be string' }] };
  assert.deepEqual(quizFaults(inRoom).questions.get(1), ['Question: must be string.']);
});

test('a fault that is not about the quiz has no place in it', () => {
  assert.equal(quizFaults(null).questions.size, 0);
  assert.match(quizFaults({ code: 'rate_limited', detail: '', errors: [] }).whole ?? '', /wait/i);
});

test('questions move by one and not beyond the ends', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 1, -1), ['b', 'a', 'c']);
  assert.deepEqual(moved(['a', 'b', 'c'], 1, 1), ['a', 'c', 'b']);
  assert.deepEqual(moved(['a', 'b'], 0, -1), ['a', 'b']);
  assert.deepEqual(moved(['a', 'b'], 1, 1), ['a', 'b']);
});

test('every kind has its own name', () => {
  assert.equal(new Set(questionKinds.map(kindLabel)).size, questionKinds.length);
});
