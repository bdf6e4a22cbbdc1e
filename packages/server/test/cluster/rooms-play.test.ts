/** What is played in rooms on three nodes, from the answer to the stored result: scoring, votes, settings, results. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { AuthoredQuestion } from '@partyline/core';
import { sleep } from './repeats.ts';
import { idsOf, type PlayerScreen, playRound, roomStage, type Screen, together } from './rooms-stage.ts';

const slow = { advance_when_all_answered: false };
const trueFalse: AuthoredQuestion = { kind: 'true_false', prompt: 'Is it so?', answer: true, time_limit_seconds: 60 };
const poll: AuthoredQuestion = { kind: 'poll', prompt: 'Tea?', choices: [{ text: 'Yes' }, { text: 'No' }] };

interface Row {
  round: number;
  user_id: string;
  choice: unknown;
  correct: boolean | null;
  points: number;
}

test('rooms played on three nodes', { concurrency: 10 }, async (t) => {
  const stage = await roomStage(t);
  const { call } = stage;
  const { check, done } = together(t);

  check('every kind of question is scored by its rules, with partial credit, and stored as shown', async () => {
    const letters = ['A', 'B', 'C', 'D'];
    const questions: AuthoredQuestion[] = [
      {
        kind: 'multiple',
        prompt: 'Which are vowels?',
        choices: [{ text: 'A', correct: true }, { text: 'E', correct: true }, { text: 'B' }],
      },
      { kind: 'order', prompt: 'In order', choices: letters.map((text) => ({ text })) },
      { kind: 'number', prompt: 'How many?', answer: 100 },
      { kind: 'number', prompt: 'About how many?', answer: 100, tolerance: 5 },
      { kind: 'text', prompt: 'Who?', accepted: [{ text: 'Ada Lovelace' }, { text: 'ADA', case_sensitive: true }] },
      { kind: 'single', prompt: 'One?', points: 2_000, choices: [{ text: 'yes', correct: true }, { text: 'no' }] },
    ];
    const room = await stage.open(questions, { ...slow, scoring: 'accuracy' });
    const host = await stage.host(room);
    const [ann, bob, cem] = (await stage.players(room, ['Ann', 'Bob', 'Cem'])) as [
      PlayerScreen,
      PlayerScreen,
      PlayerScreen,
    ];
    await host.say('start');
    await host.seen('question');
    const [a, e, b] = await idsOf(host, 1, ['A', 'E', 'B']);
    const pointsOf = async (round: number): Promise<(number | undefined)[]> => {
      const shown = [ann, bob, cem].map((screen) => screen.seen('reveal', (data) => data.round === round));
      return (await Promise.all(shown)).map(({ you }) => you?.last?.points);
    };
    await playRound(host, 1, [
      [ann, [a, e]],
      [bob, [e]],
      [cem, [a, e, b]],
    ]);
    assert.deepEqual(await pointsOf(1), [1_000, 500, 0]);
    await host.say('next');
    const right = await idsOf(host, 2, letters);
    const [first, second, third, fourth] = right;
    await playRound(host, 2, [
      [ann, right],
      [bob, [first, second, fourth, third]],
      [cem, [fourth, third, second, first]],
    ]);
    assert.deepEqual(await pointsOf(2), [1_000, 500, 0]);
    await host.say('next');
    await playRound(host, 3, [
      [ann, 90],
      [bob, 110],
      [cem, 150],
    ]);
    assert.deepEqual(await pointsOf(3), [1_000, 1_000, 0]);
    await host.say('next');
    await playRound(host, 4, [
      [ann, 105],
      [bob, 95],
      [cem, 106],
    ]);
    assert.deepEqual(await pointsOf(4), [1_000, 1_000, 0]);
    await host.say('next');
    await playRound(host, 5, [
      [ann, '  ada   LOVELACE '],
      [bob, 'ADA'],
      [cem, 'ada'],
    ]);
    assert.deepEqual(await pointsOf(5), [1_000, 1_000, 0]);
    await host.say('next');
    const [yes, no] = await idsOf(host, 6, ['yes', 'no']);
    await host.seen('question', ({ round }) => round === 6);
    assert.equal(await cem.say('answer', { round: 6, choice: 'zz' }), 'invalid');
    assert.equal(await cem.say('answer', { round: 6, choice: [yes] }), 'invalid');
    assert.equal(await cem.say('answer', { round: 5, choice: 'ada' }), 'duplicate');
    assert.equal(await cem.say('answer', { round: 7, choice: yes }), 'wrong_round');
    await playRound(host, 6, [
      [ann, yes],
      [bob, null],
      [cem, no],
    ]);
    assert.deepEqual(await pointsOf(6), [2_000, 0, 0]);
    await host.say('next');
    const { leaderboard } = await host.seen('finished');
    assert.deepEqual(
      leaderboard.map(({ score, rank }) => [rank, score]),
      [
        [1, 7_000],
        [2, 4_000],
        [3, 0],
      ],
    );
    await stage.saved(room);
    const { body } = await call('GET', `/api/party/${room.party_id}/results`, { token: room.host_token });
    assert.deepEqual(
      body.leaderboard.map(({ score }: { score: number }) => score),
      [7_000, 4_000, 0],
    );
    const total = body.answers.reduce((sum: number, row: Row) => sum + row.points, 0);
    assert.deepEqual([body.answers.length, total], [17, 11_000]);
  });

  check('kahoot scoring, streaks and teams: points fall with time, a streak adds, a team has the mean', async () => {
    const teams = { mode: 'chosen', names: ['Owls', 'Foxes'] };
    const room = await stage.open([trueFalse, trueFalse, poll, trueFalse], { ...slow, streak_bonus: true, teams });
    const host = await stage.host(room);
    const screens: Screen[] = [];
    for (const [index, team] of ['Owls', 'Owls', 'Foxes'].entries()) {
      const { token } = await stage.join(room, { nickname: `P${index}`, team });
      screens.push(await stage.screen(room.party_id, token, index));
    }
    const [ann, bob, cem] = screens as [Screen, Screen, Screen];
    await host.say('start');
    await playRound(host, 1, [
      [ann, 'true'],
      [bob, 'false'],
      [cem, 'true'],
    ]);
    await host.say('next');
    await playRound(host, 2, [
      [ann, 'true'],
      [bob, 'true'],
      [cem, null],
    ]);
    await host.say('next');
    const [yes] = await idsOf(host, 3, ['Yes']);
    await playRound(host, 3, [[ann, yes]]);
    await host.say('next');
    const reveal = await playRound(host, 4, [
      [ann, 'true'],
      [bob, 'true'],
      [cem, 'true'],
    ]);
    const { you } = await ann.seen('reveal', ({ round }) => round === 4);
    assert.equal(you?.streak, 3, 'the poll leaves the streak alone');
    await host.say('next');
    await stage.saved(room);
    const { body } = await call('GET', `/api/party/${room.party_id}/results`, { token: room.host_token });
    const mine = body.answers.filter((row: Row) => row.user_id === you?.user_id);
    const bonuses = [0, 100, null, 200];
    for (const row of mine) {
      const bonus = bonuses[row.round - 1];
      const timed = row.elapsed_ms < 500 ? 1_000 : Math.round(1_000 * (1 - row.elapsed_ms / 60_000 / 2));
      assert.equal(row.points, bonus === null ? 0 : timed + (bonus ?? 0), JSON.stringify(row));
    }
    const scoreOf = (name: string) => reveal.leaderboard.find(({ nickname }) => nickname === name)?.score ?? 0;
    const owls = reveal.teams?.find(({ team }) => team === 'Owls');
    assert.deepEqual([owls?.score, owls?.members], [Math.round((scoreOf('P0') + scoreOf('P1')) / 2), 2]);
  });

  check('votes shown live are told while they come, others only at the reveal', async () => {
    for (const show_vote_results of ['live', 'reveal'] as const) {
      const rating: AuthoredQuestion = { kind: 'rating', prompt: 'How was it?' };
      const room = await stage.open([rating], { ...slow, show_vote_results });
      const host = await stage.host(room);
      const [ann, bob] = (await stage.players(room, ['Ann', 'Bob'])) as [PlayerScreen, PlayerScreen];
      await host.say('start');
      await ann.seen('question');
      assert.equal(await ann.say('answer', { round: 1, choice: 4 }), 'ok');
      await host.seen('answered', ({ answered }) => answered === 1);
      if (show_vote_results === 'live') {
        assert.deepEqual((await bob.seen('answered', ({ answered }) => answered === 1)).counts, { 4: 1 });
        assert.deepEqual((await bob.state()).counts, { 4: 1 });
      } else {
        assert.equal((await bob.state()).counts, undefined);
        assert.equal(bob.count('answered'), 0);
      }
      for (const choice of [0, 6, 2.5, '4']) {
        assert.equal(await bob.say('answer', { round: 1, choice }), 'invalid', String(choice));
      }
      const reveal = await playRound(host, 1, [[bob, 4]]);
      assert.deepEqual([reveal.counts, reveal.correct], [{ 4: 2 }, null]);
      assert.equal((await ann.seen('reveal')).you?.last?.correct, null);
    }
  });

  check('anonymous votes are counted, and nobody is stored with a vote', async () => {
    const room = await stage.open([poll, trueFalse], { ...slow, anonymous_votes: true });
    const host = await stage.host(room);
    const [ann, bob] = (await stage.players(room, ['Ann', 'Bob'])) as [PlayerScreen, PlayerScreen];
    await host.say('start');
    const [yes, no] = (await idsOf(host, 1, ['Yes', 'No'])) as [string, string];
    const { counts } = await playRound(host, 1, [
      [ann, yes],
      [bob, no],
    ]);
    assert.deepEqual(counts, { [yes]: 1, [no]: 1 });
    await host.say('next');
    await playRound(host, 2, [[ann, 'true']]);
    await host.say('next');
    await stage.saved(room);
    const { body } = await call('GET', `/api/party/${room.party_id}/results`, { token: room.host_token });
    const choices = body.answers.map(({ round, choice }: Row) => [round, choice]);
    assert.deepEqual(choices, [
      [1, null],
      [1, null],
      [2, 'true'],
    ]);
  });

  check('words of a cloud are folded, counted once for each player, and bounded', async () => {
    const cloud: AuthoredQuestion = { kind: 'word_cloud', prompt: 'Three words', max_words: 3 };
    const room = await stage.open([cloud], slow);
    const host = await stage.host(room);
    const [ann, bob] = (await stage.players(room, ['Ann', 'Bob'])) as [PlayerScreen, PlayerScreen];
    await host.say('start');
    await ann.seen('question');
    for (const choice of [[], ['a', 'b', 'c', 'd'], ['x'.repeat(31)], [' '], 7]) {
      assert.equal(await ann.say('answer', { round: 1, choice }), 'invalid', JSON.stringify(choice));
    }
    const { counts, answered } = await playRound(host, 1, [
      [ann, ['  Café', 'CAFE\u0301', 'ice   cream']],
      [bob, 'café'],
    ]);
    assert.deepEqual([counts, answered], [{ café: 2, 'ice cream': 1 }, 2]);
  });

  check('a host sees the words that phones do not, before and after a resync', async () => {
    const media: AuthoredQuestion = { ...poll, prompt: 'SECRET-PROMPT', media_url: 'https://example.org/secret.png' };
    const room = await stage.open([media, trueFalse], { ...slow, question_on_phones: false });
    const host = await stage.host(room);
    const [ann] = (await stage.players(room, ['Ann'])) as [PlayerScreen];
    await host.say('start');
    const shown = await host.seen('question');
    assert.deepEqual([shown.question.prompt, shown.choices[0]?.text], ['SECRET-PROMPT', 'Yes']);
    const onPhone = await ann.seen('question');
    assert.deepEqual([onPhone.question.prompt, onPhone.choices.map(({ text }) => text)], ['', ['', '']]);
    await ann.state();
    await playRound(host, 1, [[ann, onPhone.choices[0]?.id]]);
    await ann.seen('reveal');
    await ann.state();
    assert.doesNotMatch(JSON.stringify(ann.frames), /SECRET-PROMPT|secret\.png|"Yes"/);
    assert.equal((await host.state()).question?.prompt, 'SECRET-PROMPT');
  });

  check('a leaderboard is shown each round, at the end, or never, to players; to the host by HTTP always', async () => {
    for (const leaderboard of ['each_round', 'end', 'hidden'] as const) {
      const room = await stage.open([trueFalse], { ...slow, leaderboard, scoring: 'accuracy' });
      const host = await stage.host(room);
      const [ann] = (await stage.players(room, ['Ann'])) as [PlayerScreen];
      await host.say('start');
      await playRound(host, 1, [[ann, 'true']]);
      const reveal = await ann.seen('reveal');
      assert.equal(reveal.leaderboard.length, leaderboard === 'each_round' ? 1 : 0, leaderboard);
      const path = `/api/party/${room.party_id}/leaderboard`;
      const asPlayer = await call('GET', path, { token: ann.token });
      assert.deepEqual(
        asPlayer.body.leaderboard.map(({ score, rank }: { score: number; rank: number | null }) => [score, rank]),
        [[1_000, leaderboard === 'each_round' ? 1 : null]],
        leaderboard,
      );
      const asHost = await call('GET', path, { token: room.host_token });
      assert.equal(asHost.body.leaderboard[0]?.score, 1_000, leaderboard);
      await host.say('next');
      const finished = await ann.seen('finished');
      assert.equal(finished.leaderboard.length, leaderboard === 'hidden' ? 0 : 1, leaderboard);
      if (leaderboard !== 'each_round') assert.equal(reveal.you?.rank, null, leaderboard);
    }
  });

  check('who has extra time may answer in it, and others may not', async () => {
    const question: AuthoredQuestion = { ...trueFalse, time_limit_seconds: 5 };
    const roster = [{ name: 'Ann', extra_time_percent: 100 }, { name: 'Bob' }];
    const room = await stage.open([question], { roster, scoring: 'accuracy' });
    const host = await stage.host(room);
    const [ann, bob] = (await stage.players(room, ['Ann', 'Bob'])) as [PlayerScreen, PlayerScreen];
    await host.say('start');
    await ann.seen('question');
    const [slowly, quickly] = await Promise.all([ann.state(), bob.state()]);
    assert.ok((slowly.closes_in_ms ?? 0) > (quickly.closes_in_ms ?? 0) + 4_900);
    await sleep(5_600);
    assert.equal(await bob.say('answer', { round: 1, choice: 'true' }), 'late');
    assert.equal(await ann.say('answer', { round: 1, choice: 'true' }), 'ok');
    await host.say('next');
    assert.equal((await ann.seen('reveal')).you?.last?.points, 1_000);
    assert.equal((await bob.seen('reveal')).you?.last?.points, 0);
  });

  check('results are read by those who may, in every format, and erased by the host alone', async () => {
    const questions: AuthoredQuestion[] = [
      { ...trueFalse, category: 'Facts' },
      { ...trueFalse, category: 'Facts' },
    ];
    const room = await stage.open(questions, { ...slow, scoring: 'accuracy' });
    const stranger = await stage.open([trueFalse]);
    const host = await stage.host(room);
    const [ann, bob] = await stage.players(room, ['Ann', 'Bob']);
    assert.ok(ann !== undefined && bob !== undefined);
    const party = `/api/party/${room.party_id}`;
    await host.say('start');
    await playRound(host, 1, [
      [ann, 'true'],
      [bob, 'false'],
    ]);
    const early = await call('GET', `${party}/results`, { token: room.host_token });
    assert.deepEqual([early.status, early.body.code], [409, 'results_not_ready']);
    const tooEarly = await call('DELETE', `${party}/results`, { token: room.host_token });
    assert.deepEqual([tooEarly.status, tooEarly.body.code], [409, 'results_not_ready']);
    const during = await call('GET', `${party}/stats`, { token: ann.token });
    assert.deepEqual([during.status, during.body.players_total], [200, 2]);
    await host.say('next');
    await playRound(host, 2, [[ann, 'true']]);
    await host.say('next');
    await stage.saved(room);

    const json = await call('GET', `${party}/results`, { token: room.host_token });
    assert.equal(json.body.answers.length, 3);
    assert.deepEqual(
      json.body.categories.map((line: { category: string }) => line.category),
      ['Facts', 'Facts'],
    );
    for (const table of ['leaderboard', 'answers', 'categories']) {
      const csv = await call('GET', `${party}/results?format=csv&table=${table}`, { token: room.host_token });
      assert.match(csv.headers.get('content-type') ?? '', /text\/csv/);
      assert.match(csv.body.toString('utf8'), /^\uFEFF/);
      if (table === 'answers') assert.match(csv.body.toString('utf8'), /1,Is it so\?,true_false,Bob,False,false,0,/);
    }
    const xlsx = await call('GET', `${party}/results?format=xlsx`, { token: room.host_token });
    assert.equal(xlsx.body.subarray(0, 2).toString('latin1'), 'PK');
    const own = await call('GET', `${party}/results`, { token: bob.token });
    assert.deepEqual(
      own.body.answers.map(({ user_id }: Row) => user_id),
      [bob.user_id],
    );
    assert.equal(own.body.leaderboard.length, 2);
    assert.equal((await call('GET', `${party}/results`, { token: stage.key })).status, 200);
    const foreign = [stranger.host_token, stage.otherKey];
    for (const token of foreign) assert.equal((await call('GET', `${party}/results`, { token })).status, 403);
    assert.equal((await call('GET', `${party}/results`)).status, 401);
    const unknown = await call('GET', `${party}/results?format=pdf`, { token: room.host_token });
    assert.deepEqual([unknown.status, unknown.body.code], [400, 'invalid_query']);

    const stats = (await call('GET', `${party}/stats`, { token: room.host_token })).body;
    assert.deepEqual(
      [stats.players_total, stats.rounds, stats.answered, stats.correct, stats.hardest_round, stats.easiest_round],
      [2, 2, 3, 2, 1, 2],
    );
    const performance = `/api/players/${ann.user_id}/performance`;
    const mine = await call('GET', performance, { token: ann.token });
    const { category, answered, correct, accuracy, points, parties } = mine.body.categories[0];
    assert.deepEqual([category, answered, correct, accuracy, points, parties], ['Facts', 2, 2, 1, 2_000, 1]);
    assert.equal((await call('GET', performance, { token: bob.token })).status, 403);
    assert.equal((await call('GET', performance)).status, 401);
    const nobody = await call('GET', '/api/players/p_nobody/performance', { token: room.host_token });
    assert.deepEqual([nobody.status, nobody.body.code], [404, 'player_not_found']);

    for (const token of [ann.token, ...foreign]) {
      assert.equal((await call('DELETE', `${party}/results`, { token })).status, 403);
    }
    assert.equal((await call('DELETE', `${party}/results`)).status, 401);
    const erase = async (query: string): Promise<number> =>
      (await call('DELETE', `${party}/results${query}`, { token: room.host_token })).status;
    assert.equal(await erase(`?user_id=${bob.user_id}`), 204);
    assert.equal(await erase('?user_id=p_nobody'), 404);
    const left = await call('GET', `${party}/results`, { token: room.host_token });
    assert.doesNotMatch(JSON.stringify(left.body), /Bob/);
    assert.equal(await erase(''), 204);
    for (const screen of [host, ann, bob]) screen.close();
    const gone = await call('GET', `${party}/results`, { token: room.host_token });
    assert.deepEqual([gone.status, gone.body.code], [404, 'results_not_found']);
  });

  await done();
});
