/** Family V: what each audience sees. Secrets are searched for in `secrecy.test.ts`. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Party } from '../src/party.ts';
import type { LeaderboardEntry } from '../src/player.ts';
import { publicQuestion, type Question } from '../src/question.ts';
import { correctShown, type PartyView, partyView, questionFor, type ViewSource } from '../src/view.ts';
import { type Game, type GameOptions, game, hostCommand, names, player, question, questionKinds } from './build.ts';

function view(one: Game, audience: 'all' | 'host' = 'all', over: Partial<ViewSource> = {}): PartyView {
  const scoreOf = (): number => 777;
  return partyView(
    { party: one.party, quiz: one.quiz, players: one.players, scoreOf, connected: 2, ...over },
    audience,
  );
}

function line(user_id: string, rank: number): LeaderboardEntry {
  return { rank, user_id, nickname: `Nick ${user_id}`, score: 1_000 - rank, correct: 1, answered: 1, mean_ms: 2_000 };
}

const ranking = {
  leaderboard: [line('ann', 1), line('bob', 2)],
  teams: [{ rank: 1, team: 'red', score: 500, members: 2 }],
};

function revealed(options: GameOptions = {}): Game {
  const one = game(options);
  one.host({ type: 'start' });
  one.host({ type: 'next' });
  one.score(ranking);
  return one;
}

function finished(options: GameOptions = {}): Game {
  const one = revealed(options);
  one.host({ type: 'end' });
  return one;
}

test('V4: a room keeps its question back until the round opens, a quick party shows round 1 in its lobby', () => {
  const room = game({ kind: 'room' });
  assert.deepEqual([view(room).question, view(room).choices], [null, []]);
  assert.deepEqual([view(room, 'host').question, view(room, 'host').choices], [null, []]);
  const quick = view(game({ kind: 'quick' }));
  assert.equal(quick.question?.id, 'q-single');
  assert.equal(quick.choices.length, 4);
  room.host({ type: 'start' });
  assert.equal(view(room).question?.id, 'q-single');
});

test('V4: the question shown is that of the round, while it runs, while paused and at its reveal', () => {
  const one = game({ questions: [question('single', { id: 'first' }), question('poll', { id: 'second' })] });
  const shown = (): string | undefined => view(one).question?.id;
  const seen = (['start', 'pause', 'resume', 'next'] as const).map((type) => {
    one.host({ type });
    return shown();
  });
  one.score();
  seen.push(shown());
  one.host({ type: 'next' });
  assert.deepEqual([...seen, shown()], ['first', 'first', 'first', 'first', 'first', 'second']);
});

test('V5: a round that is being scored looks like a question', () => {
  const one = game();
  one.host({ type: 'start' });
  const open = view(one);
  one.host({ type: 'skip' });
  assert.equal(one.party.phase.name, 'closing');
  assert.deepEqual(view(one), open);
});

test('V6: with question_on_phones off only the host has the words', () => {
  const media = { url: 'https://example.org/tower.jpg' };
  const one = game({ questions: [question('single', { media })], settings: { question_on_phones: false } });
  one.host({ type: 'start' });
  const host = view(one, 'host');
  assert.equal(host.question?.prompt, 'A single question?');
  assert.deepEqual(host.question?.media, media);
  assert.equal(host.choices[0]?.text, 'choice a');
  const phones = view(one);
  assert.deepEqual(phones.question, {
    id: 'q-single',
    kind: 'single',
    prompt: '',
    category: 'General',
    time_limit_ms: 30_000,
    points: 1000,
  });
  assert.deepEqual(
    phones.choices,
    ['a', 'b', 'c', 'd'].map((id) => ({ id, text: '' })),
  );
});

test('V7: leaderboard each_round shows ranking and scores from the first reveal on', () => {
  for (const one of [revealed(), finished()]) {
    const { leaderboard, teams, players } = view(one);
    assert.deepEqual({ leaderboard, teams }, ranking);
    assert.equal(players[0]?.score, 777);
  }
  assert.deepEqual(view(revealed()).reveal?.leaderboard, ranking.leaderboard);
});

test('V7: leaderboard end shows them when the party has finished', () => {
  const settings = { leaderboard: 'end' } as const;
  const during = view(revealed({ settings }));
  assert.deepEqual([during.leaderboard, during.teams, during.reveal?.leaderboard], [[], undefined, []]);
  assert.equal(during.reveal?.teams, undefined);
  assert.equal(during.players[0]?.score, null);
  const after = view(finished({ settings }));
  assert.deepEqual(after.leaderboard, ranking.leaderboard);
  assert.equal(after.players[0]?.score, 777);
});

test('V7: leaderboard hidden never shows them', () => {
  const settings = { leaderboard: 'hidden' } as const;
  for (const one of [revealed({ settings }), finished({ settings })]) {
    const { leaderboard, teams, players } = view(one, 'host');
    assert.deepEqual([leaderboard, teams, players[0]?.score], [[], undefined, null]);
  }
});

test('V8: ten lines of the ranking and a hundred players, the ranked first, with true totals', () => {
  const crowd = Array.from({ length: 150 }, (_, index) => player(`u${index}`));
  const one = game({ players: crowd });
  one.host({ type: 'start' });
  one.host({ type: 'next' });
  one.score({ leaderboard: crowd.slice(140).map((member, index) => line(member.user_id, index + 1)), teams: [] });
  one.tell({ type: 'joined', player: player('late') });
  const { leaderboard, players, players_total } = view(one);
  assert.equal(leaderboard.length, 10);
  assert.equal(players.length, 100);
  assert.equal(players_total, 151);
  assert.deepEqual(
    players.slice(0, 11).map(({ user_id }) => user_id),
    [...crowd.slice(140), ...crowd.slice(0, 1)].map(({ user_id }) => user_id),
  );
});

test('V8: of a hidden ranking not even the order is shown', () => {
  const one = revealed({ players: [player('bob'), player('ann')], settings: { leaderboard: 'hidden' } });
  const order = view(one).players.map(({ user_id }) => user_id);
  assert.deepEqual(order, ['bob', 'ann']);
});

test('V8: teams are named where there are any', () => {
  const one = game({ players: [player('ann', { team: 'red' }), player('bob')] });
  assert.deepEqual(view(one).players, [
    { user_id: 'ann', nickname: 'Nick ann', score: 777, team: 'red' },
    { user_id: 'bob', nickname: 'Nick bob', score: 777 },
  ]);
});

test('V9: who waits is told to the host alone', () => {
  const one = game({ players: [player('ann'), player('zoe', { status: 'waiting' })] });
  const host = view(one, 'host');
  assert.deepEqual(host.waiting, [{ user_id: 'zoe', nickname: 'Nick zoe' }]);
  assert.equal(host.waiting_total, 1);
  assert.deepEqual(
    host.players.map(({ user_id }) => user_id),
    ['ann'],
  );
  assert.ok(!JSON.stringify(view(one)).includes('zoe'));
});

test('V9: at most 100 of a full waiting room are named, with the true total', () => {
  const crowd = Array.from({ length: 101 }, (_, index) => player(`u${index}`, { status: 'waiting' }));
  const host = view(game({ players: crowd }), 'host');
  assert.deepEqual([host.waiting?.length, host.waiting_total, host.players.length], [100, 101, 0]);
});

test('V9: a host without anybody waiting is told so', () => {
  const host = view(game(), 'host');
  assert.deepEqual([host.waiting, host.waiting_total], [[], 0]);
});

test('V18: which screen has control is told to the host alone', () => {
  const one = game();
  assert.equal(view(one, 'host').controller, null);
  one.tell(hostCommand('m1', { type: 'take_control' }, { session: 'screen-7' }));
  assert.equal(view(one, 'host').controller, 'screen-7');
  assert.ok(!JSON.stringify(view(one)).includes('screen-7'));
});

test('V19: how much longer somebody may answer is told to the host alone, while the question is open', () => {
  const one = game({ players: [player('ann'), player('bob', { extra_time_percent: 50 })] });
  assert.equal(view(one, 'host').extra_time_ms, 0);
  one.host({ type: 'start' });
  assert.equal(view(one, 'host').extra_time_ms, 15_000);
  assert.ok(!('extra_time_ms' in view(one)));
  one.host({ type: 'next' });
  assert.equal(view(one, 'host').extra_time_ms, 0);
});

test('V10: votes are counted while they run only where the settings say so', () => {
  for (const show_vote_results of ['live', 'reveal'] as const) {
    const one = game({ questions: [question('poll')], settings: { show_vote_results } });
    one.host({ type: 'start' });
    const { events } = one.tell({ type: 'answers', round: 1, answered: 3, counts: { a: 2, b: 1 } });
    const counts = show_vote_results === 'live' ? { a: 2, b: 1 } : null;
    assert.deepEqual(events, [{ type: 'answers_counted', round: 1, answered: 3, counts }]);
    assert.deepEqual(view(one).counts, counts ?? undefined);
    assert.equal(view(one).answered, 3);
  }
});

test('V10: answers to a question with a right answer are never counted out while it runs', () => {
  for (const kind of questionKinds) {
    if (question(kind).key.kind === 'none') continue;
    const one = game({ questions: [question(kind)], settings: { show_vote_results: 'live' } });
    one.host({ type: 'start' });
    const [event] = one.tell({ type: 'answers', round: 1, answered: 3, counts: { a: 3 } }).events;
    assert.deepEqual(event, { type: 'answers_counted', round: 1, answered: 3, counts: null }, kind);
    assert.ok(!('counts' in view(one, 'host')), kind);
  }
});

test('V10: the counts of one round are not shown with the next', () => {
  const one = game({ questions: [question('poll'), question()], settings: { show_vote_results: 'live' } });
  one.host({ type: 'start' });
  one.tell({ type: 'answers', round: 1, answered: 3, counts: { a: 3 } });
  one.host({ type: 'next' });
  one.score();
  one.host({ type: 'next' });
  assert.ok(!('counts' in view(one)));
});

test('V11: scores change within a round only with instant feedback and where they are shown', () => {
  const changes = (settings: Partial<Party['settings']>): string[] => {
    const one = game({ settings });
    one.host({ type: 'start' });
    return names(one.tell({ type: 'live_scores', round: 1, scores: [{ user_id: 'ann', score: 967 }] }));
  };
  assert.deepEqual(changes({ feedback: 'instant' }), ['scores_changed']);
  assert.deepEqual(changes({ feedback: 'reveal' }), []);
  assert.deepEqual(changes({ feedback: 'instant', leaderboard: 'end' }), []);
  assert.deepEqual(changes({ feedback: 'instant', leaderboard: 'hidden' }), []);
});

test('V11: scores of another round, or none, are no change', () => {
  const one = game({ settings: { feedback: 'instant' } });
  const tell = (round: number, scores: { user_id: string; score: number }[]): string[] =>
    names(one.tell({ type: 'live_scores', round, scores }));
  assert.deepEqual(tell(1, [{ user_id: 'ann', score: 1 }]), []);
  one.host({ type: 'start' });
  assert.deepEqual([tell(2, [{ user_id: 'ann', score: 1 }]), tell(1, [])], [[], []]);
});

test('V12: a finished party shows whether it is saved, and no question', () => {
  const one = finished();
  const pending = view(one);
  assert.deepEqual(
    [pending.phase, pending.results, pending.question, pending.choices, pending.reveal],
    ['finished', 'pending', null, [], null],
  );
  one.tell({ type: 'results_saved' });
  assert.equal(view(one).results, 'saved');
  assert.ok(!('results' in view(revealed())));
});

test('V13: what is right is shown in the form players send it', () => {
  const shown = Object.fromEntries(questionKinds.map((kind) => [kind, correctShown(question(kind))]));
  assert.deepEqual(shown, {
    single: ['b'],
    multiple: ['a', 'c'],
    true_false: ['a'],
    text: ['Paris'],
    number: 42,
    order: ['c', 'a', 'd', 'b'],
    poll: null,
    rating: null,
    word_cloud: null,
  });
});

test('V14: of a question only its named fields are shown', () => {
  const full: Question = question('number', {
    explanation: 'because',
    media: { url: 'https://example.org/x.png' },
    min: 0,
    max: 100,
    max_words: 2,
  });
  const smuggled = { ...full, note: 'secret', media: { url: 'https://example.org/x.png', alt: 'secret' } };
  assert.deepEqual(publicQuestion(smuggled), {
    id: 'q-number',
    kind: 'number',
    prompt: 'A number question?',
    category: 'General',
    time_limit_ms: 30_000,
    points: 1000,
    media: { url: 'https://example.org/x.png' },
    min: 0,
    max: 100,
    max_words: 2,
  });
});

test('V14: of a choice only id and text are shown', () => {
  const marked = question('single', { choices: [Object.assign({ id: 'a', text: 'Paris' }, { correct: true })] });
  assert.deepEqual(questionFor(marked, false).choices, [{ id: 'a', text: 'Paris' }]);
  assert.deepEqual(questionFor(marked, true).choices, [{ id: 'a', text: '' }]);
  assert.deepEqual(questionFor(null, false), { question: null, choices: [] });
});
