/** Whatever the bytes are, an import ends in a report that keeps to the wire, and never in its last resort. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { quizFaults } from '@partyline/core';
import { faultsIn, ImportRow, importFormats, QuizBody } from '@partyline/protocol';
import fc from 'fast-check';
import { importQuiz, type QuizImportFormat } from '../src/index.ts';
import { fixture } from './fixture.ts';

const seeds: Record<QuizImportFormat, string[]> = {
  json: ['quiz.json'],
  csv: ['quiz.csv', 'quiz-semicolons.csv', 'quiz-utf16-tabs.txt'],
  opentdb: ['opentdb.json', 'opentdb-base64.json'],
  kahoot: ['kahoot.xlsx', 'kahoot-first-row.xlsx'],
  gift: ['quiz.gift.txt'],
  aiken: ['quiz.aiken.txt'],
  blooket: ['blooket.csv'],
  gimkit: ['gimkit.csv'],
  wayground: ['wayground.xlsx'],
  moodle_xml: ['moodle.xml'],
};

/** Any code units, halves of surrogate pairs among them. fast-check's own unit `binary` takes a second to set up. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes));

const anyJson = fc.constantFrom(
  null,
  true,
  0,
  -1,
  1e300,
  '',
  'x',
  [],
  [[]],
  {},
  [null],
  { text: 1 },
  [{ text: 'x' }],
  ['', 'x'],
);

async function holds(format: QuizImportFormat, bytes: Uint8Array): Promise<void> {
  const { quiz, rows, imported, skipped, unreadable } = await importQuiz(format, bytes);
  assert.notEqual(unreadable?.code, 'reader_failed');
  assert.equal(quiz === null, imported === 0);
  assert.ok(unreadable === null || (rows.length === 1 && skipped === 0));
  for (const row of rows) assert.deepEqual(faultsIn(ImportRow, row), []);
  if (quiz === null) return;
  assert.equal(quiz.questions.length, imported);
  assert.deepEqual(faultsIn(QuizBody, quiz), []);
  assert.deepEqual(quizFaults(quiz), []);
}

type Mutation = { at: number; length: number; put: Uint8Array };
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 12 }),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc
      .constantFrom(
        '"',
        '{',
        '}',
        '[',
        ']',
        '<',
        '>',
        '&',
        ';',
        '\n',
        '\n\n',
        '\0',
        '=',
        '~',
        '%',
        '1e999',
        '-',
        '|',
        '\\',
        'é',
      )
      .map((sign) => new TextEncoder().encode(sign)),
  ),
});

function mutated(bytes: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
  return mutations.reduce((before, { at, length, put }) => {
    const start = Math.floor(at * before.length);
    return Buffer.concat([before.subarray(0, start), put, before.subarray(start + length)]);
  }, bytes);
}

for (const format of importFormats) {
  test(`${format}: bytes of any kind`, () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), anyText.map(encoded)), (bytes) =>
        holds(format, bytes),
      ),
      { numRuns: 10 },
    ));

  test(`${format}: real files with bytes changed, taken out and put in`, () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds[format]),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        (name, mutations) => holds(format, mutated(fixture(name), mutations)),
      ),
      { numRuns: 15 },
    ));
}

test('JSON of any shape', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record(
          {
            kind: fc.constantFrom(
              'single',
              'multiple',
              'poll',
              'order',
              'true_false',
              'text',
              'number',
              'rating',
              'word_cloud',
              '__proto__',
            ),
            prompt: fc.oneof(anyText, anyJson),
            choices: fc.oneof(fc.array(fc.record({ text: anyText, correct: fc.boolean() })), anyJson),
            accepted: fc.oneof(fc.array(anyText), anyJson),
            answer: fc.oneof(fc.double(), fc.boolean(), anyJson),
            tolerance: fc.oneof(fc.double(), anyJson),
            min: fc.double(),
            max: fc.oneof(fc.double(), anyJson),
            max_words: fc.double(),
            points: fc.oneof(fc.double(), anyJson),
            time_limit_seconds: fc.double(),
            category: fc.oneof(anyText, anyJson),
            explanation: fc.oneof(anyText, anyJson),
            media_url: fc.oneof(
              fc.constant('https://example.org/a.png'),
              anyText.map((text) => `https://${text}`),
            ),
          },
          { requiredKeys: ['kind', 'prompt'] },
        ),
        { maxLength: 5 },
      ),
      (questions) => holds('json', encoded(JSON.stringify(questions))),
    ),
    { numRuns: 40 },
  ));

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
