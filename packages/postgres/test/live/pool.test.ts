import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createPostgres, readSeed, type SeedFile } from '@partyline/postgres';
import { testDatabase } from '@partyline/testkit';
import { openRaw } from './raw.ts';

const sown = (await readSeed()).reduce((sum, { seedFile }) => sum + seedFile.questions.length, 0);

async function open(t: TestContext) {
  const url = await testDatabase(t);
  const db = openRaw(t, url);
  const postgres = createPostgres({ url });
  t.after(() => postgres.close());
  const count = async (): Promise<number> =>
    (await db.one<{ n: number }>('SELECT count(*)::INTEGER AS n FROM questions')).n;
  return { db, postgres, count };
}

async function seedFolder(t: TestContext) {
  const path = await mkdtemp(join(tmpdir(), 'partyline-seed-'));
  t.after(() => rm(path, { recursive: true }));
  const question = (text: string): SeedFile['questions'][number] => ({
    question: text,
    answer: 'a',
    choices: ['b', 'c', 'd'],
    difficulty: 'easy',
  });
  return {
    dir: pathToFileURL(`${path}/`),
    write: (category: string, texts: string[]) =>
      writeFile(join(path, `${category}.json`), JSON.stringify({ category, questions: texts.map(question) })),
  };
}

const insert =
  'INSERT INTO questions (question, answer, choice1, choice2, choice3, category) VALUES ($1, 1, 2, 3, 4, $2)';

test('seeding twice, or twenty times at once, sows nothing twice', async (t) => {
  const { postgres, count } = await open(t);
  assert.equal(await count(), sown);
  const added = await Promise.all(Array.from({ length: 20 }, () => postgres.seed()));
  assert.deepEqual(new Set(added), new Set([0]));
  assert.equal(await count(), sown);
});

test('a database with questions of its own is seeded beside them, and a same text is not doubled', async (t) => {
  const { postgres, db } = await open(t);
  const { dir, write } = await seedFolder(t);
  await db.none(insert, ['Ours?', 'History of Seeds']);
  await db.none(insert, ['Both?', ' history of seeds ']);
  await write('History of Seeds', ['Both?', 'Theirs?']);
  assert.equal(await postgres.seed(dir), 1);
  const draw = await postgres.pool.draw('history of seeds', 3);
  const texts = draw.result === 'drawn' ? draw.questions.map(({ question }) => question) : [];
  assert.deepEqual(texts.toSorted(), ['Both?', 'Ours?', 'Theirs?']);
});

test('a question that was deleted stays deleted until its file changes', async (t) => {
  const { postgres, db } = await open(t);
  const { dir, write } = await seedFolder(t);
  await write('Seeds', ['one', 'two']);
  assert.equal(await postgres.seed(dir), 2);
  await db.none("DELETE FROM questions WHERE question = 'one'");
  assert.equal(await postgres.seed(dir), 0);
  await write('Seeds', ['two', 'three']);
  assert.equal(await postgres.seed(dir), 1);
});

test('rows put in by hand with the same text are drawn once', async (t) => {
  const { postgres, db } = await open(t);
  for (const text of ['x', 'x', 'x', 'y']) await db.none(insert, [text, 'By Hand']);
  for (let turn = 0; turn < 20; turn += 1) {
    const draw = await postgres.pool.draw('by hand', 2);
    const texts = draw.result === 'drawn' ? draw.questions.map(({ question }) => question) : [];
    assert.deepEqual(texts.toSorted(), ['x', 'y']);
  }
  assert.deepEqual(await postgres.pool.draw('by hand', 3), { result: 'not_enough_questions', available: 2 });
});

test('added questions keep where they came from, and are told from those that were there', async (t) => {
  const { postgres, db } = await open(t);
  const question = (text: string) => ({
    ...{ question: text, answer: 'a', wrong: ['b', 'c', 'd'] as [string, string, string] },
    ...{ category: 'Imported', difficulty: 'hard' as const },
  });
  const origin = { source: 'a collection', licence: 'CC BY-SA 4.0' };
  const first = [question('1'), question('2'), question('1')];
  assert.deepEqual(await postgres.newQuestions(first), [0, 1]);
  assert.deepEqual(await postgres.addQuestions(first, origin), [0, 1]);
  const second = [question('2'), question('3')];
  assert.deepEqual(await postgres.newQuestions(second), [1]);
  assert.deepEqual(await postgres.addQuestions(second, origin), [1]);
  const details = await db.any(
    `SELECT difficulty, source, licence FROM question_details JOIN questions ON id = question_id WHERE category = 'Imported'`,
  );
  assert.deepEqual(details, Array(3).fill({ difficulty: 'hard', ...origin }));
});

test('5,001 questions are added in one go', async (t) => {
  const { postgres, count } = await open(t);
  const questions = Array.from({ length: 5_001 }, (_, at) => ({
    ...{ question: `number ${at}`, answer: 'a', wrong: ['b', 'c', 'd'] as [string, string, string] },
    ...{ category: 'Many', difficulty: null },
  }));
  const added = await postgres.addQuestions(questions, { source: 'test', licence: 'none' });
  assert.deepEqual(added, [...questions.keys()]);
  assert.equal(await count(), sown + 5_001);
});
