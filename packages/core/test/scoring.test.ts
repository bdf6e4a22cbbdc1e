/** Family S: what one answer pays, by the vectors of the specification. P = 1000, T = 30 s unless said otherwise. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Choice } from '../src/answer.ts';
import type { Question } from '../src/question.ts';
import { type Judgement, judge, pointsFor, streakBonus, timedPoints } from '../src/scoring.ts';
import type { Scoring } from '../src/settings.ts';
import { question } from './build.ts';

const scorings: Scoring[] = ['kahoot', 'linear', 'accuracy', 'none'];

/** What a choice pays after some seconds. */
function paid(of: Question, choice: Choice, { scoring = 'kahoot' as Scoring, seconds = 0 } = {}): number {
  return pointsFor(of, scoring, { judgement: judged(of, choice), elapsed_ms: seconds * 1000 });
}

function judged(of: Question, choice: Choice | null): Judgement {
  const judgement = judge(of, choice);
  assert.ok(judgement !== null, 'nothing is right or wrong here');
  return judgement;
}

function isCorrect(of: Question, choice: Choice | null): boolean {
  return judged(of, choice).complete;
}

for (const [seconds, points] of [
  [0.5, 992],
  [1, 983],
  [2, 967],
  [10, 833],
  [15, 750],
  [29.9, 502],
  [30, 500],
] as const) {
  test(`S1: kahoot pays ${points} after ${seconds} s`, () => {
    assert.equal(paid(question(), 'b', { seconds }), points);
  });
}

test('S1: kahoot goes by the question’s own points and limit', () => {
  assert.equal(paid(question('single', { points: 2000 }), 'b', { seconds: 15 }), 1500);
  assert.equal(paid(question('single', { time_limit_ms: 5_000 }), 'b', { seconds: 2.5 }), 750);
  assert.equal(paid(question('single', { points: 0 }), 'b', { seconds: 15 }), 0);
});

for (const [seconds, points] of [
  [0, 1000],
  [0.4, 1000],
  [0.499, 1000],
] as const) {
  test(`S2: kahoot pays in full after ${seconds} s`, () => {
    assert.equal(paid(question(), 'b', { seconds }), points);
  });
}

for (const [seconds, points] of [
  [0, 1000],
  [0.4, 987],
  [2, 933],
  [15, 500],
  [29.9, 3],
  [30, 0],
] as const) {
  test(`S3: linear pays ${points} after ${seconds} s`, () => {
    assert.equal(paid(question(), 'b', { scoring: 'linear', seconds }), points);
  });
}

test('S4: accuracy pays in full at any time', () => {
  for (const seconds of [0, 2, 15, 30, 45]) assert.equal(paid(question(), 'b', { scoring: 'accuracy', seconds }), 1000);
});

test('S5: none pays nothing and still tells right from wrong', () => {
  assert.equal(paid(question(), 'b', { scoring: 'none' }), 0);
  assert.deepEqual([isCorrect(question(), 'b'), isCorrect(question(), 'a')], [true, false]);
});

test('S6: an answer taken after the limit pays what its last moment pays', () => {
  assert.equal(paid(question(), 'b', { seconds: 30.25 }), 500);
  assert.equal(paid(question(), 'b', { seconds: 300 }), 500);
  assert.equal(paid(question(), 'b', { scoring: 'linear', seconds: 300 }), 0);
});

test('S7: points are whole, never negative, never above the best', () => {
  const odd = question('multiple', { points: 333, time_limit_ms: 7_001 });
  for (const scoring of scorings) {
    for (const seconds of [-1, 0, 0.7, 3.333, 7, 9]) {
      const points = paid(odd, ['a'], { scoring, seconds });
      assert.ok(Number.isInteger(points) && points >= 0 && points <= 333, `${scoring} ${seconds} s: ${points}`);
    }
  }
  assert.equal(timedPoints('kahoot', 1000, { elapsed_ms: -5_000, limit_ms: 30_000 }), 1000);
  assert.equal(timedPoints('linear', 1000, { elapsed_ms: -5_000, limit_ms: 30_000 }), 1000);
});

for (const [choice, seconds, points] of [
  [['a', 'c'], 0.4, 1000],
  [['a', 'c'], 2, 967],
  [['a', 'c'], 15, 750],
  [['c', 'a'], 30, 500],
  [['a'], 0.4, 500],
  [['a'], 15, 375],
  [['a', 'b'], 0.4, 0],
  [['a', 'b', 'c'], 0.4, 0],
  [['a', 'b', 'c', 'd'], 0.4, 0],
  [['d'], 0.4, 0],
] as const) {
  test(`S8: of right a and c, multiple pays ${points} for ${choice.join(' and ')} after ${seconds} s`, () => {
    assert.equal(paid(question('multiple'), [...choice], { seconds }), points);
  });
}

test('S8: an odd P is rounded once, not once for each option', () => {
  assert.equal(paid(question('multiple', { points: 333 }), ['a', 'c']), 333);
  assert.equal(paid(question('multiple', { points: 333 }), ['a']), 167);
});

test('S8: three right options pay up to P/2 each', () => {
  const three = question('multiple', { key: { kind: 'choices', correct: ['a', 'b', 'c'] } });
  assert.equal(paid(three, ['a', 'b', 'c']), 1500);
});

for (const [choice, points, correct] of [
  [['a', 'c'], 1000, true],
  [['c'], 500, false],
  [['a', 'd'], 0, false],
  [['a', 'b', 'c'], 0, false],
] as const) {
  test(`S9: of right a and c, accuracy pays ${points} for ${choice.join(' and ')}, which is ${correct ? '' : 'not '}correct`, () => {
    assert.equal(paid(question('multiple'), [...choice], { scoring: 'accuracy' }), points);
    assert.equal(isCorrect(question('multiple'), [...choice]), correct);
  });
}

test('S9: linear pays the share of what is left', () => {
  assert.equal(paid(question('multiple'), ['a'], { scoring: 'linear', seconds: 15 }), 250);
});

test('S10: any choice marked right is right where there are several', () => {
  for (const kind of ['single', 'true_false'] as const) {
    const both = question(kind, { key: { kind: 'choices', correct: ['a', 'b'] } });
    assert.deepEqual(judge(both, 'a'), { complete: true, right: 1, of: 1 });
    assert.equal(paid(both, 'b'), 1000);
  }
  assert.equal(paid(question('single'), 'a'), 0);
  assert.equal(paid(question('true_false'), 'a', { seconds: 15 }), 750);
});

for (const [typed, accepted, right] of [
  ['Paris', { text: 'Paris' }, true],
  ['  pARIS ', { text: 'Paris' }, true],
  ['New\u00a0 York', { text: 'new york' }, true],
  ['Ｐａｒｉｓ', { text: 'paris' }, true],
  ['e\u0301cole', { text: 'École' }, true],
  ['ecole', { text: 'École' }, false],
  ['Par is', { text: 'Paris' }, false],
  ['', { text: 'Paris' }, false],
  ['NaCl', { text: 'NaCl', case_sensitive: true }, true],
  [' NaCl ', { text: 'NaCl', case_sensitive: true }, true],
  ['nacl', { text: 'NaCl', case_sensitive: true }, false],
] as const) {
  test(`S11: typed ${JSON.stringify(typed)} is ${right ? '' : 'not '}${JSON.stringify(accepted)}`, () => {
    const of = question('text', { key: { kind: 'text', accepted: [{ text: 'Lutetia' }, accepted] } });
    assert.equal(isCorrect(of, typed), right);
    assert.equal(isCorrect(of, 'lutetia'), true);
  });
}

for (const [choice, points, correct] of [
  [['c', 'a', 'd', 'b'], 1000, true],
  [['a', 'c', 'd', 'b'], 500, false],
  [['c', 'd', 'b', 'a'], 250, false],
  [['a', 'c', 'b', 'd'], 0, false],
] as const) {
  test(`S12: where c, a, d, b is right, ${choice.join(', ')} pays ${points}`, () => {
    assert.equal(paid(question('order'), [...choice]), points);
    assert.equal(paid(question('order'), [...choice], { seconds: 15 }), Math.round(points * 0.75));
    assert.equal(isCorrect(question('order'), [...choice]), correct);
  });
}

for (const [choice, right] of [
  [42, true],
  [40, true],
  [44, true],
  [39.999, false],
  [44.001, false],
  [-42, false],
] as const) {
  test(`S13: ${choice} is ${right ? '' : 'not '}within 2 of 42`, () => {
    assert.equal(isCorrect(question('number'), choice), right);
  });
}

test('S13: a tolerance of 0 takes the number alone', () => {
  const exact = question('number', { key: { kind: 'number', answer: 0.5, tolerance: 0 } });
  assert.deepEqual([isCorrect(exact, 0.5), isCorrect(exact, 0.50001)], [true, false]);
});

test('S15: of votes, and of numbers without tolerance, one answer alone is neither right nor wrong', () => {
  assert.equal(judge(question('poll'), 'a'), null);
  assert.equal(judge(question('rating'), 5), null);
  assert.equal(judge(question('word_cloud'), 'word'), null);
  assert.equal(judge(question('number', { key: { kind: 'number', answer: 42, tolerance: null } }), 42), null);
});

test('S16: what is not of the asked form is wrong, not a fault', () => {
  const wrong: [Question, Choice | null][] = [
    [question('single'), ['b']],
    [question('single'), null],
    [question('multiple'), 'a'],
    [question('multiple'), []],
    [question('text'), 42],
    [question('number'), '42'],
    [question('order'), 'c'],
    [question('order'), []],
  ];
  for (const [of, choice] of wrong) {
    assert.equal(isCorrect(of, choice), false, of.kind);
    for (const scoring of scorings) {
      assert.equal(pointsFor(of, scoring, { judgement: judged(of, choice), elapsed_ms: 0 }), 0, of.kind);
    }
  }
});

test('S17: the bonus of the first eight correct answers in a row', () => {
  const bonuses = [1, 2, 3, 4, 5, 6, 7, 8].map(streakBonus);
  assert.deepEqual(bonuses, [0, 100, 200, 300, 400, 500, 500, 500]);
  assert.equal(streakBonus(0), 0);
});
