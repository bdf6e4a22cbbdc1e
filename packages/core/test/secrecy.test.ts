/**
 * I8 and T6: a canary in every secret field of a party of all kinds, and every view and gate of a whole game
 * searched for them. The game is played under every setting that changes what is shown.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { newcomer } from '../src/player.ts';
import { projection } from '../src/projection.ts';
import type { AnswerKey, Question } from '../src/question.ts';
import type { Settings } from '../src/settings.ts';
import { correctShown } from '../src/view.ts';
import { type Game, game, player, question, questionKinds } from './build.ts';

const rounds = questionKinds.length;

/** Numbers cannot hold a word: a long one of their own stands for it. */
function secretNumber(round: number): number {
  return 987_650_000 + round;
}

function secretKey(kind: Question['kind'], round: number): AnswerKey {
  const canary = `key-canary-${round}-`;
  switch (kind) {
    case 'text':
      return { kind: 'text', accepted: [{ text: canary }, { text: `also ${canary}`, case_sensitive: true }] };
    case 'number':
      return { kind: 'number', answer: secretNumber(round), tolerance: secretNumber(round) };
    case 'order':
      return { kind: 'order', order: [canary, 'b'] };
    case 'poll':
    case 'rating':
    case 'word_cloud':
      return { kind: 'none' };
    default:
      return { kind: 'choices', correct: [canary] };
  }
}

/** Choices carry a correct flag and the question a note, as a careless import would leave them. */
function secretQuestion(kind: Question['kind'], index: number): Question {
  const round = index + 1;
  const plain = question(kind, {
    id: `q${round}`,
    prompt: `prompt-canary-${round}-`,
    key: secretKey(kind, round),
    explanation: `explanation-canary-${round}-`,
  });
  const choices = plain.choices.map((choice) => ({
    ...choice,
    text: `choice-canary-${round}-`,
    correct: `flag-canary-${round}-`,
  }));
  return Object.assign({ ...plain, choices }, { note: `note-canary-${round}-` });
}

/** What must not be seen of a round before its reveal, and of the rest of it ever. */
function secretsOf(round: number): { untilRevealed: string[]; ever: string[]; untilOpened: string[] } {
  return {
    untilRevealed: [`key-canary-${round}-`, `explanation-canary-${round}-`, `${secretNumber(round)}`],
    ever: [`flag-canary-${round}-`, `note-canary-${round}-`],
    untilOpened: [`prompt-canary-${round}-`, `choice-canary-${round}-`],
  };
}

const doorSecrets = ['passcode-canary', 'roster-name-canary', 'roster-ref-canary', 'second_step', 'roster', 'passcode'];

function secretGame(kind: 'quick' | 'room', over: Partial<Settings>): Game {
  return game({
    kind,
    questions: questionKinds.map(secretQuestion),
    players: [player('ann'), player('bob', { team: 'red' }), player('eve', { status: 'waiting' })],
    settings: {
      ...over,
      passcode: 'passcode-canary',
      second_step: true,
      roster: [{ name: 'roster-name-canary', ref: 'roster-ref-canary', extra_time_percent: 20 }],
      approve_joins: true,
    },
  });
}

/** Everything of this party that is shown to somebody now, as text. */
function shown({
  party,
  quiz,
  players,
}: Pick<Game, 'party' | 'quiz' | 'players'>): Record<'all' | 'host' | 'gate', string> {
  const { view, host_view, gate } = projection({ party, quiz, players, scoreOf: () => 1, connected: 2 });
  return { all: view, host: host_view, gate: JSON.stringify(gate) };
}

interface Course {
  one: Game;
  /** The round whose reveal is on the screens; 0 where none is. */
  revealed: number;
  /** The last round whose question may be on the screens. */
  opened: number;
}

function search({ one, revealed, opened }: Course): void {
  const hidden = [...doorSecrets];
  for (let round = 1; round <= rounds; round += 1) {
    const { untilRevealed, ever, untilOpened } = secretsOf(round);
    hidden.push(...ever, ...(round === revealed ? [] : untilRevealed), ...(round > opened ? untilOpened : []));
  }
  const { phase, current_round } = one.party;
  for (const [where, text] of Object.entries(shown(one))) {
    const found = hidden.filter((secret) => text.includes(secret));
    assert.deepEqual(found, [], `in ${where}, round ${current_round}, ${phase.name}`);
  }
}

/** Closes and scores the running round as the leader does. */
function scoreRunning(one: Game): void {
  const round = one.party.current_round;
  const running = one.quiz.questions[round - 1];
  assert.ok(running !== undefined);
  const reveal = {
    round,
    correct: correctShown(running),
    counts: { a: 1 },
    answered: 1,
    explanation: running.explanation ?? null,
  };
  const line = {
    rank: 1,
    user_id: 'ann',
    nickname: 'Nick ann',
    score: newcomer.score,
    correct: 0,
    answered: 1,
    mean_ms: 1,
  };
  one.tell({ type: 'scored', round, reveal, ranking: { leaderboard: [line], teams: [] } });
}

/** A whole game, searched after every step. Every fourth round is skipped. */
function searchWholeGame(one: Game): void {
  const step = (act: () => void, at: Omit<Course, 'one'>): void => {
    act();
    search({ one, ...at });
  };
  const lobby = { revealed: 0, opened: one.party.kind === 'quick' ? 1 : 0 };
  step(
    () => one.tell({ type: 'attendance', attendance: { players: 0, hosts: 0, spectators: 0, all_answered_round: 0 } }),
    lobby,
  );
  step(() => one.host({ type: 'lock' }), lobby);
  for (let round = 1; round <= rounds; round += 1) {
    const open = { revealed: 0, opened: round };
    step(() => one.host({ type: 'next' }), open);
    step(() => one.tell({ type: 'answers', round, answered: 1, counts: { a: 1 } }), open);
    step(() => one.host({ type: 'pause' }), open);
    step(() => one.host({ type: 'resume' }), open);
    step(() => one.tell({ type: 'live_scores', round, scores: [{ user_id: 'ann', score: 1 }] }), open);
    if (round % 4 === 0 && round < rounds) {
      step(() => one.host({ type: 'skip' }), open);
      step(() => scoreRunning(one), { revealed: 0, opened: round + 1 });
      round += 1;
    }
    step(() => one.host({ type: 'next' }), { revealed: 0, opened: round });
    step(() => scoreRunning(one), { revealed: round, opened: round });
    step(() => one.host({ type: 'pause' }), { revealed: round, opened: round });
    step(() => one.host({ type: 'resume' }), { revealed: round, opened: round });
  }
  step(() => one.host({ type: 'next' }), { revealed: 0, opened: rounds });
  assert.equal(one.party.phase.name, 'finished');
}

const showings: Partial<Settings>[] = [
  {},
  { pacing: 'auto', reveal_seconds: 0 },
  { feedback: 'instant' },
  { question_on_phones: false },
  { show_vote_results: 'live', anonymous_votes: true },
  { leaderboard: 'end' },
  { leaderboard: 'hidden', spectators: true },
];

for (const kind of ['quick', 'room'] as const) {
  for (const setting of showings) {
    test(`V1, V2, V3: no view of a ${kind} party with ${JSON.stringify(setting)} tells a secret`, () => {
      searchWholeGame(secretGame(kind, { start: 'manual', ...setting }));
    });
  }
}

test('V1: a view of a running round is the same whatever its key, explanation and unnamed fields are', () => {
  for (const kind of questionKinds) {
    const views = [question(kind), secretQuestion(kind, 0)].map((asked) => {
      const secret = { key: asked.key, ...(asked.explanation === undefined ? {} : { explanation: asked.explanation }) };
      const one = game({ questions: [question(kind, secret)], settings: { show_vote_results: 'live' } });
      one.host({ type: 'start' });
      return shown(one);
    });
    assert.deepEqual(views[0], views[1], kind);
  }
});

test('V2: a reveal does show the key and explanation of its round', () => {
  const one = secretGame('room', {});
  const seen: boolean[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    one.host({ type: 'next' });
    one.host({ type: 'next' });
    scoreRunning(one);
    const isScored = one.quiz.questions[round - 1]?.key.kind !== 'none';
    const { all } = shown(one);
    const [key = '', explanation = '', number = ''] = secretsOf(round).untilRevealed;
    seen.push((all.includes(key) || all.includes(number) || !isScored) && all.includes(explanation));
  }
  assert.deepEqual(seen, Array(rounds).fill(true));
});

test('V3: the canaries searched for are all there to be found', () => {
  const { party, quiz } = secretGame('room', {});
  const whole = JSON.stringify({ party, quiz });
  for (const secret of doorSecrets) assert.ok(whole.includes(secret), secret);
  for (let round = 1; round <= rounds; round += 1) {
    const { untilRevealed, ever, untilOpened } = secretsOf(round);
    const [key = '', explanation = '', number = ''] = untilRevealed;
    assert.ok(whole.includes(explanation));
    if (quiz.questions[round - 1]?.key.kind !== 'none') assert.ok(whole.includes(key) || whole.includes(number), key);
    assert.ok(ever.some((secret) => whole.includes(secret)));
    assert.ok(untilOpened.some((secret) => whole.includes(secret)));
  }
});

test('V15: a gateway is given a gate while a question is open, and a key only with instant feedback', () => {
  for (const feedback of ['reveal', 'instant'] as const) {
    const one = secretGame('room', { feedback });
    const given = (): [isGate: boolean, isKey: boolean] => {
      const { gate, instant_key } = projection({
        ...one,
        party: one.party,
        players: one.players,
        scoreOf: () => 1,
        connected: 2,
      });
      return [gate !== null, instant_key !== null];
    };
    const seen = [given()];
    for (const type of ['start', 'pause', 'resume', 'next'] as const) {
      one.host({ type });
      seen.push(given());
    }
    scoreRunning(one);
    seen.push(given());
    const open = [true, feedback === 'instant'];
    const shut = [false, false];
    assert.deepEqual(seen, [shut, open, shut, open, shut, shut]);
  }
});
