/** What people's files get wrong, one trap at a time. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { exportQuiz, importQuiz, type QuizImportFormat } from '../src/index.ts';
import { writeWorkbook } from '../src/workbook-write.ts';
import { fixture, questionLine, questionsOf, reportLines, utf8 } from './fixture.ts';

const header = 'question,type,correct,wrong1\n';

test('a header is found in each of the first eight rows, whatever stands above it', async () => {
  const names = [
    'Question – max 120 characters',
    'Answer 1 — max 75',
    'ANSWER 2',
    'Time limit (sec)',
    'Correct answer(s)',
  ];
  for (let row = 1; row <= 8; row += 1) {
    const above = Array.from({ length: row - 1 }, () => ['Quiz template: a Question for each row', null]);
    const rows = [...above, names, ['Which?', 'a', 'b', 20, 2]];
    const bytes = await writeWorkbook([{ name: 'Quiz', widths: [20], header: 1, rows }]);
    const { quiz, rows: report } = await importQuiz('kahoot', bytes);
    assert.deepEqual(quiz?.questions.map(questionLine), ['single: Which? | a, *b'], `row ${row}`);
    assert.deepEqual(report, []);
  }
});

const correctCells: [cell: string | number | boolean | null, choices: number, right: string][] = [
  [2, 4, 'b'],
  ['2', 4, 'b'],
  ['2.0', 4, 'b'],
  [' 1 , 3 ', 4, 'a c'],
  ['1;3', 4, 'a c'],
  ['1 and 3', 4, 'a c'],
  ['3,1', 4, 'a c'],
  ['1,1', 4, 'a'],
  ['B', 4, 'b'],
  ['a, c', 4, 'a c'],
  [1.3, 4, 'a c'],
  ['1.2.4', 4, 'a b d'],
  [13, 4, 'a c'],
  [1234, 4, 'a b c d'],
  ['C', 2, 'correct_invalid'],
  [31, 4, 'correct_invalid'],
  [5, 4, 'correct_invalid'],
  [0, 4, 'correct_invalid'],
  ['1,5', 4, 'correct_invalid'],
  ['all', 4, 'correct_invalid'],
  [null, 4, 'correct_missing'],
  ['  ', 4, 'correct_missing'],
];

for (const [cell, count, right] of correctCells) {
  test(`correct answer ${JSON.stringify(cell)} of ${count} choices: ${right}`, async () => {
    const letters = ['a', 'b', 'c', 'd'].slice(0, count);
    const rows = [
      ['Question', 'Answer 1', 'Answer 2', 'Answer 3', 'Answer 4', 'Correct answer(s)'],
      ['Which?', ...letters.map((letter) => `choice ${letter}`), ...Array(4 - count).fill(null), cell],
    ];
    const { quiz, rows: report } = await importQuiz(
      'kahoot',
      await writeWorkbook([{ name: 'Q', widths: [], header: 1, rows }]),
    );
    const [question] = quiz?.questions ?? [];
    if (question === undefined) return assert.equal(report[0]?.code, right);
    const choices = 'choices' in question ? question.choices : [];
    const chosen = choices.filter((choice) => 'correct' in choice).map(({ text }) => text.replace('choice ', ''));
    assert.equal(chosen.join(' '), right);
    assert.equal(question.kind, chosen.length > 1 ? 'multiple' : 'single');
  });
}

const csvFiles: [what: string, file: string | Uint8Array][] = [
  ['a byte order mark', `\uFEFF${header}Which?,single,a,b`],
  ['old line ends', `${header}Which?,single,a,b`.replaceAll('\n', '\r')],
  ['line ends of Windows', `${header}Which?,single,a,b\n`.replaceAll('\n', '\r\n')],
  [
    'semicolons, with commas in texts',
    'question;type;correct;wrong1\nWhich?;single;a;b\nA, b, c, d, e or f?;single;c;d',
  ],
  ['tabs', `${header.replaceAll(',', '\t')}Which?\tsingle\ta\tb`],
  ['what Excel says of the delimiter', 'sep=;\r\nquestion;type;correct;wrong1\r\nWhich?;single;a;b'],
  ['empty lines', `\n\n${header}\n\nWhich?,single,a,b\n,,,\n`],
  ['names in capitals and with spaces', 'Question , TYPE,Correct,Wrong 1\nWhich?,Single,a,b'],
  ['a quote within a text', `${header}Which?,single,a,b\nWhat is 5" long?,single,this "thing",b`],
  ['UTF-16, most significant byte first', Buffer.from(`\uFEFF${header}Which?,single,a,b`, 'utf16le').swap16()],
  ['UTF-16 without a mark', Buffer.from(`${header}Which?,single,a,b`, 'utf16le')],
  [
    'a workbook instead of CSV',
    await writeWorkbook([
      {
        name: 'Q',
        widths: [],
        header: 1,
        rows: [
          ['question', 'type', 'correct', 'wrong1'],
          ['Which?', 'single', 'a', 'b'],
        ],
      },
    ]),
  ],
];

for (const [what, file] of csvFiles) {
  test(`CSV with ${what}`, async () => {
    const bytes = typeof file === 'string' ? utf8(file) : file;
    const imported = await importQuiz('csv', bytes);
    assert.equal(imported.quiz?.questions[0] && questionLine(imported.quiz.questions[0]), 'single: Which? | *a, b');
    assert.deepEqual(reportLines(imported), []);
  });
}

test('rows before an unclosed quote are kept, and the report says where the file breaks', async () => {
  const imported = await importQuiz('csv', utf8(`${header}Which?,single,a,b\nWhat?,single,"a,b\nWho?,single,a,b\n`));
  assert.equal(imported.imported, 1);
  assert.deepEqual(reportLines(imported), ['3 null file_broken error']);
});

test('questions before broken XML are kept', async () => {
  const xml = new TextDecoder().decode(fixture('moodle.xml'));
  const imported = await importQuiz('moodle_xml', utf8(xml.slice(0, xml.indexOf('<single>false')).concat('</single>')));
  assert.equal(imported.imported, 1);
  assert.equal(imported.rows.at(-1)?.code, 'file_broken');
});

test('XML in another encoding says so itself', async () => {
  const xml =
    '<?xml version="1.0" encoding="ISO-8859-1"?><quiz><question type="truefalse"><questiontext><text>Größe?</text></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>';
  assert.equal((await questionsOf('moodle_xml', Buffer.from(xml, 'latin1')))[0]?.prompt, 'Größe?');
});

const htmlTexts: [html: string, text: string][] = [
  ['Caf&eacute; &amp; bar', 'Café & bar'],
  ['&lt;b&gt; is bold', '<b> is bold'],
  ['a < b and c > d', 'a < b and c > d'],
  ['x<y and y>z', 'x<y and y>z'],
  ['if a<b and b>c', 'if a<b and b>c'],
  ['<p>One</p><p>Two<br/>Three</p>', 'One\nTwo\nThree'],
  ['<script>alert(1)</script>Safe', 'Safe'],
  ['<style>p { color: red }</style>Plain', 'Plain'],
  ['<!-- hidden -->Shown', 'Shown'],
  ['<img src=x onerror=alert(1)>A picture', 'A picture'],
  ['<a href="https://example.org">link</a>', 'link'],
  ['H<sub>2</sub>O', 'H2O'],
  ['<svg/onload=alert(1)>', '<svg/onload=alert(1)>'],
  ['  many \t spaces ', 'many spaces'],
];

for (const [html, text] of htmlTexts) {
  test(`HTML ${JSON.stringify(html)} is the text ${JSON.stringify(text)}`, async () => {
    const xml = `<quiz><question type="truefalse"><questiontext format="html"><text><![CDATA[${html}]]></text></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>`;
    assert.equal((await questionsOf('moodle_xml', xml))[0]?.prompt, text);
  });
}

const giftQuestions: [gift: string, line: string][] = [
  ['Which? {=a ~b}', 'single: Which? | *a, b'],
  ['Which? {~a =b}', 'single: Which? | a, *b'],
  ['Which? {~%100%a ~%0%b}', 'multiple: Which? | *a, b'],
  ['Which? {=a =b ~c}', 'multiple: Which? | *a, *b, c'],
  ['Which? {=%100%%50% off ~all}', 'single: Which? | *%50% off, all'],
  ['Which? {TRUE}', 'true_false: Which? | true'],
  ['Which? {f}', 'true_false: Which? | false'],
  ['Which? {=T}', 'text: Which? | T'],
  ['Which? {word}', 'text: Which? | word'],
  ['Which? {#5}', 'number: Which? | 5 ± 0'],
  ['Which? {#-1.5:0.5}', 'number: Which? | -1.5 ± 0.5'],
  ['Which? {#1..2}', 'number: Which? | 1.5 ± 0.5'],
  ['{=a ~b} is which?', 'single: _____ is which? | *a, b'],
  ['::A \\:\\: title:: Which? {=a ~b}', 'single: Which? | *a, b'],
  ['[markdown]*Which?* {=a ~b}', 'single: *Which?* | *a, b'],
  ['[plain]<b>Which?</b> {=a ~b}', 'single: <b>Which?</b> | *a, b'],
  ['http://example.org: which? {=a ~b}', 'single: http://example.org: which? | *a, b'],
  ['2 + 2 = which? {=4 ~5}', 'single: 2 + 2 = which? | *4, 5'],
  ['Which\n// a comment within\nis it? {=a ~b}', 'single: Which is it? | *a, b'],
];

for (const [gift, line] of giftQuestions) {
  test(`GIFT ${JSON.stringify(gift)}`, async () => {
    assert.deepEqual((await questionsOf('gift', gift)).map(questionLine), [line]);
  });
}

const titles: [format: QuizImportFormat, file: string, title: string | undefined, expected: string][] = [
  ['json', '{"title":"Its own","questions":[{"kind":"rating","prompt":"p"}]}', 'Given', 'Its own'],
  ['json', '[{"kind":"rating","prompt":"p"}]', 'Given', 'Given'],
  ['json', '[{"kind":"rating","prompt":"p"}]', undefined, 'Imported quiz'],
  ['json', '{"title":"\\u0000 ","questions":[{"kind":"rating","prompt":"p"}]}', undefined, 'Imported quiz'],
  [
    'blooket',
    'Blooket Import Template,,,\nQuestion Text,Answer 1,Answer 2,Correct Answer(s)\np,a,b,1',
    undefined,
    'Imported quiz',
  ],
];

for (const [format, file, title, expected] of titles) {
  test(`the title of ${file.slice(0, 30)} with ${title ?? 'none'} given is ${expected}`, async () => {
    const { quiz } = await importQuiz(format, utf8(file), title === undefined ? {} : { title });
    assert.equal(quiz?.title, expected);
  });
}

test('texts are composed, cleaned and on as many lines as they may have', async () => {
  const question = {
    kind: 'single',
    prompt: ' e\u0301\r\nline \u0007two\ud800 ',
    category: 'a\nb\tc',
    choices: [{ text: '\uFEFFa\u2028b', correct: true }, { text: 'c\u0000d' }],
  };
  const [read] = await questionsOf('json', JSON.stringify([question]));
  assert.equal(read?.prompt, 'é\nline two\uFFFD');
  assert.equal(read?.category, 'a b c');
  assert.deepEqual(read !== undefined && 'choices' in read && read.choices.map(({ text }) => text), ['a b', 'c d']);
});

test('what shows nothing is left out, or told like what is missing', async () => {
  const csv = `question,type,correct,wrong1,category
\u200b,single,a,b,
One?,single,a,\u200b,
Two?,single,a b,a  b,
Three?,text,\u200b,,
Four?,single,a,b,\u200b
`;
  const imported = await importQuiz('csv', utf8(csv), { title: '\u200b' });
  assert.deepEqual(imported.quiz, {
    title: 'Imported quiz',
    questions: [{ kind: 'single', prompt: 'Four?', choices: [{ text: 'a', correct: true }, { text: 'b' }] }],
  });
  assert.deepEqual(
    imported.rows.map(({ code }) => code),
    ['prompt_missing', 'question_invalid', 'choices_repeated', 'correct_invalid'],
  );
});

test('an Open Trivia DB quiz says whose questions it holds, and its exports carry that on', async () => {
  const { quiz } = await importQuiz('opentdb', fixture('opentdb.json'));
  assert.match(quiz?.description ?? '', /Open Trivia Database \(https:\/\/opentdb\.com\).*CC BY-SA 4\.0/);
  assert.ok(quiz !== null);
  const file = await exportQuiz('json', quiz);
  assert.match(Buffer.from(file.bytes).toString('utf8'), /CC BY-SA 4\.0/);
});
