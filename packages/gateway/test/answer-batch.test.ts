/** Answers wait a few milliseconds for company; each gets its own verdict, and none is lost or sent twice. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { AnswerDraft, AnswerVerdict } from '@partyline/core';
import { sampleDraft } from '@partyline/testkit';
import { createAnswerBatches } from '../src/answer-batch.ts';
import { passingTime } from './virtual-time.ts';

type Accept = (round: number, batch: AnswerDraft[]) => Promise<AnswerVerdict[]>;

function batching(accept: Accept = async (_, batch) => batch.map(() => ({ verdict: 'late' }))) {
  const time = passingTime();
  const sent: { round: number; users: string[] }[] = [];
  const batches = createAnswerBatches({
    batch_ms: 4,
    timers: time.timers,
    accept(round, batch) {
      sent.push({ round, users: batch.map(({ user_id }) => user_id) });
      return accept(round, batch);
    },
  });
  return { batches, sent, pass: time.pass };
}

test('a thousand answers cost two scripts of at most 500, and every one gets the verdict at its own place', async () => {
  const { batches, sent, pass } = batching(async (_, batch) =>
    batch.map(({ user_id }) => ({ verdict: 'accepted', elapsed_ms: Number(user_id) })),
  );
  const all = Promise.all(Array.from({ length: 1_000 }, (_, at) => batches.add(1, sampleDraft(String(at)))));
  assert.deepEqual(
    sent.map(({ users }) => users.length),
    [500, 500],
  );
  const verdicts = await all;
  assert.ok(verdicts.every((verdict, at) => verdict.verdict === 'accepted' && verdict.elapsed_ms === at));
  await pass(100);
  assert.equal(sent.length, 2, 'the timer of a batch that has gone sends nothing');
});

test('a lone answer waits no longer than the batch time', async () => {
  const { batches, sent, pass } = batching();
  const verdict = batches.add(1, sampleDraft('a'));
  await pass(3);
  assert.equal(sent.length, 0);
  await pass(2);
  assert.deepEqual(sent, [{ round: 1, users: ['a'] }]);
  assert.deepEqual(await verdict, { verdict: 'late' });
});

test('in a rush the next batch waits for more company, and a lone answer after it is not made to wait twice', async () => {
  const { batches, sent, pass } = batching();
  const rush = Array.from({ length: 8 }, (_, at) => batches.add(1, sampleDraft(`a${at}`)));
  await pass(5);
  await Promise.all(rush);
  const next = batches.add(1, sampleDraft('b'));
  await pass(10);
  assert.equal(sent.length, 1, 'eight in 4 ms: four hundred would take 200, so it waits as long as it may');
  await pass(2);
  assert.equal(sent.length, 2);
  await next;
  const lone = batches.add(1, sampleDraft('c'));
  await pass(5);
  assert.equal(sent.length, 3);
  await lone;
});

test('answers of two rounds never share a batch', async () => {
  const { batches, sent, pass } = batching();
  const both = [batches.add(1, sampleDraft('a')), batches.add(2, sampleDraft('b')), batches.add(1, sampleDraft('c'))];
  await pass(5);
  await Promise.all(both);
  assert.deepEqual(sent, [
    { round: 1, users: ['a', 'c'] },
    { round: 2, users: ['b'] },
  ]);
});

test('what comes while a batch is at the store waits for the next one', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const { batches, sent, pass } = batching(async (_, batch) => {
    await held;
    return batch.map(() => ({ verdict: 'late' }));
  });
  const first = batches.add(1, sampleDraft('a'));
  await pass(5);
  const second = batches.add(1, sampleDraft('b'));
  await pass(5);
  assert.deepEqual(
    sent.map(({ users }) => users),
    [['a'], ['b']],
  );
  release();
  await Promise.all([first, second]);
});

test('where the store cannot say, every answer of the batch is told so, and the next batch goes on', async () => {
  let calls = 0;
  const { batches, pass } = batching(async (_, batch) => {
    calls += 1;
    if (calls === 1) throw new Error('away');
    return batch.map(() => ({ verdict: 'late' }));
  });
  const failed = Promise.allSettled([batches.add(1, sampleDraft('a')), batches.add(1, sampleDraft('b'))]);
  await pass(5);
  assert.deepEqual(
    (await failed).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  const next = batches.add(1, sampleDraft('a'));
  await pass(5);
  assert.deepEqual(await next, { verdict: 'late' });
});

test('a store that answers too few leaves nobody waiting', async () => {
  const { batches, pass } = batching(async () => [{ verdict: 'late' }]);
  const both = Promise.allSettled([batches.add(1, sampleDraft('a')), batches.add(1, sampleDraft('b'))]);
  await pass(5);
  assert.deepEqual(
    (await both).map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
});
