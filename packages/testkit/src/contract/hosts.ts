/** What quizzes, host keys and the audit promise, run against Postgres and against those in memory. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { type TestContext } from 'node:test';
import type { AuditTrail, HostKeys, Quizzes } from '@partyline/core';

const draft = (title: string, questions = 1) => ({
  title,
  document: { title, questions: Array.from({ length: questions }, (_, at) => ({ prompt: `${at}?`, answer: true })) },
});

/** `owners` are ids of two host keys that may own quizzes. */
export function quizzesContract(
  create: (t: TestContext) => Promise<{ quizzes: Quizzes; owners: [string, string] }>,
): void {
  test('a quiz comes back as it was written, to its owner', async (t) => {
    const { quizzes, owners } = await create(t);
    const quiz = await quizzes.create(owners[0], draft('Rivers'));
    assert.deepEqual(quiz.document, draft('Rivers').document);
    assert.ok(quiz.created_at > 0);
    assert.deepEqual(await quizzes.get(owners[0], quiz.quiz_id), quiz);
  });

  test('to another owner a quiz does not exist', async (t) => {
    const { quizzes, owners } = await create(t);
    const quiz = await quizzes.create(owners[0], draft('Rivers'));
    assert.equal(await quizzes.get(owners[1], quiz.quiz_id), null);
    assert.equal(await quizzes.update(owners[1], quiz.quiz_id, draft('Mine')), null);
    assert.equal(await quizzes.delete(owners[1], quiz.quiz_id), false);
    assert.deepEqual(await quizzes.list(owners[1]), []);
    assert.deepEqual(await quizzes.get(owners[0], quiz.quiz_id), quiz);
  });

  test('an update replaces title and document and keeps the id', async (t) => {
    const { quizzes, owners } = await create(t);
    const { quiz_id, created_at } = await quizzes.create(owners[0], draft('Rivers'));
    const updated = await quizzes.update(owners[0], quiz_id, draft('Lakes', 3));
    assert.deepEqual([updated?.quiz_id, updated?.title, updated?.created_at], [quiz_id, 'Lakes', created_at]);
    assert.deepEqual(await quizzes.get(owners[0], quiz_id), updated);
  });

  test('quizzes are listed with the last changed first, and deleted for good', async (t) => {
    const { quizzes, owners } = await create(t);
    const first = await quizzes.create(owners[0], draft('First'));
    const second = await quizzes.create(owners[0], draft('Second', 2));
    await quizzes.update(owners[0], first.quiz_id, draft('First', 4));
    const listed = (await quizzes.list(owners[0])).map(({ title, questions }) => [title, questions]);
    assert.deepEqual(listed, [
      ['First', 4],
      ['Second', 2],
    ]);
    assert.equal(await quizzes.delete(owners[0], second.quiz_id), true);
    assert.equal(await quizzes.delete(owners[0], second.quiz_id), false);
    assert.equal(await quizzes.get(owners[0], second.quiz_id), null);
  });

  test('ids nobody has are answered with nothing', async (t) => {
    const { quizzes, owners } = await create(t);
    for (const id of [randomUUID(), 'no-uuid', '']) {
      assert.equal(await quizzes.get(owners[0], id), null);
      assert.equal(await quizzes.update(owners[0], id, draft('x')), null);
      assert.equal(await quizzes.delete(owners[0], id), false);
    }
  });
}

export function hostKeysContract(create: (t: TestContext) => Promise<HostKeys>): void {
  test('a key is valid until it is revoked', async (t) => {
    const keys = await create(t);
    const { key, ...made } = await keys.create('Class 7b');
    assert.deepEqual(await keys.verify(key), made);
    assert.equal(await keys.verify(`${key}x`), null);
    assert.equal(await keys.verify(''), null);
    assert.equal(await keys.revoke(made.id), true);
    assert.equal(await keys.revoke(made.id), false);
    assert.equal(await keys.verify(key), null);
    assert.ok((await keys.list()).find(({ id }) => id === made.id)?.revoked_at);
  });

  test('no two keys are the same, and no list tells one', async (t) => {
    const keys = await create(t);
    const made = await Promise.all(Array.from({ length: 20 }, () => keys.create('same name')));
    assert.equal(new Set(made.map(({ key }) => key)).size, 20);
    assert.equal(new Set(made.map(({ id }) => id)).size, 20);
    const listed = JSON.stringify(await keys.list());
    for (const { key } of made) assert.ok(!listed.includes(key));
  });

  test('an adopted key is the same host key each time', async (t) => {
    const keys = await create(t);
    const key = `chosen ${randomUUID()}`;
    const first = await keys.adopt('development', key);
    assert.deepEqual(await keys.adopt('development', key), first);
    assert.deepEqual(await keys.verify(key), first);
    assert.equal((await keys.list()).filter(({ id }) => id === first.id).length, 1);
  });
}

export function auditContract(create: (t: TestContext) => Promise<AuditTrail>): void {
  test('entries of a party come back in order, and those of others do not', async (t) => {
    const audit = await create(t);
    const party_id = randomUUID();
    const entry = (action: string, subject: string | null) => ({
      at: 1_750_000_000_123,
      actor: 'host_1',
      action,
      party_id,
      subject,
    });
    await audit.record(entry('lock', null));
    await audit.record({ ...entry('revoke', 'host_2'), party_id: null });
    await audit.record({ ...entry('kick', 'eve'), party_id: randomUUID() });
    await audit.record(entry('kick', 'bob'));
    assert.deepEqual(await audit.ofParty(party_id), [entry('lock', null), entry('kick', 'bob')]);
    assert.deepEqual(await audit.ofParty('no-uuid'), []);
  });
}
