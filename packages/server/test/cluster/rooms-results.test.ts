/** What three nodes tell of a room by HTTP while it runs, right after its end and later, to whom, and what erasing leaves. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { AuthoredQuestion } from '@partyline/core';
import { faultsIn, LeaderboardResponse, ResultsResponse, StatsResponse } from '@partyline/protocol';
import { eventually } from './repeats.ts';
import { idsOf, type Loose, type Opened, type PlayerScreen, playRound, roomStage, together } from './rooms-stage.ts';

const slow = { advance_when_all_answered: false, scoring: 'accuracy' };
const trueFalse: AuthoredQuestion = { kind: 'true_false', prompt: 'Is it so?', answer: true, time_limit_seconds: 60 };
const poll: AuthoredQuestion = { kind: 'poll', prompt: 'Tea?', choices: [{ text: 'Yes' }, { text: 'No' }] };
const cloud: AuthoredQuestion = { kind: 'word_cloud', prompt: 'In two words?', max_words: 2 };
const rating: AuthoredQuestion = { kind: 'rating', prompt: 'How was it?', max: 10 };
const text: AuthoredQuestion = { kind: 'text', prompt: 'Who?', accepted: [{ text: 'Ada' }] };

const pathOf = ({ party_id }: Opened, what: string): string => `/api/party/${party_id}/${what}`;

test('results of rooms on three nodes', { concurrency: 10 }, async (t) => {
  const stage = await roomStage(t);
  const { call } = stage;
  const { check, done } = together(t);
  const get = async (room: Opened, what: string, token: string): Promise<Loose> => {
    const reply = await call('GET', pathOf(room, what), { token });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return reply.body;
  };

  check('the outcome of every question can be read by itself, and only once it was revealed', async () => {
    const room = await stage.open([poll, rating, cloud, trueFalse], { ...slow, show_vote_results: 'live' });
    const host = await stage.host(room);
    const [ann, bob] = (await stage.players(room, ['Ann', 'Bob'])) as [PlayerScreen, PlayerScreen];
    await host.say('start');
    const [yes, no] = (await idsOf(ann, 1, ['Yes', 'No'])) as [string, string];
    await playRound(host, 1, [
      [ann, yes],
      [bob, yes],
    ]);
    await host.say('next');
    await host.seen('question', ({ round }) => round === 2);
    assert.equal(await ann.say('answer', { round: 2, choice: 9 }), 'ok');
    await eventually('the first round is stored', 5_000, async () => {
      return (await get(room, 'stats', ann.token)).by_round.length > 0;
    });
    for (const token of [room.host_token, ann.token, stage.key]) {
      const { by_round } = await get(room, 'stats', token);
      assert.deepEqual(
        by_round.map(({ round, prompt, choices, counts }: Loose) => [round, prompt, choices, counts]),
        [
          [
            1,
            'Tea?',
            [
              { id: yes, text: 'Yes' },
              { id: no, text: 'No' },
            ],
            { [yes]: 2 },
          ],
        ],
      );
      assert.equal((await call('GET', pathOf(room, 'results'), { token })).status, 409);
    }
    await playRound(host, 2, [[bob, 4]]);
    await host.say('next');
    await playRound(host, 3, [
      [ann, ['good', 'fun']],
      [bob, 'fun'],
    ]);
    await host.say('next');
    await playRound(host, 4, [[ann, 'true']]);
    await host.say('next');
    await stage.saved(room);
    for (const token of [room.host_token, bob.token]) {
      const [results, stats] = [await get(room, 'results', token), await get(room, 'stats', token)];
      assert.deepEqual([...faultsIn(ResultsResponse, results), ...faultsIn(StatsResponse, stats)], []);
      assert.deepEqual(
        results.questions.map(({ round, kind, prompt, choices, correct, max }: Loose) => [
          ...[round, kind, prompt, choices.map((choice: Loose) => choice.text), correct, max],
        ]),
        [
          [1, 'poll', 'Tea?', ['Yes', 'No'], null, undefined],
          [2, 'rating', 'How was it?', [], null, 10],
          [3, 'word_cloud', 'In two words?', [], null, undefined],
          [4, 'true_false', 'Is it so?', ['True', 'False'], ['true'], undefined],
        ],
      );
      assert.deepEqual(
        stats.by_round.map(({ counts, right, correct }: Loose) => [counts, right, correct]),
        [
          [{ [yes]: 2 }, null, 0],
          [{ 4: 1, 9: 1 }, null, 0],
          [{ fun: 2, good: 1 }, null, 0],
          [{ true: 1 }, ['true'], 1],
        ],
      );
    }
  });

  check(
    'a hidden ranking is nobody’s but the host’s, during the game, in its last seconds and afterwards',
    async () => {
      const room = await stage.open([trueFalse], {
        ...slow,
        leaderboard: 'hidden',
        teams: { mode: 'chosen', names: ['X', 'Y'] },
      });
      const host = await stage.host(room);
      const [ann, bob] = await Promise.all(
        ['X', 'Y'].map(async (team, node) => {
          const { token, user_id } = await stage.join(room, { nickname: `P${team}`, team });
          return Object.assign(await stage.screen(room.party_id, token, node), { user_id });
        }),
      );
      assert.ok(ann !== undefined && bob !== undefined);
      await host.say('start');
      await playRound(host, 1, [[ann, 'true']]);
      const told = async (): Promise<void> => {
        const own = await get(room, 'leaderboard', bob.token);
        assert.deepEqual(faultsIn(LeaderboardResponse, own), []);
        assert.deepEqual(
          [own.leaderboard.map(({ user_id, rank }: Loose) => [user_id, rank]), own.teams, own.players_total],
          [[[bob.user_id, null]], undefined, 2],
        );
        const all = await get(room, 'leaderboard', room.host_token);
        assert.deepEqual(
          [all.leaderboard.length, all.teams.map(({ team, score }: Loose) => [team, score])],
          [
            2,
            [
              ['X', 1_000],
              ['Y', 0],
            ],
          ],
        );
      };
      await told();
      await host.say('next');
      await stage.saved(room);
      await told();
      const results = await get(room, 'results', bob.token);
      assert.deepEqual([results.leaderboard.length, results.teams, results.party.owner_id], [1, undefined, undefined]);
      const csv = (await call('GET', pathOf(room, 'results?format=csv&table=leaderboard'), { token: bob.token })).body;
      assert.doesNotMatch(String(csv), /PX/);
      const ofHost = await call('GET', pathOf(room, 'results?format=csv&table=leaderboard'), {
        token: room.host_token,
      });
      assert.match(String(ofHost.body), /mean_ms,team\r\n1,PX,1000,.*,X\r\n/);
    },
  );

  check('the key that opened a room reads it while it runs; unknown ids are the same to every call', async () => {
    const room = await stage.open([trueFalse], slow);
    for (const what of ['leaderboard', 'stats']) {
      assert.equal((await call('GET', pathOf(room, what), { token: stage.key })).status, 200, what);
      assert.equal((await call('GET', pathOf(room, what), { token: stage.otherKey })).status, 403, what);
    }
    for (const method of ['GET', 'DELETE']) {
      const early = await call(method, pathOf(room, 'results'), { token: stage.key });
      assert.deepEqual([early.status, early.body.code], [409, 'results_not_ready']);
    }
    for (const party_id of ['00000000-0000-4000-8000-000000000000', 'nonsense']) {
      for (const what of ['leaderboard', 'stats', 'results', 'DELETE results']) {
        const [name = '', method = 'GET'] = what.split(' ').reverse();
        const reply = await call(method, `/api/party/${party_id}/${name}`, { token: stage.key });
        assert.deepEqual([reply.status, reply.body.code], [404, 'party_not_found'], what);
      }
    }
  });

  check('erasing right after the end: once it is said to be done, nothing answers with the name', async () => {
    const questions = [poll, cloud, text];
    for (const isWhole of [true, false]) {
      const room = await stage.open(questions, slow);
      const host = await stage.host(room);
      const [ann, bob] = (await stage.players(room, ['Canaryname', 'Bob'])) as [PlayerScreen, PlayerScreen];
      await host.say('start');
      const [yes] = await idsOf(ann, 1, ['Yes']);
      const said = [yes, 'canaryword', 'Canarytext'];
      for (const [index, choice] of said.entries()) {
        await playRound(host, index + 1, [
          [ann, choice],
          [bob, index === 0 ? yes : 'ada'],
        ]);
        await host.say('next');
      }
      await stage.saved(room);
      const query = isWhole ? '' : `?user_id=${ann.user_id}`;
      const erased = await call('DELETE', pathOf(room, `results${query}`), { token: room.host_token });
      assert.equal(erased.status, 204, JSON.stringify(erased.body));
      for (let node = 0; node < 3; node += 1) {
        for (const what of ['leaderboard', 'stats', 'results', 'question_data']) {
          for (const token of [room.host_token, bob.token, stage.key]) {
            const reply = await call('GET', pathOf(room, what), { token });
            assert.doesNotMatch(JSON.stringify(reply.body), /canary/i, what);
            if (isWhole) assert.equal(reply.status, 404, what);
          }
        }
        for (const token of [room.host_token, ann.token, bob.token]) {
          const frames = await framesOf(`ws://127.0.0.1:${stage.cluster.up()[node]?.port}/ws/${room.party_id}`, token);
          assert.deepEqual(frames, [], 'who comes back is shown nothing');
        }
      }
      if (isWhole) continue;
      const { by_round } = await get(room, 'stats', room.host_token);
      assert.deepEqual(
        by_round.map(({ answered, counts }: Loose) => [answered, counts]),
        [
          [1, { [yes ?? '']: 1 }],
          [1, { ada: 1 }],
          [1, {}],
        ],
      );
    }
  });

  await done();
});

/** All that a socket is told until it is closed. */
function framesOf(url: string, token: string): Promise<string[]> {
  const socket = new WebSocket(url, ['partyline.v1', `token.${token}`]);
  const frames: string[] = [];
  socket.addEventListener('message', ({ data }) => void frames.push(String(data)));
  return new Promise((resolve) => socket.addEventListener('close', () => resolve(frames)));
}
