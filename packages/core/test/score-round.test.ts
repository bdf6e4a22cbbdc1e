/** Family S: a closed round turned into accounts. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Answer, Choice } from '../src/answer.ts';
import { newcomer, type Player, type Standing } from '../src/player.ts';
import type { Question } from '../src/question.ts';
import { resultOf, scoreRound } from '../src/score-round.ts';
import type { Settings } from '../src/settings.ts';
import { answer, answersById, player, question } from './build.ts';

type ScoringSettings = Pick<Settings, 'scoring' | 'streak_bonus'>;
const kahoot: ScoringSettings = { scoring: 'kahoot', streak_bonus: false };
const withBonus: ScoringSettings = { scoring: 'accuracy', streak_bonus: true };

interface Scene {
  question?: Question;
  settings?: ScoringSettings;
  skipped?: boolean;
  players?: Player[];
  standings?: Map<string, Standing>;
}

function score(answers: Answer[], scene: Scene = {}): Map<string, Standing> {
  const players = scene.players ?? ['ann', 'bob', 'cyd'].map((user_id) => player(user_id));
  return scoreRound({
    question: scene.question ?? question(),
    settings: scene.settings ?? kahoot,
    skipped: scene.skipped ?? false,
    // As the leader passes them: an iterator, which can be read once.
    players: new Map(players.map((one) => [one.user_id, one])).values(),
    answers: answersById(answers),
    standings: scene.standings ?? new Map(),
  });
}

function of(standings: Map<string, Standing>, user_id: string): Standing {
  const standing = standings.get(user_id);
  assert.ok(standing !== undefined, `${user_id} has no account`);
  return standing;
}

/** Plays rounds of one player and says the streak after each. `null` is no answer. */
function streaks(rounds: { question?: Question; choice: Choice | null; skipped?: boolean }[]): number[] {
  let standings = new Map<string, Standing>();
  return rounds.map(({ choice, ...scene }) => {
    const answers = choice === null ? [] : [answer('ann', choice)];
    standings = score(answers, { ...scene, players: [player('ann')], standings, settings: withBonus });
    return of(standings, 'ann').streak;
  });
}

const closest = question('number', { key: { kind: 'number', answer: 42, tolerance: null } });

function correctOnes(standings: Map<string, Standing>): string[] {
  return [...standings].filter(([, { last }]) => last.correct === true).map(([user_id]) => user_id);
}

test('S13: everybody within the tolerance is right, not the closest alone', () => {
  const after = score([answer('ann', 42), answer('bob', 44), answer('cyd', 44.5)], { question: question('number') });
  assert.deepEqual(correctOnes(after).sort(), ['ann', 'bob']);
});

test('S14: the closest number is right, and nothing else', () => {
  const after = score([answer('ann', 40), answer('bob', 45), answer('cyd', 1e9)], { question: closest });
  assert.deepEqual(correctOnes(after), ['ann']);
  assert.equal(of(after, 'ann').score, 967);
  assert.deepEqual(of(after, 'bob').last, { answered: true, correct: false, points: 0 });
});

test('S14: all who are equally close are right, on either side', () => {
  const after = score([answer('ann', 40), answer('bob', 44), answer('cyd', 45)], { question: closest });
  assert.deepEqual(correctOnes(after), ['ann', 'bob']);
});

test('S14: who did not answer is not closest', () => {
  const after = score([answer('bob', -1e12)], { question: closest });
  assert.deepEqual(correctOnes(after), ['bob']);
  assert.deepEqual(of(after, 'ann').last, { answered: false, correct: null, points: 0 });
});

for (const [kind, choice] of [
  ['poll', 'a'],
  ['rating', 5],
  ['word_cloud', 'word'],
] as const) {
  test(`S15: a ${kind} counts as answered, is neither right nor wrong and pays nothing`, () => {
    const before = {
      ...newcomer,
      score: 500,
      correct: 1,
      answered: 1,
      answered_ms: 1_000,
      correct_ms: 1_000,
      streak: 3,
      rank: 1,
    };
    const after = score([answer('ann', choice, 2_000)], {
      question: question(kind),
      standings: new Map([['ann', before]]),
    });
    const last = { answered: true, correct: null, points: 0 };
    assert.deepEqual(of(after, 'ann'), { ...before, answered: 2, answered_ms: 3_000, last });
  });
}

test('S15: an anonymous vote counts as answered', () => {
  const after = score([answer('ann', null)], { question: question('poll') });
  assert.deepEqual(of(after, 'ann').last, { answered: true, correct: null, points: 0 });
});

test('S16: a wrong and a missing answer pay nothing', () => {
  const after = score([answer('ann', 'a'), answer('cyd', 'b')]);
  assert.deepEqual(of(after, 'ann').last, { answered: true, correct: false, points: 0 });
  assert.deepEqual(of(after, 'bob').last, { answered: false, correct: null, points: 0 });
  assert.deepEqual([of(after, 'ann').score, of(after, 'bob').score, of(after, 'cyd').score], [0, 0, 967]);
});

test('S18: a wrong, a partly right and a missing answer reset the streak', () => {
  assert.deepEqual(streaks([{ choice: 'b' }, { choice: 'b' }, { choice: 'a' }, { choice: 'b' }]), [1, 2, 0, 1]);
  assert.deepEqual(streaks([{ choice: 'b' }, { choice: null }, { choice: 'b' }]), [1, 0, 1]);
  assert.deepEqual(streaks([{ choice: 'b' }, { question: question('multiple'), choice: ['a'] }]), [1, 0]);
});

test('S18: an unscored and a skipped round leave the streak alone, answered or not', () => {
  const poll = question('poll');
  const skipped = { skipped: true };
  const rounds = [
    { choice: 'b' },
    { choice: 'a', question: poll },
    { choice: null, question: poll },
    { choice: 'a', ...skipped },
    { choice: null, ...skipped },
    { choice: 'b' },
  ];
  assert.deepEqual(streaks(rounds), [1, 1, 1, 1, 1, 2]);
});

test('S19: the bonus comes on top of a wholly correct answer', () => {
  const standings = new Map([['ann', { ...newcomer, streak: 3 }]]);
  const points = (settings: ScoringSettings, asked: Question, choice: Choice): number =>
    of(score([answer('ann', choice)], { settings, question: asked, standings }), 'ann').last.points;
  assert.equal(points(withBonus, question(), 'b'), 1_300);
  assert.equal(points({ scoring: 'kahoot', streak_bonus: true }, question(), 'b'), 1_267);
  assert.equal(points({ ...withBonus, streak_bonus: false }, question(), 'b'), 1_000);
  assert.equal(points(withBonus, question('multiple'), ['a']), 500);
  assert.equal(points({ scoring: 'none', streak_bonus: true }, question(), 'b'), 0);
  assert.equal(points(withBonus, question('single', { points: 0 }), 'b'), 0);
});

for (const [elapsed, percent, points] of [
  [2_000, 0, 967],
  [4_000, 100, 967],
  [3_000, 50, 967],
  [30_000, 100, 750],
  [60_000, 100, 500],
  [990, 100, 1_000],
  [120_000, 300, 500],
] as const) {
  test(`S20: ${elapsed} ms with ${percent} % of extra time pay ${points}`, () => {
    const players = [player('ann', { extra_time_percent: percent })];
    const after = of(score([answer('ann', 'b', elapsed)], { players }), 'ann');
    assert.equal(after.last.points, points);
    assert.equal(after.answered_ms, elapsed);
  });
}

test('S21: a skipped round changes no account', () => {
  const before = of(score([answer('ann', 'b')]), 'ann');
  const scene = { skipped: true, standings: new Map([['ann', before]]), players: [player('ann')] };
  const answered = of(score([answer('ann', 'b')], scene), 'ann');
  assert.deepEqual(answered, { ...before, last: { answered: true, correct: null, points: 0 } });
  const unanswered = of(score([], scene), 'ann');
  assert.deepEqual(unanswered, { ...before, last: { answered: false, correct: null, points: 0 } });
});

test('S22: the removed and the waiting have no account, whatever they answered', () => {
  const players = [player('ann'), player('bob', { status: 'waiting' })];
  const after = score([answer('ann', 'b'), answer('bob', 'b'), answer('gone', 'b')], { players });
  assert.deepEqual([...after.keys()], ['ann']);
});

test('S22: the removed and the waiting take the closest number from nobody', () => {
  const players = [player('ann'), player('bob', { status: 'waiting' })];
  const after = score([answer('ann', 50), answer('bob', 42), answer('gone', 42)], { players, question: closest });
  assert.deepEqual(correctOnes(after), ['ann']);
});

test('S23: who has no account yet starts from zero', () => {
  const first = score([answer('ann', 'b')], { players: [player('ann')] });
  const after = score([answer('dan', 'b', 15_000)], { players: [player('ann'), player('dan')], standings: first });
  assert.deepEqual(of(after, 'dan'), {
    score: 750,
    correct: 1,
    answered: 1,
    streak: 1,
    answered_ms: 15_000,
    correct_ms: 15_000,
    rank: 2,
    last: { answered: true, correct: true, points: 750 },
  });
});

test('S24: one answer scored by itself gives what the round gave it', () => {
  const given = answer('ann', 'b', 7_000);
  const alone = resultOf(question(), withBonus, { answer: given, streak: 2, extra_time_percent: 25, closest: 0 });
  const players = [player('ann', { extra_time_percent: 25 })];
  const standings = new Map([['ann', { ...newcomer, streak: 2 }]]);
  const after = score([given, answer('bob', 'b')], { players, settings: withBonus, standings });
  assert.deepEqual(of(after, 'ann').last, alone);
});

test('S25: an account adds up its rounds', () => {
  const first = score([answer('ann', 'b', 2_000)]);
  const second = score([answer('ann', 'a', 4_000)], { standings: first });
  const third = score([answer('ann', 'b', 15_000)], { standings: second });
  const { score: total, correct, answered, answered_ms, correct_ms } = of(third, 'ann');
  assert.deepEqual([total, correct, answered, answered_ms, correct_ms], [967 + 750, 2, 3, 21_000, 17_000]);
});
