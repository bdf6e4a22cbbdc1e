/** What an archive promises, run against Postgres and against the one in memory. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { type TestContext } from 'node:test';
import type { Archive, Choice, Party, StoredLeaderboard, UnfinishedParty } from '@partyline/core';
import { gamePlayer, rightAnswer, sampleGame, startedAt, voteAnswer, wrongAnswer } from './archive-samples.ts';

/** Three rounds, two players and one who was removed after the first. */
const evening = () =>
  sampleGame(
    [
      {
        category: 'History',
        answers: [rightAnswer('ann', 900, 2_000), wrongAnswer('bob', 4_000), wrongAnswer('cat', 100)],
      },
      { category: 'History', answers: [rightAnswer('ann', 800, 4_000), rightAnswer('bob', 950, 1_000)] },
      { category: 'Art', answers: [wrongAnswer('ann', 3_000)] },
    ],
    { players: [gamePlayer('ann'), gamePlayer('bob', { team: 'Blue' })] },
  );

type Game = ReturnType<typeof sampleGame>;

async function play(archive: Archive, game: Game): Promise<void> {
  await archive.openParty(game.party);
  await archive.enroll(game.party.party_id, game.players);
  for (let round = 1; round <= game.quiz.questions.length; round += 1) await archive.checkpoint(game.checkpoint(round));
  await archive.saveResults(game.results());
}

/** Other suites leave parties behind in a shared archive, so each looks for its own. */
async function unfinishedOf(archive: Archive, game: Game) {
  return (await archive.unfinished()).filter(({ party }) => party.party_id === game.party.party_id);
}

function goneOnFrom(game: Game, round: number): UnfinishedParty {
  const { played: _, answers: __, crowd: ___, ...document } = game.checkpoint(round);
  return { ...document, ...game.crowd };
}

export function archiveContract(create: (t: TestContext) => Promise<Archive>): void {
  test('an opened party has neither results nor a checkpoint', async (t) => {
    const archive = await create(t);
    const game = evening();
    await archive.openParty(game.party);
    await archive.openParty(game.party);
    await archive.enroll(game.party.party_id, game.players);
    assert.equal(await archive.leaderboard(game.party.party_id), null);
    assert.equal(await archive.results(game.party.party_id, null), null);
    assert.deepEqual(await unfinishedOf(archive, game), []);
  });

  test('the rooms of a host that have no result are known, newest first and no more than asked for', async (t) => {
    const archive = await create(t);
    const owner_id = `hk_${randomUUID()}`;
    const opened = async (created_at: number, over: Partial<Party> = {}): Promise<Game> => {
      const party: Partial<Party> = { kind: 'room', owner_id, created_at, ...over };
      const game = sampleGame([{ category: 'Art', answers: [] }], { players: [gamePlayer('ann')], party });
      await archive.openParty(game.party);
      return game;
    };
    const first = await opened(startedAt);
    const second = await opened(startedAt + 1_000);
    await opened(startedAt, { kind: 'quick' });
    await opened(startedAt, { owner_id: 'hk_another' });
    const [one, two] = [first.party.party_id, second.party.party_id];
    assert.deepEqual(await archive.running(owner_id, 20), [two, one]);
    assert.deepEqual(await archive.running(owner_id, 1), [two]);
    await archive.checkpoint(second.checkpoint(1));
    await archive.saveResults(second.results());
    assert.deepEqual(await archive.running(owner_id, 20), [one]);
  });

  test('the rooms of a host that are over are known, the last first, until they are erased', async (t) => {
    const archive = await create(t);
    const owner_id = `hk_${randomUUID()}`;
    const played = async (endedAt: number, over: Partial<Party> = {}): Promise<string> => {
      const party: Partial<Party> = { kind: 'room', owner_id, ...over };
      const game = sampleGame([{ category: 'Art', answers: [] }], { players: [gamePlayer('ann')], party });
      await archive.openParty(game.party);
      await archive.checkpoint(game.checkpoint(1));
      await archive.saveResults(game.results({ endedAt }));
      return game.party.party_id;
    };
    const one = await played(startedAt + 1_000);
    const two = await played(startedAt + 2_000, { title: 'The second', room_code: '222333' });
    await played(startedAt, { kind: 'quick' });
    await played(startedAt, { owner_id: 'hk_another' });
    const all = { before: startedAt + 60_000, limit: 20 };
    const listed = async (at: Partial<typeof all> = {}): Promise<string[]> =>
      (await archive.finished(owner_id, { ...all, ...at })).map(({ party_id }) => party_id);
    assert.deepEqual(await listed(), [two, one]);
    assert.deepEqual(await listed({ limit: 1 }), [two]);
    assert.deepEqual(await listed({ before: startedAt + 2_000 }), [one]);
    assert.deepEqual((await archive.finished(owner_id, all))[0], {
      ...{ party_id: two, title: 'The second', room_code: '222333', players_total: 1 },
      ended_at: new Date(startedAt + 2_000).toISOString(),
    });
    await archive.eraseParty(two);
    assert.deepEqual(await listed(), [one]);
  });

  test('rounds are counted while a party runs and afterwards', async (t) => {
    const archive = await create(t);
    const game = evening();
    const { party_id } = game.party;
    assert.equal(await archive.counts(randomUUID()), null);
    await archive.openParty(game.party);
    await archive.enroll(party_id, game.players);
    await archive.checkpoint(game.checkpoint(1));
    const running = await archive.counts(party_id);
    assert.deepEqual(
      { players_total: running?.players_total, drop_outs: running?.drop_outs, rounds: running?.rounds.length },
      { players_total: 2, drop_outs: 0, rounds: 1 },
    );
    await archive.checkpoint(game.checkpoint(2));
    await archive.checkpoint(game.checkpoint(3));
    await archive.saveResults(game.results());
    const ended = await archive.counts(party_id);
    const [first] = ended?.rounds ?? [];
    assert.deepEqual(
      [first?.answered, first?.scorable, first?.correct, first?.answered_ms, first?.skipped, first?.question.prompt],
      [3, 3, 1, 6_100, false, 'What is asked in round 1?'],
    );
    assert.deepEqual([ended?.players_total, ended?.drop_outs], [2, 1], 'cat answered round 1 alone');
  });

  test('the questions of stored rounds come back as they were played', async (t) => {
    const archive = await create(t);
    const game = sampleGame([
      { category: 'Art', answers: [], skipped: true },
      { category: null, answers: [] },
    ]);
    const { party_id } = game.party;
    assert.deepEqual(await archive.questions(party_id), []);
    await archive.checkpoint(game.checkpoint(2));
    await archive.checkpoint(game.checkpoint(1));
    const [first, second] = game.quiz.questions;
    assert.deepEqual(await archive.questions(party_id), [
      { round: 1, question: first, skipped: true },
      { round: 2, question: second, skipped: false },
    ]);
  });

  test('a checkpoint comes back as it was written, whether or not the opening was stored', async (t) => {
    const archive = await create(t);
    const game = evening();
    await archive.checkpoint(game.checkpoint(2));
    await archive.checkpoint(game.checkpoint(2));
    assert.deepEqual(await unfinishedOf(archive, game), [goneOnFrom(game, 2)]);
  });

  test('a crowd as before is the one that is there; all else in the checkpoint is new', async (t) => {
    const archive = await create(t);
    const game = evening();
    await archive.checkpoint(game.checkpoint(1));
    await archive.checkpoint(game.checkpoint(2, { crowd: 'as_before' }));
    assert.deepEqual(await unfinishedOf(archive, game), [goneOnFrom(game, 2)]);
    const crowd = { players: [gamePlayer('dan')], holds: [] };
    await archive.checkpoint(game.checkpoint(1, { crowd }));
    assert.deepEqual(await unfinishedOf(archive, game), [goneOnFrom(game, 2)], 'one that was held up has no say');
    await archive.checkpoint(game.checkpoint(2, { seq: 21, crowd }));
    await archive.checkpoint(game.checkpoint(3, { crowd: 'as_before' }));
    assert.deepEqual(await unfinishedOf(archive, game), [{ ...goneOnFrom(game, 3), ...crowd }]);
  });

  test('a checkpoint that was held up stores its round and does not take the party back', async (t) => {
    const archive = await create(t);
    const game = evening();
    await archive.checkpoint(game.checkpoint(2));
    await archive.checkpoint(game.checkpoint(1));
    assert.deepEqual(
      (await unfinishedOf(archive, game)).map(({ seq }) => seq),
      [20],
    );
    await archive.checkpoint(game.checkpoint(3));
    await archive.saveResults(game.results());
    const answers = (await archive.results(game.party.party_id, null))?.answers ?? [];
    assert.deepEqual(
      answers.map(({ round, user_id }) => `${round} ${user_id}`),
      ['1 ann', '1 bob', '1 cat', '2 ann', '2 bob', '3 ann'],
    );
  });

  test('of two checkpoints at the same place in the history the one of the later round stands', async (t) => {
    const archive = await create(t);
    const game = evening();
    const [first, second] = [game.checkpoint(1), game.checkpoint(2)];
    const at = { seq: 20 };
    await archive.checkpoint({ ...first, ...at, party: { ...first.party, archived_through: 1 } });
    await archive.checkpoint({ ...second, ...at, party: { ...second.party, archived_through: 2 } });
    await archive.checkpoint({ ...first, ...at, party: { ...first.party, archived_through: 1 } });
    assert.deepEqual(
      (await unfinishedOf(archive, game)).map(({ party }) => party.archived_through),
      [2],
    );
  });

  test('bans are added to the checkpoint that is there, and no checkpoint takes one back', async (t) => {
    const archive = await create(t);
    const game = evening();
    const { party_id } = game.party;
    const bans = async () => (await unfinishedOf(archive, game)).map((checkpoint) => checkpoint.bans.toSorted());
    await archive.keepBans(party_id, ['user:too-early']);
    await archive.openParty(game.party);
    await archive.keepBans(party_id, ['user:too-early']);
    assert.deepEqual(await bans(), [], 'a ban alone is nothing to go on from');
    await archive.checkpoint(game.checkpoint(1, { bans: ['user:eve'] }));
    await archive.keepBans(party_id, ['user:eve', 'ref:17']);
    await archive.keepBans(party_id, ['user:eve', 'ref:17']);
    assert.deepEqual(await bans(), [['ref:17', 'user:eve']]);
    await archive.checkpoint(game.checkpoint(2, { bans: ['user:eve', 'user:mal'] }));
    await archive.checkpoint(game.checkpoint(1, { bans: [] }));
    assert.deepEqual(await bans(), [['ref:17', 'user:eve', 'user:mal']]);
    await archive.checkpoint(game.checkpoint(3));
    await archive.saveResults(game.results());
    await archive.keepBans(party_id, ['user:too-late']);
    assert.deepEqual(await bans(), []);
  });

  test('a round played again in a new epoch replaces the old one whole', async (t) => {
    const archive = await create(t);
    const game = evening();
    await archive.checkpoint(game.checkpoint(1));
    await archive.checkpoint(game.checkpoint(2, { answers: [rightAnswer('ann', 1, 1), wrongAnswer('dan', 2)] }));
    await archive.checkpoint(game.checkpoint(2, { epoch: 2, seq: 1 }));
    await archive.checkpoint(game.checkpoint(2, { answers: [wrongAnswer('dan', 2)] }));
    assert.deepEqual(
      (await unfinishedOf(archive, game)).map(({ epoch, seq }) => [epoch, seq]),
      [[2, 1]],
    );
    await archive.saveResults(game.results());
    const answers = (await archive.results(game.party.party_id, null))?.answers ?? [];
    assert.deepEqual(
      answers.filter(({ round }) => round === 2).map(({ user_id, points }) => [user_id, points]),
      [
        ['ann', 800],
        ['bob', 950],
      ],
    );
  });

  test('rounds past the last one played are not in the results', async (t) => {
    const archive = await create(t);
    const game = evening();
    for (const round of [1, 2, 3]) await archive.checkpoint(game.checkpoint(round));
    const results = game.results();
    await archive.saveResults({ ...results, party: { ...results.party, current_round: 2 } });
    const stored = await archive.results(game.party.party_id, null);
    assert.equal(Math.max(...(stored?.answers ?? []).map(({ round }) => round)), 2);
    assert.ok(stored?.categories.every(({ category }) => category === 'History'));
  });

  test('results hold the party, the leaderboard, every answer and the sums per category', async (t) => {
    const archive = await create(t);
    const game = evening();
    await play(archive, game);
    const { party_id, game_id } = game.party;
    const ann = {
      rank: 1,
      user_id: 'ann',
      nickname: "ann's name",
      score: 1_700,
      correct: 2,
      answered: 3,
      mean_ms: 3_000,
    };
    const bob = {
      rank: 2,
      user_id: 'bob',
      nickname: "bob's name",
      score: 950,
      correct: 1,
      answered: 2,
      mean_ms: 2_500,
    };
    const leaderboard = [ann, { ...bob, team: 'Blue' }];
    assert.deepEqual(await archive.leaderboard(party_id), { leaderboard, players_total: 2 });
    const stored = await archive.results(party_id, null);
    assert.deepEqual(stored?.party, {
      party_id,
      game_id,
      room_code: '402017',
      kind: 'quick',
      title: 'Rivers & lakes',
      owner_id: 'ann',
      settings: game.party.settings,
      rounds: 3,
      started_at: new Date(startedAt).toISOString(),
      ended_at: new Date(startedAt + 600_000).toISOString(),
    });
    assert.deepEqual(stored?.leaderboard, leaderboard);
    assert.equal(stored?.answers.length, 6);
    assert.deepEqual(stored?.answers[0], {
      round: 1,
      question_id: 'q1',
      kind: 'single',
      user_id: 'ann',
      nickname: "ann's name",
      choice: 'a',
      correct: true,
      points: 900,
      elapsed_ms: 2_000,
    });
    assert.deepEqual(stored?.categories, [
      { user_id: 'ann', category: 'Art', answered: 1, correct: 0, points: 0 },
      { user_id: 'ann', category: 'History', answered: 2, correct: 2, points: 1_700 },
      { user_id: 'bob', category: 'History', answered: 2, correct: 1, points: 950 },
    ]);
    assert.deepEqual(await unfinishedOf(archive, game), []);
  });

  test('a player sees the leaderboard and only their own answers', async (t) => {
    const archive = await create(t);
    const game = evening();
    await play(archive, game);
    const stored = await archive.results(game.party.party_id, 'bob');
    assert.equal(stored?.leaderboard.length, 2);
    assert.deepEqual(
      stored?.answers.map(({ round, user_id }) => [round, user_id]),
      [
        [1, 'bob'],
        [2, 'bob'],
      ],
    );
    assert.deepEqual(
      stored?.categories.map(({ user_id }) => user_id),
      ['bob'],
    );
  });

  test('a leaderboard of more than 1,000 shows the best 100, the player who asks, and all to the host', async (t) => {
    const archive = await create(t);
    const ids = Array.from({ length: 1_001 }, (_, at) => `p${String(at).padStart(4, '0')}`);
    const answers = ids.map((id, at) => rightAnswer(id, 2_000 - at, 1_000));
    const game = sampleGame([{ category: 'Art', answers }]);
    const smaller = sampleGame([{ category: 'Art', answers: answers.slice(1) }]);
    await play(archive, game);
    await play(archive, smaller);
    const { party_id } = game.party;
    const placesOf = (board: StoredLeaderboard | null) => board?.leaderboard.map(({ rank }) => rank) ?? [];
    const best = Array.from({ length: 100 }, (_, at) => at + 1);
    const board = await archive.leaderboard(party_id);
    assert.deepEqual(placesOf(board), best);
    assert.equal(board?.players_total, 1_001);
    assert.deepEqual(placesOf(await archive.results(party_id, 'p0500')), [...best, 501]);
    assert.deepEqual(placesOf(await archive.results(party_id, 'p0007')), best);
    assert.equal((await archive.results(party_id, null))?.leaderboard.length, 1_001);
    assert.equal((await archive.leaderboard(smaller.party.party_id))?.leaderboard.length, 1_000);
    await archive.erasePlayer(party_id, 'p0003');
    assert.equal((await archive.leaderboard(party_id))?.players_total, 1_000);
  });

  test('teams are ranked by the mean of their members, in every leaderboard, and left out where there are none', async (t) => {
    const archive = await create(t);
    const answers = [rightAnswer('ann', 900, 5), rightAnswer('bob', 101, 5), rightAnswer('cat', 501, 5)];
    const players = [
      ...['ann', 'bob'].map((id) => gamePlayer(id, { team: 'Owls' })),
      gamePlayer('cat', { team: 'Foxes' }),
      gamePlayer('dan', { team: 'Elks' }),
      gamePlayer('eve'),
    ];
    const settings = { teams: { mode: 'auto' as const, names: ['Elks', 'Foxes', 'Owls'] } };
    const game = sampleGame([{ category: 'Art', answers }], { players, settings });
    await play(archive, game);
    const { party_id } = game.party;
    const teams = [
      { rank: 1, team: 'Foxes', score: 501, members: 1 },
      { rank: 1, team: 'Owls', score: 501, members: 2 },
      { rank: 3, team: 'Elks', score: 0, members: 1 },
    ];
    assert.deepEqual((await archive.leaderboard(party_id))?.teams, teams);
    assert.deepEqual((await archive.results(party_id, null))?.teams, teams);
    assert.deepEqual((await archive.results(party_id, 'ann'))?.teams, teams);
    const alone = sampleGame([{ category: 'Art', answers }], { players });
    await play(archive, alone);
    assert.ok(!('teams' in ((await archive.results(alone.party.party_id, null)) ?? {})));
  });

  test('results are final: neither saved again nor followed by anything', async (t) => {
    const archive = await create(t);
    const game = evening();
    await play(archive, game);
    const before = await archive.results(game.party.party_id, null);
    await archive.saveResults(game.results());
    await archive.saveResults(game.results({ players: [gamePlayer('eve')], endedAt: startedAt }));
    await archive.checkpoint(game.checkpoint(3, { epoch: 9, answers: [wrongAnswer('eve', 1)] }));
    await archive.openParty(game.party);
    await archive.enroll(game.party.party_id, [gamePlayer('eve')]);
    assert.deepEqual(await archive.results(game.party.party_id, null), before);
    assert.deepEqual(await unfinishedOf(archive, game), []);
  });

  test('twenty writers saving the same results at once store them once', async (t) => {
    const archive = await create(t);
    const player = randomUUID();
    const game = sampleGame([
      { category: 'History', answers: [rightAnswer(player, 900, 2_000), wrongAnswer('bob', 4_000)] },
    ]);
    await archive.checkpoint(game.checkpoint(1));
    await Promise.all(Array.from({ length: 20 }, () => archive.saveResults(game.results())));
    const stored = await archive.results(game.party.party_id, null);
    assert.equal(stored?.players_total, 2);
    assert.equal(stored?.answers.length, 2);
    assert.deepEqual(
      (await archive.performance(player))?.categories.map(({ answered, parties }) => [answered, parties]),
      [[1, 1]],
    );
  });

  test('a party whose checkpoints were all lost still gets its leaderboard', async (t) => {
    const archive = await create(t);
    const game = evening();
    await archive.saveResults(game.results());
    const stored = await archive.results(game.party.party_id, null);
    assert.deepEqual(
      stored?.leaderboard.map(({ user_id, score }) => [user_id, score]),
      [
        ['ann', 1_700],
        ['bob', 950],
      ],
    );
    assert.deepEqual(stored?.answers, []);
  });

  test('a party is saved only when it is finished', async (t) => {
    const archive = await create(t);
    const game = evening();
    await assert.rejects(archive.saveResults({ ...game.results(), party: game.party }), TypeError);
    assert.equal(await archive.results(game.party.party_id, null), null);
  });

  test("a removed player's answers stay, under the id and not the name", async (t) => {
    const archive = await create(t);
    const removed = randomUUID();
    const rounds = [{ category: 'Art', answers: [rightAnswer('ann', 900, 2_000), wrongAnswer(removed, 100)] }];
    const game = sampleGame(rounds, { players: [gamePlayer('ann')] });
    await play(archive, game);
    const stored = await archive.results(game.party.party_id, null);
    const answers = stored?.answers.map(({ user_id, nickname }) => ({ user_id, nickname })) ?? [];
    assert.equal(answers.find(({ user_id }) => user_id === removed)?.nickname, removed);
    assert.deepEqual(
      stored?.leaderboard.map(({ user_id }) => user_id),
      ['ann'],
    );
    assert.equal(await archive.performance(removed), null);
  });

  test('who only waited is no player, who came last ranks behind, equals share a rank', async (t) => {
    const archive = await create(t);
    const rounds = [
      {
        category: 'Art',
        answers: [rightAnswer('ann', 500, 2_000), rightAnswer('bob', 500, 2_000), wrongAnswer('cat', 9)],
      },
    ];
    const late = gamePlayer('late');
    const waiting = gamePlayer('wim', { status: 'waiting' });
    const players = [...['ann', 'bob', 'cat'].map((id) => gamePlayer(id)), late, waiting];
    const game = sampleGame(rounds, { players });
    await play(archive, game);
    const board = await archive.leaderboard(game.party.party_id);
    assert.deepEqual(
      board?.leaderboard.map(({ rank, user_id, answered }) => [rank, user_id, answered]),
      [
        [1, 'ann', 1],
        [1, 'bob', 1],
        [3, 'cat', 1],
        [3, 'late', 0],
      ],
    );
  });

  test('votes and skipped rounds count for no category', async (t) => {
    const archive = await create(t);
    const voter = randomUUID();
    const game = sampleGame([
      { category: null, answers: [voteAnswer(voter, 'c')] },
      { category: 'Art', skipped: true, answers: [{ ...wrongAnswer(voter, 10), correct: null }] },
    ]);
    await play(archive, game);
    const stored = await archive.results(game.party.party_id, null);
    assert.deepEqual(
      stored?.answers.map(({ kind, choice, correct }) => [kind, choice, correct]),
      [
        ['poll', 'c', null],
        ['single', 'b', null],
      ],
    );
    assert.deepEqual(stored?.categories, []);
    assert.equal(await archive.performance(voter), null);
  });

  test('an anonymous vote is stored without what was voted for', async (t) => {
    const archive = await create(t);
    const game = sampleGame([{ category: null, answers: [voteAnswer('ann', null)] }]);
    await play(archive, game);
    assert.equal((await archive.results(game.party.party_id, null))?.answers[0]?.choice, null);
  });

  test('every form of choice comes back as it was', async (t) => {
    const archive = await create(t);
    const game = sampleGame([{ category: 'Art', answers: [] }], { players: [gamePlayer('ann')] });
    const checkpoint = game.checkpoint(1);
    const choices = ['a', ['a', 'c'], 'Ötzi "the" \\ Iceman, {null}', 3.25, 0, [], 'NULL', ''];
    const answers = choices.map((choice, at) => ({ ...rightAnswer(`u${at}`, 1, 1), id: `${at}`, choice }));
    await archive.checkpoint({ ...checkpoint, answers });
    await archive.saveResults(game.results());
    const stored = await archive.results(game.party.party_id, null);
    assert.deepEqual(
      stored?.answers.map(({ choice }) => choice),
      choices,
    );
  });

  test('text no database holds does not keep results from being stored', async (t) => {
    const archive = await create(t);
    const odd = 'a\0b\ud800c';
    const players = [gamePlayer('ann', { nickname: odd, team: odd })];
    const game = sampleGame([{ category: odd, answers: [{ ...rightAnswer('ann', 5, 5), choice: odd }] }], { players });
    await play(archive, { ...game, party: { ...game.party, title: odd } });
    const stored = await archive.results(game.party.party_id, null);
    assert.equal(stored?.answers[0]?.points, 5);
    assert.equal(stored?.leaderboard[0]?.score, 5);
  });

  test('passcode and roster are needed to go on, and not kept with the results', async (t) => {
    const archive = await create(t);
    const settings = { passcode: 'sesame', roster: [{ name: 'Ann Canary' }] };
    const game = sampleGame([{ category: 'Art', answers: [rightAnswer('ann', 5, 5)] }], { settings });
    await archive.checkpoint(game.checkpoint(1));
    assert.deepEqual((await unfinishedOf(archive, game))[0]?.party.settings, game.party.settings);
    await archive.saveResults(game.results());
    const stored = await archive.results(game.party.party_id, null);
    assert.deepEqual(stored?.party.settings, { ...game.party.settings, passcode: null, roster: null });
  });

  test('performance sums a player over all parties', async (t) => {
    const archive = await create(t);
    const player = randomUUID();
    await play(archive, sampleGame([{ category: 'History', answers: [rightAnswer(player, 900, 1_000)] }]));
    await play(
      archive,
      sampleGame([
        { category: 'History', answers: [wrongAnswer(player, 4_000)] },
        { category: 'History', answers: [rightAnswer(player, 100, 2_001)] },
        { category: 'Art', answers: [rightAnswer(player, 50, 7)] },
      ]),
    );
    await archive.checkpoint(sampleGame([{ category: 'Running', answers: [rightAnswer(player, 1, 1)] }]).checkpoint(1));
    assert.deepEqual(await archive.performance(player), {
      user_id: player,
      categories: [
        { category: 'Art', answered: 1, correct: 1, accuracy: 1, points: 50, mean_ms: 7, parties: 1 },
        { category: 'History', answered: 3, correct: 2, accuracy: 2 / 3, points: 1_000, mean_ms: 2_334, parties: 2 },
      ],
    });
    assert.equal(await archive.performance(randomUUID()), null);
  });

  test('ids nobody has are answered with nothing', async (t) => {
    const archive = await create(t);
    for (const id of [randomUUID(), 'no-uuid', '', "'; DROP TABLE games; --"]) {
      assert.equal(await archive.leaderboard(id), null);
      assert.equal(await archive.results(id, null), null);
      assert.equal(await archive.eraseParty(id), false);
      assert.equal(await archive.erasePlayer(id, 'ann'), 'not_found');
    }
  });

  test('a party is over once its results are stored, and stays so when they are erased', async (t) => {
    const archive = await create(t);
    const game = sampleGame([{ category: 'Art', answers: [rightAnswer('ann', 700, 2_000)] }]);
    const { party_id } = game.party;
    assert.equal(await archive.isOver(party_id), false);
    await archive.checkpoint(game.checkpoint(1));
    assert.equal(await archive.isOver(party_id), false);
    await archive.saveResults(game.results());
    assert.equal(await archive.isOver(party_id), true);
    await archive.eraseParty(party_id);
    assert.equal(await archive.isOver(party_id), true);
    assert.equal(await archive.isOver(randomUUID()), false);
  });

  test('an erased party is gone, and a writer that was held up does not bring it back', async (t) => {
    const archive = await create(t);
    const player = randomUUID();
    const game = sampleGame([{ category: 'Art', answers: [rightAnswer(player, 5, 5)] }]);
    const other = sampleGame([{ category: 'Art', answers: [rightAnswer(player, 7, 5)] }]);
    await play(archive, game);
    await play(archive, other);
    assert.equal(await archive.eraseParty(game.party.party_id), true);
    assert.equal(await archive.eraseParty(game.party.party_id), false);
    await play(archive, game);
    assert.equal(await archive.results(game.party.party_id, null), null);
    assert.deepEqual(await unfinishedOf(archive, game), []);
    assert.deepEqual(
      (await archive.performance(player))?.categories.map(({ points }) => points),
      [7],
    );
    assert.equal((await archive.leaderboard(other.party.party_id))?.players_total, 1);
  });

  test('a running party can be erased', async (t) => {
    const archive = await create(t);
    const game = evening();
    await archive.openParty(game.party);
    await archive.checkpoint(game.checkpoint(1));
    assert.equal(await archive.eraseParty(game.party.party_id), true);
    assert.deepEqual(await unfinishedOf(archive, game), []);
  });

  test('an erased player is gone from that party and nowhere else', async (t) => {
    const archive = await create(t);
    const player = randomUUID();
    const rounds = () => [{ category: 'Art', answers: [rightAnswer(player, 900, 5), rightAnswer('zoe', 800, 5)] }];
    const game = sampleGame(rounds());
    const other = sampleGame(rounds());
    await play(archive, game);
    await play(archive, other);
    assert.equal(await archive.erasePlayer(game.party.party_id, player), 'erased');
    assert.equal(await archive.erasePlayer(game.party.party_id, player), 'not_found');
    assert.equal(await archive.erasePlayer(game.party.party_id, 'stranger'), 'not_found');
    const stored = await archive.results(game.party.party_id, null);
    assert.ok(!JSON.stringify(stored).includes(player));
    assert.deepEqual(
      stored?.leaderboard.map(({ rank, user_id }) => [rank, user_id]),
      [[2, 'zoe']],
    );
    assert.deepEqual(
      (await archive.performance(player))?.categories.map(({ parties }) => parties),
      [1],
    );
    assert.equal((await archive.leaderboard(other.party.party_id))?.players_total, 2);
  });

  test('after a player is erased the counts agree with the answers that are left, anonymous votes excepted', async (t) => {
    const archive = await create(t);
    const of = (user_id: string, choice: Choice | null) => ({ ...voteAnswer(user_id, null), id: user_id, choice });
    const votes: [choices: (Choice | null)[], before: Record<string, number>, after: Record<string, number>][] = [
      [['a', 'a', 'c'], { a: 2, c: 1 }, { a: 1, c: 1 }],
      [[4, 5, 4], { 4: 2, 5: 1 }, { 4: 1, 5: 1 }],
      [[['one', 'two'], ['two'], 'two'], { one: 1, two: 3 }, { two: 2 }],
      [['1 + 1', '2', '2'], {}, {}],
      [[null, null, null], { a: 2, b: 1 }, { a: 2, b: 1 }],
    ];
    const game = sampleGame(
      votes.map(() => ({ category: null, answers: [] })),
      {
        players: ['ann', 'bob', 'cat'].map((id) => gamePlayer(id)),
      },
    );
    for (const [index, [choices, counts]] of votes.entries()) {
      const checkpoint = game.checkpoint(index + 1);
      const answers = choices.map((choice, place) => of(['ann', 'bob', 'cat'][place] ?? '', choice));
      await archive.checkpoint({ ...checkpoint, played: { ...checkpoint.played, counts }, answers });
    }
    await archive.saveResults(game.results());
    assert.equal(await archive.erasePlayer(game.party.party_id, 'ann'), 'erased');
    const rounds = (await archive.counts(game.party.party_id))?.rounds ?? [];
    assert.deepEqual(
      rounds.map(({ counts, answered }) => [counts, answered]),
      votes.map(([, , after]) => [after, 2]),
    );
  });

  test('a player is erased once the party is over, not before', async (t) => {
    const archive = await create(t);
    const game = evening();
    await archive.openParty(game.party);
    await archive.checkpoint(game.checkpoint(1));
    assert.equal(await archive.erasePlayer(game.party.party_id, 'ann'), 'still_running');
    assert.equal((await unfinishedOf(archive, game)).length, 1);
  });

  test('retention erases what ended before an instant, and only that', async (t) => {
    const archive = await create(t);
    const games = [1_000, 2_000, 3_000].map((endedAt) => ({ game: evening(), endedAt }));
    for (const { game, endedAt } of games) await archive.saveResults(game.results({ endedAt }));
    assert.equal(await archive.eraseEndedBefore(3_000), 2);
    assert.equal(await archive.eraseEndedBefore(3_000), 0);
    const left = await Promise.all(games.map(({ game }) => archive.leaderboard(game.party.party_id)));
    assert.deepEqual(
      left.map((board) => board?.players_total ?? null),
      [null, null, 2],
    );
  });
}
