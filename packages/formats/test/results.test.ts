/** Results as files: what stands in them, and what no spreadsheet may take for a formula (T14). */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Question, StoredResults } from '@partyline/core';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { attachment, fileName, type ReadableResults, resultsCsv, resultsXlsx } from '../src/index.ts';
import { workbookTable } from '../src/workbook-read.ts';
import { openZip } from '../src/zip.ts';

type Choice = StoredResults['answers'][number]['choice'];

const question: Question = {
  ...{ id: 'q1', kind: 'single', prompt: 'Which?', category: 'Science', time_limit_ms: 20_000, points: 1_000 },
  choices: ['Ash', 'Birch', 'Cedar|Pine'].map((text, place) => ({ id: 'abc'.charAt(place), text })),
  key: { kind: 'choices', correct: ['a'] },
};

function results(nickname = 'Zoë', choice: Choice = 'a', asked: Partial<Question> = {}): ReadableResults {
  return {
    questions: new Map([[1, { ...question, ...asked }]]),
    party: {
      party_id: 'p',
      game_id: 'g',
      room_code: '123456',
      kind: 'room',
      title: 'Quiz night',
      owner_id: 'h',
      settings: {},
      rounds: 1,
      started_at: null,
      ended_at: '2026-01-01T00:00:00.000Z',
    },
    leaderboard: [{ rank: 1, user_id: 'u1', nickname, score: 967, correct: 1, answered: 1, mean_ms: 2000.5 }],
    players_total: 1,
    answers: [
      {
        round: 1,
        question_id: 'q1',
        kind: 'single',
        user_id: 'u1',
        nickname,
        choice,
        correct: true,
        points: 967,
        elapsed_ms: 2000,
      },
    ],
    categories: [{ user_id: 'u1', category: 'Science, "hard"', answered: 1, correct: 1, points: 967 }],
  };
}

test('the leaderboard as CSV, with a byte order mark and the line ends of RFC 4180', () => {
  assert.equal(
    resultsCsv(results(), 'leaderboard'),
    '\uFEFFrank,nickname,score,correct,answered,mean_ms\r\n1,Zoë,967,1,1,2000.5\r\n',
  );
});

test('where there are teams the leaderboard ends with a column of them, for who has none as well', async () => {
  const [line] = results().leaderboard;
  assert.ok(line !== undefined);
  const leaderboard = [
    { ...line, team: '=Owls' },
    { ...line, rank: null, nickname: 'Bob' },
  ];
  assert.equal(
    resultsCsv({ ...results(), leaderboard }, 'leaderboard'),
    "\uFEFFrank,nickname,score,correct,answered,mean_ms,team\r\n1,Zoë,967,1,1,2000.5,'=Owls\r\n,Bob,967,1,1,2000.5,\r\n",
  );
  const { rows } = await workbookTable(await resultsXlsx({ ...results(), leaderboard }));
  assert.deepEqual(rows[0]?.cells.at(-1), 'team');
});

test('one row per answer as CSV', () => {
  assert.equal(
    resultsCsv(results(), 'answers'),
    '\uFEFFround,question,kind,nickname,choice,correct,points,elapsed_ms\r\n1,Which?,single,Zoë,Ash,true,967,2000\r\n',
  );
});

test('categories as CSV, by nickname, with quotes doubled', () => {
  assert.equal(
    resultsCsv(results(), 'categories'),
    '\uFEFFnickname,category,answered,correct,points\r\nZoë,"Science, ""hard""",1,1,967\r\n',
  );
});

const choices: [kind: Question['kind'], choice: Choice, cell: string][] = [
  ['single', 'b', 'Birch'],
  ['true_false', 'true', 'True'],
  ['poll', null, ''],
  ['multiple', ['a', 'b'], 'Ash|Birch'],
  ['order', ['b', 'c', 'a'], 'Birch|Cedar\\|Pine|Ash'],
  ['text', 'a', 'a'],
  ['text', '-2.5', "'-2.5"],
  ['number', -2.5, '-2.5'],
  ['number', 0, '0'],
  ['rating', 4, '4'],
  ['word_cloud', ['red', 'blue'], 'red|blue'],
];
const truths = ['True', 'False'].map((text) => ({ id: text.toLowerCase(), text }));
const chosenFrom: Partial<Record<Question['kind'], Question['choices']>> = {
  ...{ single: question.choices, multiple: question.choices, order: question.choices, poll: question.choices },
  true_false: truths,
};

for (const [kind, choice, cell] of choices) {
  test(`the ${kind} answer ${JSON.stringify(choice)} is the cell ${cell || 'of nothing'}`, () => {
    const asked = { kind, choices: chosenFrom[kind] ?? [] };
    assert.equal(parsed(resultsCsv(results('Zoë', choice, asked), 'answers'))[1]?.[4], cell);
  });
}

test('an answer whose question is not stored any more goes by its ids', () => {
  const [, row] = parsed(resultsCsv({ ...results('Zoë', ['a', 'c']), questions: new Map() }, 'answers'));
  assert.deepEqual([row?.[1], row?.[4]], ['q1', 'a|c']);
});

const payloads = [
  '=HYPERLINK("https://evil.example","click")',
  "=cmd|' /C calc'!A0",
  '+SUM(1;1)',
  '-2+3+cmd',
  '@SUM(1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝1+1',
  '=1+1";=1+1',
  '=1,=2',
  "'=1+1",
];

const risky = /^[=+\-@\t\r\n＝＋－＠]/;
const sheet = (number: number): string => `xl/worksheets/sheet${number}.xml`;

for (const payload of payloads) {
  test(`no formula: ${JSON.stringify(payload)}`, async () => {
    const harmful = results(payload, payload);
    for (const table of ['leaderboard', 'answers', 'categories'] as const) {
      const rows = parsed(resultsCsv(harmful, table));
      for (const cell of rows.slice(1).flat()) assert.doesNotMatch(cell, risky);
      assert.ok(rows[1]?.includes(`'${payload}`), 'the text itself is all there');
    }
    const { rows } = await workbookTable(await resultsXlsx(harmful));
    assert.equal(rows[1]?.cells[1], `'${payload}`);
    const written = { prompt: payload, choices: [{ id: 'a', text: payload }] };
    for (const choice of ['a', ['a', 'a']]) {
      const [, row] = parsed(resultsCsv(results('Zoë', choice, written), 'answers'));
      assert.deepEqual([row?.[1], row?.[4]?.startsWith("'")], [`'${payload}`, true]);
      const answers = String(openZip(await resultsXlsx(results('Zoë', choice, written)), 1_000_000).read(sheet(2)));
      for (const [, text] of answers.matchAll(/<t[^>]*>([^<]*)<\/t>/g)) assert.doesNotMatch(text ?? '', risky);
      assert.doesNotMatch(answers, /<f[ >]/);
    }
  });
}

test('what stands first is all that matters: other texts stay as they are', () => {
  for (const text of ['a=1', 'Zoë-Anne', 'x@y', "O'Neil", '1', '漢字', 'a\tb']) {
    assert.equal(parsed(resultsCsv(results(text), 'leaderboard'))[1]?.[1], text);
  }
});

test('any nickname comes out of the CSV as it went in, with at most one sign in front', () =>
  fc.assert(
    fc.property(
      fc
        .array(
          fc.oneof(
            fc.constantFrom(...'=+-@\t\r\n",;\''),
            fc.integer({ min: 0x20, max: 0x30ff }).map((code) => String.fromCodePoint(code)),
          ),
          { minLength: 1, maxLength: 8 },
        )
        .map((letters) => letters.join('')),
      (nickname) => {
        const cell = parsed(resultsCsv(results(nickname), 'answers'))[1]?.[3] ?? '';
        assert.ok(cell === nickname || cell === `'${nickname}`);
      },
    ),
    { numRuns: 50 },
  ));

test('the workbook has the three tables, numbers as numbers and no formula anywhere', async () => {
  const bytes = await resultsXlsx(results('=1+1', -5));
  const zip = openZip(bytes, 1_000_000);
  assert.match(String(zip.read('xl/workbook.xml')), /"Leaderboard".*"Answers".*"Categories"/);
  const answers = String(zip.read('xl/worksheets/sheet2.xml'));
  assert.match(answers, /<c r="D2" t="inlineStr"><is><t xml:space="preserve">'=1\+1<\/t><\/is><\/c>/);
  assert.match(answers, /<c r="E2"><v>-5<\/v><\/c><c r="F2" t="b"><v>1<\/v><\/c>/);
  for (const sheet of [1, 2, 3]) assert.doesNotMatch(String(zip.read(`xl/worksheets/sheet${sheet}.xml`)), /<f[ >]/);
});

test('texts that XML or a workbook cannot hold do no harm', async () => {
  for (const [nickname, shown] of [
    ['a\u0001b\uFFFE', 'ab'],
    ['<&>"\'', '<&>"\''],
    ['_x0041_', '_x0041_'],
    ['half\ud800', 'half\uFFFD'],
    [' spaces ', ' spaces '],
  ] as const) {
    const { rows } = await workbookTable(await resultsXlsx(results(nickname)));
    assert.equal(rows[1]?.cells[1], shown);
  }
});

test('a workbook of 8,000 answers gives other work a turn while it is made', async () => {
  const [answer] = results().answers;
  const many = { ...results(), answers: Array.from({ length: 8_000 }, () => answer) } as ReadableResults;
  let turns = 0;
  let isDone = false;
  const other = (): void => {
    turns += 1;
    if (!isDone) setImmediate(other);
  };
  setImmediate(other);
  await resultsXlsx(many);
  isDone = true;
  assert.ok(turns >= 4, `${turns} turns`);
});

const names: [title: string, name: string][] = [
  ['Quiz night', 'Quiz-night.csv'],
  ['../../etc/passwd', 'etc-passwd.csv'],
  ['a\r\nset-cookie: x=1', 'a-set-cookie-x-1.csv'],
  ['"; filename="evil.exe', 'filename-evil-exe.csv'],
  ['Größe 漢字', 'Größe-漢字.csv'],
  ['...', 'quiz.csv'],
  ['x'.repeat(500), `${'x'.repeat(80)}.csv`],
];

for (const [title, name] of names) {
  test(`the file of ${JSON.stringify(title.slice(0, 30))} is ${name.slice(0, 30)}`, () => {
    assert.equal(fileName(title, 'csv'), name);
    assert.match(attachment(name), /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.%~-]+$/);
  });
}

function parsed(csv: string): string[][] {
  return parse(csv, { bom: true, record_delimiter: '\r\n' });
}
