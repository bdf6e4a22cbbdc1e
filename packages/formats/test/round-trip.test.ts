/** A quiz that goes out and comes in again is the same quiz, as far as its format can hold it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { AuthoredQuestion, AuthoredQuiz } from '@partyline/core';
import { quizFaults } from '@partyline/core';
import { exportFormats } from '@partyline/protocol';
import fc from 'fast-check';
import { oneLine, severalLines } from '../src/clean-text.ts';
import { exportQuiz, importQuiz, type QuizExportFormat } from '../src/index.ts';

/** Texts as they are stored: clean already. Signs that formats give a meaning to are more frequent than in prose. */
const signs = [
  ...'=~#{}:\\%[]|,;"\'<>&*-+@./$_x0041 ÄéЖ漢💡',
  '->',
  '//',
  '::',
  '[plain]',
  '[html]',
  '%50%',
  '&amp;',
  '<b>',
  ']]>',
  'ANSWER: A',
  'A. ',
  'T',
];
/** Latin to Katakana. fast-check's own `string` and `webUrl` take a second to set up. */
const letter = fc.integer({ min: 0x20, max: 0x30ff }).map((code) => String.fromCodePoint(code));
const lineText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.constantFrom(...signs), letter), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => oneLine(parts.join('')).slice(0, maxLength).toWellFormed().normalize('NFC').trim())
    .filter((text) => text !== '' && oneLine(text) === text);
const prose = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(lineText(maxLength), { minLength: 1, maxLength: 3 })
    .map((lines) => severalLines(lines.join('\n')))
    .filter((text) => text.length <= maxLength);

const details = fc.record(
  {
    time_limit_seconds: fc.integer({ min: 5, max: 300 }),
    points: fc.integer({ min: 0, max: 10_000 }),
    category: lineText(50),
    explanation: prose(200),
    media_url: fc
      .array(fc.constantFrom(..."az09-._~%2f?#&=+,;:@()'*|"))
      .map((signs) => `https://example.org/${signs.join('')}`),
  },
  { requiredKeys: [] },
);
const number = fc.oneof(
  fc.integer({ min: -1e9, max: 1e9 }),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
);
const texts = fc.uniqueArray(lineText(80), {
  minLength: 2,
  maxLength: 8,
  selector: (text) => text.normalize('NFKC').trim().toLowerCase(),
});

const answering = fc.oneof(
  fc.tuple(texts, fc.nat()).map(([choices, right]) => ({
    kind: 'single' as const,
    choices: choices.map((text, i) => (i === right % choices.length ? { text, correct: true } : { text })),
  })),
  fc.tuple(texts, fc.integer({ min: 1, max: 255 })).map(([choices, right]) => ({
    kind: 'multiple' as const,
    choices: choices.map((text, i) => (i === 0 || ((right >> i) & 1) === 1 ? { text, correct: true } : { text })),
  })),
  texts.map((choices) => ({ kind: 'poll' as const, choices: choices.map((text) => ({ text })) })),
  texts.map((choices) => ({ kind: 'order' as const, choices: choices.map((text) => ({ text })) })),
  fc.boolean().map((answer) => ({ kind: 'true_false' as const, answer })),
  fc
    .uniqueArray(fc.tuple(lineText(60), fc.boolean()), { minLength: 1, maxLength: 6, selector: ([text]) => text })
    .map((accepted) => ({
      kind: 'text' as const,
      accepted: accepted.map(([text, isSensitive]) => (isSensitive ? { text, case_sensitive: true } : { text })),
    })),
  fc
    .tuple(number, fc.option(fc.integer({ min: 0, max: 50 })))
    .map(([answer, tolerance]) =>
      tolerance === null ? { kind: 'number' as const, answer } : { kind: 'number' as const, answer, tolerance },
    ),
  fc
    .tuple(number, fc.integer({ min: 1, max: 9 }))
    .map(([answer, around]) => ({ kind: 'number' as const, answer, min: answer - around, max: answer + around })),
  fc
    .option(fc.integer({ min: 2, max: 10 }))
    .map((max) => (max === null ? { kind: 'rating' as const } : { kind: 'rating' as const, max })),
  fc
    .option(fc.integer({ min: 1, max: 5 }))
    .map((max_words) =>
      max_words === null ? { kind: 'word_cloud' as const } : { kind: 'word_cloud' as const, max_words },
    ),
);
const question: fc.Arbitrary<AuthoredQuestion> = fc
  .tuple(prose(300), details, answering)
  .map(([prompt, more, answers]) => ({ ...answers, prompt, ...more }) as AuthoredQuestion);
const quiz: fc.Arbitrary<AuthoredQuiz> = fc
  .record(
    {
      title: lineText(80),
      description: prose(200),
      language: fc.constantFrom('en', 'pt-BR'),
      questions: fc.array(question, { minLength: 1, maxLength: 4 }),
    },
    { requiredKeys: ['title', 'questions'] },
  )
  .filter((made) => quizFaults(made).length === 0);

type Kept = (question: AuthoredQuestion) => unknown;

/** Choices of `single` and `multiple` are shuffled in play: where they stand tells nothing. */
const inNoOrder: Kept = (question) =>
  question.kind === 'single' || question.kind === 'multiple'
    ? { ...question, choices: question.choices.toSorted((a, b) => (a.text < b.text ? -1 : 1)) }
    : question;

/** What Moodle's formats keep. */
const moodle: Kept = (question) => {
  const { prompt, kind, category, explanation } = question;
  switch (kind) {
    case 'number':
      return { prompt, kind, category, explanation, answer: question.answer, tolerance: question.tolerance ?? 0 };
    case 'text':
      return { prompt, kind, category, explanation, accepted: question.accepted.map(({ text }) => text) };
    default:
      return { ...question, time_limit_seconds: undefined, points: undefined, media_url: undefined };
  }
};

const keeps: Record<QuizExportFormat, { title: boolean; kept: Kept }> = {
  json: { title: true, kept: (question) => question },
  csv: { title: false, kept: inNoOrder },
  gift: { title: false, kept: moodle },
  moodle_xml: { title: false, kept: moodle },
  aiken: {
    title: false,
    kept: (question) => 'choices' in question && { prompt: question.prompt, choices: question.choices },
  },
  kahoot: {
    title: false,
    kept: (question) => {
      const { prompt } = question;
      if (question.kind === 'true_false') return { prompt, right: [question.answer ? 'True' : 'False'] };
      const choices = 'choices' in question ? question.choices : [];
      const right = choices.flatMap((choice) => ('correct' in choice && choice.correct === true ? [choice.text] : []));
      return { prompt, right };
    },
  },
};

for (const format of exportFormats) {
  test(`${format}: what goes out comes in again`, () =>
    fc.assert(
      fc.asyncProperty(quiz, async (made) => {
        const file = await exportQuiz(format, made);
        const { title, kept } = keeps[format];
        const left = new Set(file.notes.filter(({ effect }) => effect === 'left_out').map(({ question }) => question));
        const wanted = made.questions.filter((_, index) => !left.has(index + 1));
        assert.equal(file.exported, wanted.length);
        const imported = await importQuiz(format, file.bytes);
        assert.deepEqual((imported.quiz?.questions ?? []).map(plain(kept)), wanted.map(plain(kept)));
        if (title) assert.deepEqual({ ...imported.quiz, questions: [] }, { ...made, questions: [] });
      }),
      { numRuns: 15 },
    ));
}

/** Without fields that are undefined. */
function plain(kept: Kept): (question: AuthoredQuestion) => unknown {
  return (question) => JSON.parse(JSON.stringify(kept(question)));
}

test('what a format cannot hold is named, question by question', async () => {
  const questions: AuthoredQuestion[] = [
    { kind: 'single', prompt: 'Which?', choices: [{ text: 'a', correct: true }, { text: 'b' }] },
    { kind: 'poll', prompt: 'Vote', choices: [{ text: 'a' }, { text: 'b' }] },
    { kind: 'text', prompt: 'Arrow?', accepted: [{ text: 'a -> b' }] },
    { kind: 'single', prompt: 'Which?\nA. is it?', points: 5, choices: [{ text: 'a', correct: true }, { text: 'b' }] },
  ];
  const lines = async (format: QuizExportFormat): Promise<string[]> =>
    (await exportQuiz(format, { title: 't', questions })).notes.map(
      ({ question, code, effect }) => `${question} ${effect} ${code}`,
    );
  assert.deepEqual(await lines('json'), []);
  assert.deepEqual(await lines('csv'), []);
  assert.deepEqual(await lines('gift'), [
    '2 left_out kind_unsupported',
    '3 left_out text_unfit',
    '4 changed field_ignored',
  ]);
  assert.deepEqual(await lines('aiken'), [
    '2 left_out kind_unsupported',
    '3 left_out kind_unsupported',
    '4 left_out text_unfit',
  ]);
  assert.deepEqual(await lines('moodle_xml'), ['2 left_out kind_unsupported', '4 changed field_ignored']);
  assert.deepEqual(await lines('kahoot'), [
    '2 left_out kind_unsupported',
    '3 left_out kind_unsupported',
    '4 changed field_ignored',
  ]);
});
