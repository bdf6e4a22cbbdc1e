import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createPostgres, type Postgres } from '@partyline/postgres';
import { testDatabase } from '@partyline/testkit';

interface Outcome {
  code: number;
  out: string;
  err: string;
}

type Command = (environment: Record<string, string>) => Promise<Outcome>;

/** The commands behind `make`, each run as a process of its own on the test's database. */
async function openCommands(t: TestContext, name: string): Promise<{ command: Command; postgres: Postgres }> {
  const url = await testDatabase(t);
  const postgres = createPostgres({ url, poolMax: 2 });
  t.after(() => postgres.close());
  const script = fileURLToPath(new URL(`../../src/cli/${name}.ts`, import.meta.url));
  const command: Command = (environment) =>
    new Promise((resolve) => {
      const env = { PATH: process.env.PATH, DATABASE_URL: url, ...environment };
      execFile(process.execPath, ['--disable-warning=ExperimentalWarning', script], { env }, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });
  return { command, postgres };
}

async function fileWith(t: TestContext, content: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-import-'));
  t.after(() => rm(dir, { recursive: true }));
  const file = join(dir, 'questions.json');
  await writeFile(file, content);
  return file;
}

const question = (text: string) => ({
  ...{ type: 'multiple', difficulty: 'hard', category: 'Science: Gadgets', question: text },
  ...{ correct_answer: 'R&amp;D', incorrect_answers: ['a', 'b', 'c'] },
});

const fileOf = (...results: unknown[]): string => JSON.stringify({ response_code: 0, results });

test('import-questions adds the good rows, says what became of the others, and adds nothing twice', async (t) => {
  const { command, postgres } = await openCommands(t, 'import-questions');
  const yesNo = { ...question('Really?'), type: 'boolean', correct_answer: 'True', incorrect_answers: ['False'] };
  const FILE = await fileWith(t, fileOf(question('Caf&eacute;?'), yesNo, { type: 'multiple' }, question('Second?')));

  const dry = await command({ FILE, DRY_RUN: '1' });
  assert.equal(dry.out.split('\n').at(-2), '2 would be added, 2 left out.');
  assert.equal((await postgres.pool.draw('Gadgets', 1)).result, 'category_not_found');

  assert.deepEqual((await command({ FILE })).out.split('\n'), [
    'row 2: warning: a true/false question: the pool holds questions with four choices',
    'row 3: error: question must be a text',
    '2 added, 2 left out.',
    '',
  ]);
  const draw = await postgres.pool.draw('gadgets', 2);
  const drawn = draw.result === 'drawn' ? draw.questions.map(({ question, answer }) => `${question} ${answer}`) : [];
  assert.deepEqual(drawn.toSorted(), ['Café? R&D', 'Second? R&D']);

  const again = await command({ FILE });
  assert.match(again.out, /^row 1: warning: the pool has this question already$/m);
  assert.match(again.out, /^0 added, 4 left out\.$/m);
});

const unusable: [what: string, content: string, message: RegExp][] = [
  ['no JSON', 'hello', /the file is not JSON/],
  ['another JSON', '{}', /no list "results"/],
  ['an empty answer', '{"response_code":5,"results":[]}', /response code 5, asked too often/],
];

for (const [what, content, message] of unusable) {
  test(`import-questions of ${what} ends with a sentence and changes nothing`, async (t) => {
    const { command, postgres } = await openCommands(t, 'import-questions');
    const before = await postgres.pool.categories();
    const { code, err } = await command({ FILE: await fileWith(t, content) });
    assert.equal(code, 1);
    assert.match(err, message);
    assert.match(err, /Nothing was changed\.\n$/);
    assert.doesNotMatch(err, /\n\s+at /);
    assert.deepEqual(await postgres.pool.categories(), before);
  });
}

test('import-questions says how it is used, and when a file is not there', async (t) => {
  const { command } = await openCommands(t, 'import-questions');
  assert.match((await command({})).err, /make import-questions FILE=/);
  assert.match((await command({ FILE: '/nowhere/questions.json' })).err, /there is no such file/);
});

test('host-key makes a key, lists it without showing it, and revokes it', async (t) => {
  const { command, postgres } = await openCommands(t, 'host-key');
  assert.match((await command({})).err, /make host-key NAME=/);
  const made = await command({ NAME: 'Class 7b' });
  const [, key = ''] = /^ {2}(\S+)$/m.exec(made.out) ?? [];
  const host = await postgres.hostKeys.verify(key);
  assert.equal(host?.name, 'Class 7b');
  const listed = await command({ LIST: '1' });
  assert.match(listed.out, new RegExp(`${host?.id}.*valid.*Class 7b`));
  assert.ok(!listed.out.includes(key));
  const revoked = await command({ REVOKE: host?.id ?? '' });
  assert.equal(revoked.code, 0);
  assert.match(revoked.out, /within 5 seconds/);
  assert.equal(await postgres.hostKeys.verify(key), null);
  const twice = await command({ REVOKE: host?.id ?? '' });
  assert.equal(twice.code, 1);
  assert.match(twice.err, /there is no valid host key/);
});

test('a command starts the folder’s own database where what was noted there runs no more', async (t) => {
  const { command } = await openCommands(t, 'host-key');
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'partyline-command-'));
  t.after(() => rm(DATA_DIR, { recursive: true, force: true, maxRetries: 5 }));
  const gone = { pid: process.pid, admin_urls: ['http://127.0.0.1:1'], database_url: 'postgres://a:b@127.0.0.1:1/c' };
  await writeFile(join(DATA_DIR, 'running.json'), JSON.stringify(gone));
  const listed = await command({ LIST: '1', DATABASE_URL: '', DATA_DIR });
  assert.deepEqual(listed, { code: 0, out: 'There are no host keys yet.\n', err: '' });
});

test('a database that is not there is named in a sentence', async (t) => {
  const { command } = await openCommands(t, 'host-key');
  const { code, err } = await command({ LIST: '1', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });
  assert.equal(code, 1);
  assert.match(err, /^host-key: .*ECONNREFUSED/);
  assert.doesNotMatch(err, /\n\s+at /);
});
