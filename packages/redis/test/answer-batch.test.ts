import assert from 'node:assert/strict';
import test from 'node:test';
import type { AnswerDraft } from '@partyline/core';
import { answerBatch, verdicts } from '../src/answer-batch.ts';

const sampleDraft = (user_id: string, choice = 'a', over: Partial<AnswerDraft> = {}): AnswerDraft => ({
  ...{ user_id, id: 'm1', choice, tally: [choice], extra_ms: 0 },
  ...over,
});

test('answers to the same choices share a tally set, and most have no extra time', () => {
  const batch = answerBatch([
    sampleDraft('ann', 'a', { id: '1' }),
    sampleDraft('ben', 'b', { id: '2', tally: ['b', 'c'] }),
    sampleDraft('cid', 'a', { id: '3' }),
    sampleDraft('dee', 'x', { id: '4', tally: [] }),
  ]);
  assert.deepEqual(batch, {
    tallySets: '[["a"],["b","c"]]',
    extraTimes: '',
    answers: ['ann', '["1","a"]', 1, 'ben', '["2","b"]', 2, 'cid', '["3","a"]', 1, 'dee', '["4","x"]', 0],
  });
});

test('extra time is named by player', () => {
  const { extraTimes } = answerBatch([sampleDraft('ann'), sampleDraft('__proto__', 'a', { extra_ms: 500 })]);
  assert.equal(extraTimes, '{"__proto__":500}');
});

test('a reply names the exceptions only', () => {
  assert.deepEqual(verdicts(2, [-1]), [{ verdict: 'no_party' }, { verdict: 'no_party' }]);
  assert.deepEqual(verdicts(2, [17]), [
    { verdict: 'accepted', elapsed_ms: 17 },
    { verdict: 'accepted', elapsed_ms: 17 },
  ]);
  assert.deepEqual(verdicts(4, [17, 1, 'late', 3, '9["m1",["a"]]', 4, 'wrong_round']), [
    { verdict: 'late' },
    { verdict: 'accepted', elapsed_ms: 17 },
    { verdict: 'stored', id: 'm1', choice: ['a'], elapsed_ms: 9 },
    { verdict: 'wrong_round' },
  ]);
});
