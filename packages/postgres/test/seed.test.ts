import assert from 'node:assert/strict';
import test from 'node:test';
import { readSeed } from '@partyline/postgres';

const files = (await readSeed()).map(({ seedFile }) => seedFile);

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function repeated(texts: string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

test('the seed has at least 16 categories of at least 25 questions', () => {
  assert.ok(files.length >= 16, `${files.length} categories`);
  for (const { category, questions } of files) assert.ok(questions.length >= 25, `${category}: ${questions.length}`);
  assert.deepEqual(repeated(files.map(({ category }) => fold(category))), []);
});

test('every seed question has four different choices, one of them its answer', () => {
  for (const { category, questions } of files) {
    for (const { question, answer, choices } of questions) {
      assert.equal(choices.length, 3, `${category}: ${question}`);
      // Signs may be what tells two choices apart (3 and -3), so only case and spaces are folded here.
      const shown = [answer, ...choices].map((text) => text.trim().toLowerCase());
      assert.deepEqual(repeated(shown), [], `${category}: ${question}`);
    }
  }
});

test('no seed question is asked twice', () => {
  assert.deepEqual(repeated(files.flatMap(({ questions }) => questions.map(({ question }) => fold(question)))), []);
});

test('seed texts are plain: no markup, no entities, no outer spaces, not too long', () => {
  for (const { category, questions } of files) {
    for (const { question, answer, choices, difficulty } of questions) {
      for (const text of [category, question, answer, ...choices]) {
        assert.match(text, /^\S(?:.*\S)?$/u, text);
        assert.doesNotMatch(text, /&\w+;|<\/?\w+>|\uFFFD/u, text);
      }
      assert.ok(question.length <= 200, question);
      for (const text of [answer, ...choices]) assert.ok(text.length <= 75, text);
      assert.ok(['easy', 'medium', 'hard'].includes(difficulty), question);
    }
  }
});
