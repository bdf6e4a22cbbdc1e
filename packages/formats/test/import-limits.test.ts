/** Files that are too large, hostile or not of their format: each ends in a report, soon and in little memory. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import type { AuthoredQuestion } from '@partyline/core';
import { faultsIn, ImportRow, importFormats, QuizBody } from '@partyline/protocol';
import { importBounds as bounds, importQuiz, type QuizImportFormat, rowCodes } from '../src/index.ts';
import { openZip, writeZip } from '../src/zip.ts';
import { fixture, reportLines, utf8 } from './fixture.ts';

const unreadable: [what: string, format: QuizImportFormat, file: string | Uint8Array, code: string][] = [
  ['nothing', 'csv', '', 'file_empty'],
  ['a byte too many', 'csv', new Uint8Array(bounds.bytes + 1), 'file_too_large'],
  ['prose', 'json', 'Dear all,', 'file_unreadable'],
  ['a number', 'json', '5', 'file_unreadable'],
  ['a thousand brackets', 'json', '['.repeat(100_000), 'file_unreadable'],
  ['another JSON', 'opentdb', '{"questions":[]}', 'file_unreadable'],
  ['an empty answer', 'opentdb', '{"response_code":5,"results":[]}', 'no_questions'],
  ['prose', 'csv', 'Dear all,\nwhat a question', 'header_missing'],
  ['prose', 'kahoot', 'Question, what is it', 'file_unreadable'],
  ['a picture', 'kahoot', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), 'file_unreadable'],
  ['an old workbook', 'kahoot', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'file_unreadable'],
  ['a broken archive', 'kahoot', 'PK\u0003\u0004', 'file_unreadable'],
  ['half a workbook', 'kahoot', fixture('kahoot.xlsx').subarray(0, 2_000), 'file_unreadable'],
  ['an archive of something else', 'kahoot', await archive({ 'word/document.xml': '<a/>' }), 'file_unreadable'],
  ['a workbook without a sheet', 'kahoot', await archive({ 'xl/workbook.xml': '<workbook/>' }), 'file_unreadable'],
  ["another format's workbook", 'wayground', fixture('kahoot.xlsx'), 'header_missing'],
  ['prose', 'gift', 'Dear all,\n\nno braces here.', 'no_questions'],
  ['prose', 'aiken', 'Dear all,\n\nno letters here.', 'no_questions'],
  ['prose', 'moodle_xml', 'Dear all,', 'file_unreadable'],
  ['another XML', 'moodle_xml', '<html><body>hello</body></html>', 'file_unreadable'],
  ['a document type', 'moodle_xml', '<!DOCTYPE quiz [<!ENTITY a "aaa">]><quiz>&a;</quiz>', 'file_unsafe'],
  ['an entity of its own', 'moodle_xml', '<quiz>&lol;</quiz>', 'file_unreadable'],
  ['elements without end', 'moodle_xml', `<quiz>${'<a>'.repeat(200_000)}`, 'file_unsafe'],
  ['a row of a million cells', 'csv', `question,correct\n${','.repeat(1_000_000)}`, 'file_unsafe'],
  ['an archive bomb', 'kahoot', await archive({ 'xl/workbook.xml': ' '.repeat(bounds.unpacked + 1) }), 'file_unsafe'],
  ['a bomb that lies', 'kahoot', lyingBomb(), 'file_unsafe'],
  ['several parts that are too much together', 'kahoot', await parts(), 'file_unsafe'],
];

for (const [what, format, file, code] of unreadable) {
  test(`${what} as ${format} is unreadable: ${code}`, async () => {
    const imported = await importQuiz(format, typeof file === 'string' ? utf8(file) : file);
    assert.equal(imported.unreadable?.code, code);
    assert.deepEqual(reportLines(imported), [`0 null ${code} error`]);
    assert.deepEqual([imported.quiz, imported.imported, imported.skipped], [null, 0, 0]);
  });
}

test('what is no workbook is not said to lack a header', async () => {
  const { unreadable: fault } = await importQuiz('kahoot', utf8('certainly not a workbook'));
  assert.match(fault?.message ?? '', /^this is not an Excel file \(\.xlsx\)/);
});

test('each row says whether it is in the quiz, whatever is remarked of it', async () => {
  const rows = [
    'question,type,correct,wrong1,time_limit',
    'Short?,single,yes,no,1',
    'Drag it,drag_and_drop,a,b,20',
    'Nothing right?,single,,no,1',
  ];
  const imported = await importQuiz('csv', utf8(rows.join('\n')));
  assert.equal(imported.imported, 1);
  const told = imported.rows.map(
    ({ row, severity, left_out }) => `${row} ${severity} ${left_out ? 'left out' : 'kept'}`,
  );
  assert.deepEqual(told, ['2 warning kept', '3 warning left out', '4 error left out']);
});

test('a file of its format without questions is readable, and says that it has none', async () => {
  for (const [format, file] of [
    ['csv', 'question,correct'],
    ['json', '[]'],
    ['moodle_xml', '<quiz/>'],
  ] as const) {
    const imported = await importQuiz(format, utf8(file));
    assert.equal(imported.unreadable, null);
    assert.deepEqual(reportLines(imported), ['0 null no_questions error']);
  }
});

test('rows and columns that call themselves far away cost nothing', async () => {
  const row = (at: string, text: string): string => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const far = `<row r="999999999">${row('A999999999', 'x')}</row><row r="1048576">${row('XFD1048576', 'y')}</row>`;
  const near = `<row r="1">${row('A1', 'question')}${row('B1', 'correct')}${row('C1', 'wrong1')}</row>`;
  const good = `<row r="2">${row('A2', 'Which?')}${row('B2', 'a')}${row('C2', 'b')}${row('ZZZ2', 'far')}</row>`;
  const sheet = (rows: string): Promise<Uint8Array> =>
    archive({
      'xl/workbook.xml': '<workbook/>',
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    });
  const imported = await importQuiz('csv', await sheet(near + good + far));
  assert.equal(imported.imported, 1);
  assert.deepEqual(reportLines(imported), [`${bounds.rows} null too_many_rows error`]);
});

test('a quiz takes 200 questions; where the others begin is reported once', async () => {
  const lines = Array.from({ length: bounds.questions + 5 }, (_, i) => `Question ${i},rating,`);
  const imported = await importQuiz('csv', utf8(`question,type,correct\n${lines.join('\n')}`));
  assert.deepEqual([imported.imported, imported.skipped], [bounds.questions, 5]);
  assert.deepEqual(reportLines(imported), [`${bounds.questions + 2} null too_many_questions error`]);
});

test('a report has an end', async () => {
  const lines = Array.from({ length: bounds.rows + 10 }, () => ',single,a,b');
  const imported = await importQuiz('csv', utf8(`question,type,correct,wrong1\n${lines.join('\n')}`));
  assert.equal(imported.rows.length, bounds.report);
  assert.equal(imported.rows.at(-1)?.code, 'report_cut');
  assert.equal(imported.skipped, bounds.rows - 1);
});

const text = (length: number): string => '💡'.repeat(length);

/** Each bound, with a question that is just within it. */
const fullQuestions: AuthoredQuestion[] = [
  {
    kind: 'multiple',
    prompt: text(bounds.prompt),
    category: text(bounds.category),
    explanation: text(bounds.explanation),
    media_url: `https://example.org/${'a'.repeat(bounds.url - 20)}`,
    time_limit_seconds: bounds.seconds.max,
    points: bounds.points.max,
    choices: Array.from({ length: bounds.choices.max }, (_, i) => ({
      text: i + text(bounds.choice - 1),
      correct: true,
    })),
  },
  {
    kind: 'text',
    prompt: 'p',
    time_limit_seconds: bounds.seconds.min,
    points: bounds.points.min,
    accepted: Array.from({ length: bounds.accepted }, (_, i) => ({ text: i + text(bounds.acceptedText - 2) })),
  },
  { kind: 'number', prompt: 'p', answer: bounds.number, tolerance: bounds.number },
  { kind: 'rating', prompt: 'p', max: bounds.rating.max },
  { kind: 'rating', prompt: 'p', max: bounds.rating.min },
  { kind: 'word_cloud', prompt: 'p', max_words: bounds.words.max },
];

test('what is just within every bound is kept as it is, and the wire takes it', async () => {
  const quiz = { title: text(bounds.title), description: text(bounds.description), questions: fullQuestions };
  const imported = await importQuiz('json', utf8(JSON.stringify(quiz)));
  assert.deepEqual(imported.rows, []);
  assert.deepEqual(imported.quiz, quiz);
  assert.deepEqual(faultsIn(QuizBody, imported.quiz), []);
});

const tooMuch: [what: string, question: object, code: string, kept: boolean][] = [
  ['prompt', { kind: 'rating', prompt: text(bounds.prompt + 1) }, 'text_too_long', false],
  ['an endless prompt', { kind: 'rating', prompt: text(500_000) }, 'text_too_long', false],
  ['category', { kind: 'rating', prompt: 'p', category: text(bounds.category + 1) }, 'text_cut', true],
  ['explanation', { kind: 'rating', prompt: 'p', explanation: text(bounds.explanation + 1) }, 'text_cut', true],
  ['choice', { kind: 'poll', prompt: 'p', choices: ['a', text(bounds.choice + 1)] }, 'text_too_long', false],
  ['choices', { kind: 'poll', prompt: 'p', choices: [...'abcdefghi'] }, 'choices_too_many', false],
  ['accepted', { kind: 'text', prompt: 'p', accepted: [...'abcdefghijklmnopqrstu'] }, 'text_cut', true],
  ['accepted text', { kind: 'text', prompt: 'p', accepted: [text(bounds.acceptedText + 1)] }, 'text_too_long', false],
  [
    'url',
    { kind: 'rating', prompt: 'p', media_url: `https://example.org/${'a'.repeat(2_100)}` },
    'media_dropped',
    true,
  ],
  ['script url', { kind: 'rating', prompt: 'p', media_url: 'javascript:alert(1)' }, 'media_dropped', true],
  ['time limit', { kind: 'rating', prompt: 'p', time_limit_seconds: 301 }, 'time_limit_changed', true],
  ['half seconds', { kind: 'rating', prompt: 'p', time_limit_seconds: 20.5 }, 'time_limit_changed', true],
  ['points', { kind: 'rating', prompt: 'p', points: -1 }, 'points_changed', true],
  ['number', { kind: 'number', prompt: 'p', answer: 1.1e15 }, 'number_invalid', false],
  ['tolerance', { kind: 'number', prompt: 'p', answer: 1, tolerance: -1 }, 'number_invalid', false],
];

for (const [what, question, code, kept] of tooMuch) {
  test(`${what} beyond its bound: ${code}, ${kept ? 'kept' : 'left out'}`, async () => {
    const imported = await importQuiz('json', utf8(JSON.stringify([question])));
    assert.deepEqual(
      imported.rows.map((row) => row.code),
      [code],
    );
    assert.equal(imported.imported, kept ? 1 : 0);
    if (imported.quiz !== null) assert.deepEqual(faultsIn(QuizBody, imported.quiz), []);
  });
}

test('every format of the wire has a reader, and reports keep to the wire', async () => {
  for (const format of importFormats) {
    const { rows } = await importQuiz(format, utf8('nothing of the kind'));
    for (const row of rows) {
      assert.deepEqual(faultsIn(ImportRow, row), []);
      assert.ok(row.code in rowCodes);
    }
  }
});

test('a zip holds what was put into it', async () => {
  const entries = { 'a.txt': 'a', 'b/ü.txt': 'ü'.repeat(1_000), empty: '' };
  const zip = openZip(await archive(entries), 10_000);
  for (const [name, content] of Object.entries(entries)) assert.equal(zip.read(name)?.toString(), content);
  assert.equal(zip.read('c'), null);
});

function archive(files: Record<string, string>): Promise<Uint8Array> {
  return writeZip(Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) })));
}

/** Two parts, each within the allowance. */
function parts(): Promise<Uint8Array> {
  const half = ' '.repeat(bounds.unpacked / 2 + 10);
  return archive({ 'xl/workbook.xml': `<workbook/>${half}`, 'xl/sharedStrings.xml': `<sst/>${half}` });
}

/** Says that it unpacks to a byte. */
function lyingBomb(): Uint8Array {
  const content = Buffer.alloc(bounds.unpacked * 2, 0x20);
  const packed = deflateRawSync(content);
  const name = Buffer.from('xl/workbook.xml');
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(8, 4);
  shared.writeUInt32LE(crc32(content), 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(1, 18);
  shared.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, name, packed]);
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), shared, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
