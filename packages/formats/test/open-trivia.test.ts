import assert from 'node:assert/strict';
import test from 'node:test';
import { poolRows, readOpenTrivia, type TriviaQuestion } from '../src/index.ts';

const sample = {
  type: 'multiple',
  difficulty: 'easy',
  category: 'Entertainment: Video Games',
  question: 'Which hero is blue?',
  correct_answer: 'Sonic',
  incorrect_answers: ['Mario', 'Kirby', 'Link'],
};

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const file = (...rows: unknown[]): Uint8Array => bytes({ response_code: 0, results: rows });

function questionsOf(...rows: unknown[]): TriviaQuestion[] {
  const reading = readOpenTrivia(file(...rows));
  assert.equal(reading.result, 'read');
  return reading.result === 'read' ? reading.questions : [];
}

function faultsOf(...rows: unknown[]): string[] {
  const reading = readOpenTrivia(file(...rows));
  const report = reading.result === 'read' ? reading.report : [];
  return report.map(({ row, column, level, code }) => `${row} ${column} ${level} ${code}`);
}

const base64 = (value: unknown): unknown => {
  if (typeof value === 'string') return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(base64);
  return Object.fromEntries(Object.entries(value as object).map(([name, held]) => [name, base64(held)]));
};

test('a question is read, without the prefix of its category', () => {
  assert.deepEqual(questionsOf(sample), [
    {
      row: 1,
      kind: 'single',
      prompt: 'Which hero is blue?',
      category: 'Video Games',
      difficulty: 'easy',
      answer: 'Sonic',
      wrong: ['Mario', 'Kirby', 'Link'],
    },
  ]);
});

const categories: [given: string, read: string][] = [
  ['Entertainment: Japanese Anime &amp; Manga', 'Japanese Anime & Manga'],
  ['Science: Computers', 'Computers'],
  ['Science &amp; Nature', 'Science & Nature'],
  ['General Knowledge', 'General Knowledge'],
];

for (const [given, read] of categories) {
  test(`the category ${given} is ${read}`, () =>
    assert.equal(questionsOf({ ...sample, category: given })[0]?.category, read));
}

const entities: [encoded: string, plain: string][] = [
  ['&quot;D&#039;oh&quot; &amp; &lt;3', '"D\'oh" & <3'],
  ['Pok&eacute;mon &uuml;ber &Scaron;koda', 'Pokémon über Škoda'],
  ['&ldquo;a&rdquo; &lsquo;b&rsquo; &hellip; &ndash; &mdash; &deg; &pi; &Delta;', '“a” ‘b’ … – — ° π Δ'],
  ['3&times;3&frac12; &radic;2 &ne; &infin;', '3×3½ √2 ≠ ∞'],
  ['&#x1F600; &#128512;', '😀 😀'],
  ['&NotEqualTilde; &CounterClockwiseContourIntegral;', '≂̸ ∳'],
  ['one&nbsp;two&shy;three&zwnj;', 'one two\u00ADthree\u200C'],
  ['AT&T, Q&A and &unknown;', 'AT&T, Q&A and &unknown;'],
  ['&amp;lt;b&amp;gt; is how it is written', '&lt;b&gt; is how it is written'],
];

for (const [encoded, plain] of entities) {
  test(`${encoded} reads ${plain}`, () =>
    assert.equal(questionsOf({ ...sample, question: encoded })[0]?.prompt, plain));
}

test('base64 is told by the type of a row, and holds any language', () => {
  const row = { ...sample, question: 'Où est Ōsaka? &amp; stays', category: 'Science: Gadgets' };
  const [question] = questionsOf(base64(row));
  assert.deepEqual(question, { ...questionsOf(sample)[0], prompt: 'Où est Ōsaka? &amp; stays', category: 'Gadgets' });
});

test('a true/false question is read as one', () => {
  const row = { ...sample, type: 'boolean', correct_answer: 'False', incorrect_answers: ['True'] };
  const [plain, encoded] = questionsOf(row, base64(row));
  assert.deepEqual([plain?.kind, plain?.answer], ['true_false', false]);
  assert.deepEqual({ ...encoded, row: 1 }, plain);
});

test('line breaks, control characters and outer spaces do not survive', () => {
  assert.equal(questionsOf({ ...sample, question: ' a\n\u0000b\t c ' })[0]?.prompt, 'a b c');
});

test('a list without its envelope, a byte order mark and an unknown difficulty are taken', () => {
  const reading = readOpenTrivia(Buffer.from(`\uFEFF${JSON.stringify([{ ...sample, difficulty: 'brutal' }])}`));
  assert.equal(reading.result === 'read' && reading.questions[0]?.difficulty, null);
});

const broken: [what: string, row: unknown, fault: string][] = [
  ['a row that is text', 'hello', '2 null error not_an_object'],
  ['a row that is null', null, '2 null error not_an_object'],
  ['a row that is a list', [], '2 null error not_an_object'],
  ['no type', { ...sample, type: undefined }, '2 type error missing'],
  ['an unknown type', { ...sample, type: 'essay' }, '2 type error unknown_type'],
  ['no question', { ...sample, question: undefined }, '2 question error missing'],
  ['an empty question', { ...sample, question: ' &nbsp; ' }, '2 question error missing'],
  ['a question that is a number', { ...sample, question: 7 }, '2 question error missing'],
  ['an endless question', { ...sample, question: 'x'.repeat(501) }, '2 question error too_long'],
  ['no answer', { ...sample, correct_answer: null }, '2 correct_answer error missing'],
  ['no wrong answers', { ...sample, incorrect_answers: [] }, '2 incorrect_answers error bad_choices'],
  ['wrong answers as text', { ...sample, incorrect_answers: 'Mario' }, '2 incorrect_answers error bad_choices'],
  ['eight wrong answers', { ...sample, incorrect_answers: [...'12345678'] }, '2 incorrect_answers error bad_choices'],
  [
    'a wrong answer that is right',
    { ...sample, incorrect_answers: ['a', 'Sonic', 'b'] },
    '2 incorrect_answers error repeated_choice',
  ],
  [
    'the same wrong answer twice',
    { ...sample, incorrect_answers: ['a', 'b', 'a '] },
    '2 incorrect_answers error repeated_choice',
  ],
  [
    'a true/false of neither',
    { ...sample, type: 'boolean', correct_answer: 'Maybe' },
    '2 correct_answer error bad_choices',
  ],
  ['half base64', { ...(base64(sample) as object), question: 'not base64!' }, '2 question error bad_encoding'],
  ['base64 that is no text', { ...(base64(sample) as object), question: '/////w==' }, '2 question error bad_encoding'],
];

for (const [what, row, fault] of broken) {
  test(`${what} costs its own row only`, () => {
    assert.deepEqual(faultsOf(sample, row, sample), [fault]);
    assert.equal(questionsOf(sample, row, sample).length, 2);
  });
}

const refusals: [what: string, given: Uint8Array, code: string][] = [
  ['nothing', new Uint8Array(), 'not_json'],
  ['a spreadsheet', Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0xfe), 'not_text'],
  ['half a file', file(sample).slice(0, 100), 'not_json'],
  ['another JSON', bytes({ questions: [] }), 'wrong_format'],
  ['a number', bytes(7), 'wrong_format'],
  ['null', bytes(null), 'wrong_format'],
  ['an empty answer', bytes({ response_code: 5, results: [] }), 'no_questions'],
  ['too many rows', bytes(Array.from({ length: 10_001 }, () => 1)), 'too_many_rows'],
  ['too many bytes', new Uint8Array(10 * 1024 * 1024 + 1), 'too_large'],
];

for (const [what, given, code] of refusals) {
  test(`${what} is refused: ${code}`, () => {
    const reading = readOpenTrivia(given);
    assert.equal(reading.result === 'refused' && reading.code, code);
  });
}

test('an empty answer says what Open Trivia DB said', () => {
  const reading = readOpenTrivia(bytes({ response_code: 5, results: [] }));
  assert.match(reading.result === 'refused' ? reading.message : '', /response code 5, asked too often/);
});

test('the pool takes questions with three wrong choices, each once', () => {
  const { rows, report } = poolRows(
    questionsOf(
      sample,
      { ...sample, type: 'boolean', correct_answer: 'True', incorrect_answers: ['False'] },
      { ...sample, question: 'Two wrong?', incorrect_answers: ['a', 'b'] },
      { ...sample, question: 'Four wrong?', incorrect_answers: ['a', 'b', 'c', 'd'] },
      { ...sample, category: 'VIDEO GAMES' },
      { ...sample, category: 'Music' },
    ),
  );
  assert.deepEqual(
    rows.map(({ row, category }) => [row, category]),
    [
      [1, 'Video Games'],
      [6, 'Music'],
    ],
  );
  assert.deepEqual(
    report.map(({ row, level, code }) => `${row} ${level} ${code}`),
    ['2 warning unsupported_type', '3 warning unsupported_type', '4 warning unsupported_type', '5 warning duplicate'],
  );
});
