/** Real files of each format, with the traps that such files hold: what is kept, and what is said of the rest. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { importQuiz, type QuizImportFormat } from '../src/index.ts';
import { fixture, questionLine, reportLines } from './fixture.ts';
import { made } from './fixtures/make.ts';

interface Expected {
  format: QuizImportFormat;
  file: string;
  questions: string[];
  report: string[];
}

const expected: Expected[] = [
  {
    format: 'json',
    file: 'quiz.json',
    questions: [
      'single: é: one letter? | *yes, no',
      'multiple: Which? | *a, *b, c',
      'true_false: Is it? | false',
      'text: Who? | Me, ME!',
      'number: How many? | 5 ± 0.5',
      'order: Sort | 1, 2, 3',
      'poll: Vote | yes, no',
      'rating: Rate | to 10',
      'word_cloud: Words | 2 words',
    ],
    report: [
      '8 null range_changed warning',
      '9 mood field_ignored warning',
      '10 kind kind_unsupported warning',
      '11 null correct_forbidden error',
      '12 null correct_several error',
      '13 null number_invalid error',
      '14 null correct_missing error',
      '15 choices field_missing error',
      '16 null row_malformed error',
    ],
  },
  {
    format: 'csv',
    file: 'quiz.csv',
    questions: [
      'single: Which of these is a "planet"? | *Mars, Moon, Sun',
      'multiple: Which are prime? | *2, *3, *5, 4, 6',
      'true_false: The Earth is flat. | false',
      'text: Who wrote Faust? | Goethe, Johann Wolfgang von Goethe',
      'number: In which year did the Wall fall? | 1989 ± closest',
      'order: From small to large | atom, cell, mouse, whale',
      'poll: Tea or coffee? | Tea, Coffee, Water, please',
      'rating: How was it? | to 5',
      'word_cloud: One word for today | 1 words',
      'single: No type but wrong ones | *yes, no, maybe',
      'true_false: No type and a truth | true',
      'text: No type and a text | forty-two',
      'single: =1+1 is two | *-2, 2',
      'multiple: Escaped bars | *a|b, *c\\d, x',
      'single: Hurry | *a, b',
    ],
    report: [
      '16 question prompt_missing error',
      '17 correct correct_missing error',
      '18 null choices_too_few error',
      '19 type kind_unsupported warning',
      '20 correct number_invalid error',
      '21 null media_dropped warning',
      '21 null time_limit_changed warning',
      '21 null points_changed warning',
    ],
  },
  {
    format: 'csv',
    file: 'quiz-utf16-tabs.txt',
    questions: ['single: Größte Stadt? | *São Paulo, Köln, Łódź', 'true_false: 2 + 2 = 4 | true'],
    report: [],
  },
  {
    format: 'csv',
    file: 'quiz-windows-1252.csv',
    questions: ['single: Größte Stadt? | *São Paulo, Köln, Lodz', 'true_false: 2 + 2 = 4 | true'],
    report: ['0 null encoding_guessed warning'],
  },
  {
    format: 'csv',
    file: 'quiz-semicolons.csv',
    questions: ['single: Größte Stadt? | *São Paulo, Köln, Łódź', 'true_false: 2 + 2 = 4 | true'],
    report: [],
  },
  {
    format: 'opentdb',
    file: 'opentdb.json',
    questions: [
      'single: In "Pokémon", what is Ash\'s first one? | *Pikachu, Charmander, Squirtle, Bulbasaur',
      'true_false: Water boils at 100°C – at sea level. | true',
    ],
    report: [
      '3 incorrect_answers row_malformed error',
      '4 type kind_unsupported warning',
      '5 question prompt_missing error',
    ],
  },
  {
    format: 'opentdb',
    file: 'opentdb-base64.json',
    questions: [
      'single: Which is "HTML" for café? | *caf&eacute;, cafe, caf%C3%A9, café&',
      'true_false: Is "Amélie" French? | true',
    ],
    report: [],
  },
  {
    format: 'kahoot',
    file: 'kahoot.xlsx',
    questions: [
      'single: Which planet is the red one? | Venus, *Mars, Earth',
      'multiple: Which are prime? <2 & 3> | *2, *3, 4, 6',
      'multiple: A list that a comma locale made a number | *a, b, *c, d',
      'multiple: A list that a thousands separator made a number | a, *b, c, *d',
      'single: Which share, and when? | *50%, 2024-12-25, TRUE',
      'single: A time of its own | a, *b',
      'single: Too fast | a, *b',
    ],
    report: [
      '11 Correct answer(s) - choose at least one correct_read_as_list warning',
      '12 Correct answer(s) - choose at least one correct_read_as_list warning',
      '14 Correct answer(s) - choose at least one correct_missing error',
      '15 Correct answer(s) - choose at least one correct_invalid error',
      '16 null choices_too_few error',
      '17 null choices_repeated error',
      '18 Question - max 120 characters prompt_missing error',
      '19 Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs time_limit_changed warning',
      '20 null time_limit_changed warning',
    ],
  },
  {
    format: 'kahoot',
    file: 'kahoot-first-row.xlsx',
    questions: ['single: Which ocean is largest? | Atlantic, *Pacific'],
    report: [],
  },
  {
    format: 'gift',
    file: 'quiz.gift.txt',
    questions: [
      'single: What is the speed of light? (see http://example.org: "c") | *about 300\\,000 km/s, about 30\\,000 km/s, 1 = 1',
      'multiple: Which are units of length? | *metre, *inch, litre',
      'true_false: Is a light year a time? | false',
      'text: Two plus _____ equals four. | two, 2',
      'number: When was Ulysses S. Grant born? | 1822 ± 5',
      'number: What is pi? | 3.1415 ± 0.0005',
      'number: What is e? | 2.718 ± 0.001',
      'single: Who was not an emperor? | *Cicero, Nero, <Titus>',
      'single: Escapes : = ~ # { } \\ and\na line | *a=b, c~d',
    ],
    report: [
      '4 null weights_dropped warning',
      '16 null weights_dropped warning',
      '22 null weights_dropped warning',
      '29 null media_dropped warning',
      '31 null kind_unsupported warning',
      '33 null kind_unsupported warning',
      '35 null kind_unsupported warning',
      '39 null row_malformed error',
      '41 null row_malformed error',
      '43 null correct_missing error',
    ],
  },
  {
    format: 'aiken',
    file: 'quiz.aiken.txt',
    questions: [
      'single: What is the correct answer to this question? | Is it this one?, Maybe this answer?, *Possibly this one?',
      'single: Which LMS has the most\nquiz import formats? | *Moodle, ATutor, Claroline',
      'single: 3. Café? | ja, *nein',
    ],
    report: ['14 ANSWER correct_missing error', '18 ANSWER correct_invalid error', '23 null row_malformed error'],
  },
  {
    format: 'blooket',
    file: 'blooket.csv',
    questions: [
      'single: What is 7 × 6? | *42, 36, 48',
      'multiple: Which are mammals? | *Whale, Shark, *Bat, Eagle',
      'single: By name | Rome, *Paris',
    ],
    report: [
      '5 Correct Answer(s) (Only include Answer #) correct_invalid error',
      '6 Correct Answer(s) (Only include Answer #) correct_missing error',
    ],
  },
  {
    format: 'gimkit',
    file: 'gimkit.csv',
    questions: [
      'single: Capital of Spain? | *Madrid, Barcelona, Seville',
      'single: 2, 4, 8: what is next? | *16, 12, 10, 32',
    ],
    report: [
      '5 null choices_too_few error',
      '6 Question prompt_missing error',
      '7 Correct Answer correct_missing error',
    ],
  },
  {
    format: 'wayground',
    file: 'wayground.xlsx',
    questions: [
      'single: Largest ocean? | Atlantic, *Pacific, Indian',
      'multiple: Which are noble gases? | *Neon, Oxygen, *Argon',
      'text: Capital of France? | Paris, paris',
      'poll: Tea or coffee? | Tea, Coffee',
      'single: No type at all | *yes, no',
    ],
    report: [
      '5 null media_dropped warning',
      '7 Question Type kind_unsupported warning',
      '8 Question Type kind_unsupported warning',
    ],
  },
  {
    format: 'moodle_xml',
    file: 'moodle.xml',
    questions: [
      'single: Who painted the Mona Lisa & when?\nThink! | *Leonardo, Raphael, a <b> c',
      'multiple: Which are colours? 1 < 2 | *red, *green, *blue, loud',
      'true_false: Paper is made of wood. | true',
      'text: Colour of grass? | Green!',
      'number: Pi? | 3.14 ± 0.01',
    ],
    report: [
      '9 null media_dropped warning',
      '9 feedback weights_dropped warning',
      '9 fraction weights_dropped warning',
      '39 fraction weights_dropped warning',
      '53 type kind_unsupported warning',
      '54 type kind_unsupported warning',
      '55 answer text_unfit error',
      '60 null prompt_missing error',
    ],
  },
];

for (const { format, file, questions, report } of expected) {
  test(`${file} as ${format}`, async () => {
    const imported = await importQuiz(format, fixture(file));
    assert.deepEqual((imported.quiz?.questions ?? []).map(questionLine), questions);
    assert.deepEqual(reportLines(imported), report);
    assert.equal(imported.imported, questions.length);
  });
}

test('every row that is no question is counted, those of other types among them', async () => {
  const { imported, skipped } = await importQuiz('moodle_xml', fixture('moodle.xml'));
  assert.deepEqual([imported, skipped], [5, 4]);
});

test('details come along: category, time, explanation, picture', async () => {
  const { quiz } = await importQuiz('wayground', fixture('wayground.xlsx'));
  const { time_limit_seconds, media_url, explanation } = quiz?.questions[0] ?? {};
  assert.deepEqual(
    [time_limit_seconds, media_url, explanation],
    [30, 'https://example.org/ocean.png', 'It is a third of the Earth.'],
  );
  const moodle = await importQuiz('moodle_xml', fixture('moodle.xml'));
  assert.equal(moodle.quiz?.questions[0]?.category, 'Arts/Crafts');
  assert.equal(moodle.quiz?.questions[0]?.explanation, 'Leonardo, 1503');
  const gift = await importQuiz('gift', fixture('quiz.gift.txt'));
  assert.deepEqual(new Set(gift.quiz?.questions.map(({ category }) => category)), new Set(['Physics', 'History']));
});

test('the binary fixtures are those that make.ts makes', async () => {
  for (const [name, bytes] of Object.entries(await made())) {
    const format = expected.find(({ file }) => file === name)?.format ?? 'json';
    assert.deepEqual(await importQuiz(format, fixture(name)), await importQuiz(format, bytes), name);
  }
});
