import assert from 'node:assert/strict';
import test from 'node:test';
import type { AnswerDraft } from '@partyline/core';
import { answerBatch, verdicts } from '../src/answer-batch.ts';

const sampleDraft = (user_id: string, choice = 'a', over: Partial<AnswerDraft> = {}): AnswerDraft => ({
  ...{ user_id, id: 'm1', choice, tally: [choice], extra_ms: 0 },
  ...over,
});

test('answers to the same choices stand together, second ones of a player behind, those nobody judged last', () => {
  const batch = answerBatch([
    sampleDraft('ann', 'a', { id: '1' }),
    sampleDraft('eve', 'a', { id: '2', tally: null }),
    sampleDraft('ben', 'b', { id: '3', tally: ['b', 'c'] }),
    sampleDraft('ann', 'b', { id: '4', tally: ['b', 'c'] }),
    sampleDraft('cid', 'a', { id: '5' }),
    sampleDraft('dee', 'x', { id: '6', tally: [] }),
  ]);
  assert.deepEqual(batch, {
    tallySets: '[[2,["a"]],[1,["b","c"]],[1,[]],[1,["b","c"]]]',
    extraTimes: '',
    seconds: 2,
    answers: [
      ...['ann', 'cid', 'ben', 'dee', 'ann', 'eve'],
      ...['["1","a"]', '["5","a"]', '["3","b"]', '["6","x"]', '["4","b"]', '["2","a"]'],
    ],
    places: [0, 4, 2, 5, 3, 1],
  });
});

test('extra time is named by player', () => {
  const { extraTimes } = answerBatch([sampleDraft('ann'), sampleDraft('__proto__', 'a', { extra_ms: 500 })]);
  assert.equal(extraTimes, '{"__proto__":500}');
});

test('a reply names the exceptions only', () => {
  assert.deepEqual(verdicts({ places: [0, 1] }, [-1]), [{ verdict: 'no_party' }, { verdict: 'no_party' }]);
  assert.deepEqual(verdicts({ places: [0, 1] }, [17]), [
    { verdict: 'accepted', elapsed_ms: 17 },
    { verdict: 'accepted', elapsed_ms: 17 },
  ]);
  assert.deepEqual(verdicts({ places: [2, 1, 0, 3] }, [17, 1, 'late', 3, '9["m1",["a"]]', 4, 'wrong_round']), [
    { verdict: 'stored', id: 'm1', choice: ['a'], elapsed_ms: 9 },
    { verdict: 'accepted', elapsed_ms: 17 },
    { verdict: 'late' },
    { verdict: 'wrong_round' },
  ]);
});
