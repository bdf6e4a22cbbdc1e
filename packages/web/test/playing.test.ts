import assert from 'node:assert/strict';
import test from 'node:test';
import type { OwnAnswerView } from '../src/browser/party-client.ts';
import { type Link, mayAnswer, playScreen, verdict } from '../src/browser/play/playing.ts';
import { nextStep } from '../src/browser/stage/steering.ts';
import { asking, revealing, sampleView } from './sample-view.ts';

const live: Link = { state: 'live' };

test('the screen of a player follows the phase', () => {
  const cases = [
    [sampleView(), 'lobby'],
    [asking(), 'question'],
    [revealing(), 'reveal'],
    [asking('single', { phase: 'paused' }), 'paused'],
    [sampleView({ phase: 'finished' }), 'finished'],
    [sampleView({ you: { ...sampleView().you, status: 'waiting' } }), 'waiting'],
    [asking('single', { you: { ...sampleView().you, status: 'waiting' } }), 'waiting'],
  ] as const;
  for (const [view, screen] of cases) assert.equal(playScreen({ view, link: live }), screen);
});

test('a lost connection leaves the screen as it is', () => {
  assert.equal(playScreen({ view: asking(), link: { state: 'reconnecting' } }), 'question');
  assert.equal(playScreen({ view: null, link: { state: 'reconnecting' } }), 'connecting');
});

test('a podium outlasts its socket, nothing else does', () => {
  const over: Link = { state: 'ended', reason: 'party_over' };
  const podium = sampleView({ phase: 'finished' });
  assert.equal(playScreen({ view: podium, link: over }), 'finished');
  for (const reason of ['removed', 'banned', 'seat_lost'] as const) {
    assert.equal(playScreen({ view: podium, link: { state: 'ended', reason } }), 'ended');
  }
  assert.equal(playScreen({ view: asking(), link: over }), 'ended');
  assert.equal(playScreen({ view: null, link: over }), 'ended');
});

test('an answer may be sent once, and again only where the server did not take it', () => {
  const own = (change: Partial<OwnAnswerView>): OwnAnswerView => ({
    round: 1,
    choice: 'a',
    status: 'accepted',
    ...change,
  });
  const may = (answer: OwnAnswerView | null): boolean => mayAnswer(asking('single', { answer }));
  assert.equal(may(null), true);
  assert.equal(may(own({ status: 'sending' })), false);
  assert.equal(may(own({})), false);
  assert.equal(may(own({ round: 2 })), true);
  assert.equal(may(own({ status: 'refused', code: 'invalid' })), true);
  for (const code of ['late', 'duplicate', 'wrong_round', 'not_allowed']) {
    assert.equal(may(own({ status: 'refused', code })), false, code);
  }
});

test("a round's verdict is about this round and this kind of question", () => {
  const base = revealing();
  const last = (correct: boolean | null, points: number, round = 1) => ({
    ...base,
    you: { ...base.you, last: { round, correct, points } },
  });
  assert.equal(verdict(base), 'right');
  assert.equal(verdict(last(false, 0)), 'wrong');
  assert.equal(verdict(last(false, 350)), 'partly');
  assert.equal(verdict(last(null, 0)), 'missed');
  assert.equal(verdict({ ...last(true, 900), round: 2 }), 'missed');
  const vote = revealing('poll', { correct: null });
  assert.equal(verdict(vote), 'not_counted');
  assert.equal(verdict({ ...vote, answer: { round: 1, choice: 'a', status: 'accepted' } }), 'counted');
  assert.equal(verdict({ ...vote, answer: { round: 1, choice: 'a', status: 'refused', code: 'late' } }), 'not_counted');
});

test('the large button of the host does what comes next', () => {
  const step = (view: Parameters<typeof nextStep>[0]) => nextStep(view)?.label;
  assert.equal(step(sampleView()), 'Start');
  assert.equal(step(asking()), 'Show the answer');
  assert.equal(step(asking('poll')), 'Close the vote');
  assert.equal(step(revealing()), 'Next question');
  assert.equal(step({ ...revealing(), round: 3 }), 'Finish');
  assert.equal(step(asking('single', { phase: 'paused' })), 'Go on');
  assert.equal(step(sampleView({ phase: 'finished' })), undefined);
});
