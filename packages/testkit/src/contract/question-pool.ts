/** What a question pool promises, run against Postgres and against the one in memory. */
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { PoolQuestion, QuestionPool } from '@partyline/core';

const rowsOf = (category: string, texts: string[]): PoolQuestion[] =>
  texts.map((text) => ({
    id: `${category} ${text}`,
    question: text,
    answer: `answer to ${text}`,
    wrong: [`${text} 1`, `${text} 2`, `${text} 3`],
    category,
  }));

const numbered = (n: number): string[] => Array.from({ length: n }, (_, at) => `question ${at}`);

const rows: PoolQuestion[] = [
  ...rowsOf('Contract Rivers', numbered(12)),
  ...rowsOf('Contract Ämter', ['x', 'y']),
  ...rowsOf(' contract ämter ', ['y', 'z']),
];

/** `create` makes a pool that holds `rows`; it may hold others besides. Ids are its own. */
export function questionPoolContract(create: (t: TestContext, rows: PoolQuestion[]) => Promise<QuestionPool>): void {
  test('a draw has as many different questions as asked for, as they were put in', async (t) => {
    const pool = await create(t, rows);
    for (const n of [1, 5, 12]) {
      const draw = await pool.draw('Contract Rivers', n);
      assert.equal(draw.result, 'drawn');
      const questions = draw.result === 'drawn' ? draw.questions : [];
      assert.equal(new Set(questions.map(({ id }) => id)).size, n);
      const texts = questions.map(({ question }) => question);
      assert.equal(new Set(texts).size, n);
      for (const { id: _, ...question } of questions) {
        const put = rows.find((row) => row.question === question.question && row.category === question.category);
        assert.deepEqual({ ...question, id: put?.id }, put);
      }
    }
  });

  test('draws differ', async (t) => {
    const pool = await create(t, rows);
    const orders = new Set<string>();
    for (let turn = 0; turn < 20; turn += 1) {
      const draw = await pool.draw('Contract Rivers', 4);
      if (draw.result === 'drawn') orders.add(draw.questions.map(({ question }) => question).join());
    }
    assert.ok(orders.size > 15, `${orders.size} different draws of 20`);
  });

  test('case and outer spaces of a category do not matter, and the same text is drawn once', async (t) => {
    const pool = await create(t, rows);
    for (const category of ['Contract Ämter', 'CONTRACT ÄMTER', '  contract ämter\n']) {
      const draw = await pool.draw(category, 3);
      const texts = draw.result === 'drawn' ? draw.questions.map(({ question }) => question) : [];
      assert.deepEqual(texts.toSorted(), ['x', 'y', 'z'], category);
    }
  });

  test('too few questions are told with how many there are, and an unknown category as such', async (t) => {
    const pool = await create(t, rows);
    assert.deepEqual(await pool.draw('Contract Ämter', 4), { result: 'not_enough_questions', available: 3 });
    assert.deepEqual(await pool.draw('Contract Lakes', 1), { result: 'category_not_found' });
    assert.deepEqual(await pool.draw('', 1), { result: 'category_not_found' });
    assert.deepEqual(await pool.draw("'; DROP TABLE questions; --", 1), { result: 'category_not_found' });
  });

  test('categories are listed once each with how many questions can be drawn', async (t) => {
    const pool = await create(t, rows);
    const ours = (await pool.categories()).filter(({ category }) => /^contract/i.test(category));
    const counts = ours.map(({ category, questions }) => [category.toLowerCase(), questions]);
    assert.deepEqual(counts.toSorted(), [
      ['contract rivers', 12],
      ['contract ämter', 3],
    ]);
  });
}
