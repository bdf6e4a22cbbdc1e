/** Who is told what of a party over HTTP, while it runs and afterwards, and when it can be erased. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type PartyDesk, projection, type Seat, type Settings, type Snapshot } from '@partyline/core';
import {
  createMemoryArchive,
  gamePlayer,
  rightAnswer,
  type SampleGame,
  sampleGame,
  sampleStanding,
  wrongAnswer,
} from '@partyline/testkit';
import { createHosts } from '../src/http/host.ts';
import { resultCalls } from '../src/http/result-calls.ts';
import { createTokens } from '../src/tokens.ts';
import { passingTime } from './virtual-time.ts';

type ResultCall = keyof ReturnType<typeof resultCalls>;

const calls = ['getLeaderboard', 'getStats', 'getResults', 'eraseResults'] as const satisfies ResultCall[];
const keys: Record<string, string> = { 'key-of-one': 'hk_one', 'key-of-another': 'hk_another' };

/** Two players of a room in two teams; what is live of it is set by the test. */
function stage(settings: Partial<Settings> = {}, { listed = 2 } = {}) {
  const game = sampleGame(
    [
      { category: 'Art', answers: [rightAnswer('ann', 900, 5), wrongAnswer('bob', 7)] },
      { category: 'Art', answers: [rightAnswer('ann', 100, 5), rightAnswer('bob', 300, 7)] },
    ],
    {
      players: [gamePlayer('ann', { team: 'Owls' }), gamePlayer('bob', { team: 'Foxes' })],
      settings: { spectators: false, teams: { mode: 'chosen', names: ['Owls', 'Foxes'] }, ...settings },
      party: { kind: 'room', owner_id: 'hk_one' },
    },
  );
  const { party_id } = game.party;
  const time = passingTime();
  const archive = createMemoryArchive();
  const tokens = createTokens({ keys: ['k'.repeat(32)], lifetime_seconds: 60, now: Date.now });
  let live: Snapshot | null = null;
  const players = game.players.map((player): Seat => {
    const score = player.user_id === 'ann' ? 1_000 : 300;
    return { player, answer: null, standing: { ...sampleStanding(score), rank: score === 300 ? 2 : 1 } };
  });
  const desk = {
    listPlayers: async () => game.players.slice(0, listed),
    seats: async (_: string, ids: string[]) =>
      ids.map((id) => players.find(({ player }) => player?.user_id === id) ?? { player: null }),
  } as unknown as PartyDesk;
  const verify = async (key: string) => (keys[key] === undefined ? null : { id: keys[key], name: key });
  const hosts = createHosts({ hostKeys: { verify } as never, now: () => 0 });
  const handlers = resultCalls({ desk, archive, tokens, hosts, timers: time.timers, read: async () => live });
  const issue = (user_id: string | null) =>
    tokens.issue({ party_id, role: user_id === null ? 'host' : 'player', user_id, may_command: user_id === null });

  return {
    ...{ game, archive, time, party_id },
    as: { host: issue(null), ann: issue('ann'), bob: issue('bob'), eve: issue('eve') },
    /** The live state, or that there is none any more. */
    becomes(phase: 'question' | 'reveal' | 'finished' | 'gone', scored_round = 2): void {
      live = phase === 'gone' ? null : snapshotOf(game, phase, scored_round);
    },
    async call(name: ResultCall, token: string | null, { id = party_id, query = '' } = {}) {
      const headers = new Map(token === null ? [] : [['authorization', `Bearer ${token}`]]);
      const request = { method: 'GET', path: '', query: new URLSearchParams(query), body: Buffer.alloc(0) };
      const { status, body } = await handlers[name]({
        request: { ...request, headers, address: '127.0.0.1' },
        params: { party_id: id },
      });
      return { status, body: body.length === 0 ? null : JSON.parse(String(body)) };
    },
    async stored(): Promise<void> {
      for (const round of [1, 2]) await archive.checkpoint(game.checkpoint(round));
      await archive.saveResults(game.results());
    },
  };
}

function snapshotOf({ party, quiz, players }: SampleGame, name: 'question' | 'reveal' | 'finished', scored: number) {
  const known = new Map(players.map((player) => [player.user_id, player]));
  const shown = projection({ party, quiz, players: known, scoreOf: () => 0, connected: 0 });
  return {
    ...{ party_id: party.party_id, epoch: 1, seq: 1, phase: name, round: 2, opens_at: 0, closes_at: 0 },
    ...shown,
    door: { ...shown.door, phase: name, scored_round: scored },
    ...{ players_total: 2, waiting_total: 0 },
  } as Snapshot;
}

test('the key that opened a room is its host while it runs and afterwards', async () => {
  const at = stage({ leaderboard: 'hidden', spectators: true });
  await at.archive.checkpoint(at.game.checkpoint(1));
  at.becomes('reveal');
  const board = await at.call('getLeaderboard', 'key-of-one');
  assert.deepEqual([board.status, board.body.leaderboard.length], [200, 2]);
  assert.equal((await at.call('getStats', 'key-of-one')).status, 200);
  assert.equal((await at.call('getResults', 'key-of-one')).body.code, 'results_not_ready');
  assert.equal((await at.call('eraseResults', 'key-of-one')).body.code, 'results_not_ready');
  assert.deepEqual((await at.call('getLeaderboard', 'key-of-another')).body.leaderboard, [], 'as any stranger');
  assert.equal((await at.call('getResults', 'key-of-another')).status, 403);
  await at.stored();
  at.becomes('gone');
  for (const name of ['getLeaderboard', 'getStats', 'getResults', 'eraseResults'] as const) {
    assert.ok([200, 204].includes((await at.call(name, 'key-of-one')).status), name);
  }
});

test('the key of another host has no right to a room strangers may not watch', async () => {
  const at = stage();
  at.becomes('reveal');
  for (const name of calls) assert.equal((await at.call(name, 'key-of-another')).body.code, 'forbidden', name);
  for (const name of calls) assert.equal((await at.call(name, 'no-key')).body.code, 'unauthorized', name);
});

test('a party nobody knows and an id that is none are answered the same by every call', async () => {
  const at = stage();
  for (const id of ['7f0d3f0e-6f0d-4f5e-9d53-0f3d8e0b8c11', 'no-uuid', '7F0D3F0E-6F0D-4F5E-9D53-0F3D8E0B8C11']) {
    for (const name of calls) {
      const { status, body } = await at.call(name, 'key-of-one', { id });
      assert.deepEqual([status, body.code], [404, 'party_not_found'], `${name} ${id}`);
    }
  }
});

test('a running ranking that is hidden is shown to its host, and to players as their own line', async () => {
  for (const leaderboard of ['end', 'hidden'] as const) {
    const at = stage({ leaderboard });
    at.becomes('reveal');
    const host = (await at.call('getLeaderboard', at.as.host)).body;
    assert.deepEqual([host.leaderboard.length, host.teams.length], [2, 2]);
    const bob = (await at.call('getLeaderboard', at.as.bob)).body;
    assert.equal(bob.players_total, 2);
    assert.ok(!('teams' in bob));
    assert.deepEqual(
      bob.leaderboard.map((line: { user_id: string; rank: null; score: number }) => [
        line.user_id,
        line.rank,
        line.score,
      ]),
      [['bob', null, 300]],
    );
    assert.equal((await at.call('getLeaderboard', at.as.eve)).status, 403, 'who was removed');
  }
});

test('who asks is listed, however many came before', async () => {
  for (const leaderboard of ['each_round', 'hidden'] as const) {
    const at = stage({ leaderboard }, { listed: 1 });
    at.becomes('reveal');
    const { body } = await at.call('getLeaderboard', at.as.bob);
    const ids = body.leaderboard.map(({ user_id }: { user_id: string }) => user_id);
    assert.deepEqual(ids, leaderboard === 'hidden' ? ['bob'] : ['ann', 'bob']);
  }
});

test('after the end a hidden ranking stays so in every call and format, and one shown at the end is shown', async () => {
  const at = stage({ leaderboard: 'hidden' });
  await at.stored();
  at.becomes('gone');
  for (const name of ['getLeaderboard', 'getResults'] as const) {
    const { body } = await at.call(name, at.as.bob);
    assert.deepEqual([body.leaderboard.length, body.leaderboard[0].user_id, body.players_total], [1, 'bob', 2]);
    assert.ok(!('teams' in body));
    assert.equal((await at.call(name, at.as.host)).body.leaderboard.length, 2);
    assert.equal((await at.call(name, at.as.eve)).status, 403);
  }
  const open = stage({ leaderboard: 'end' });
  await open.stored();
  for (const name of ['getLeaderboard', 'getResults'] as const) {
    const { body } = await open.call(name, open.as.bob);
    assert.equal(body.leaderboard.length, 2);
    assert.deepEqual(body.teams, [
      { rank: 1, team: 'Owls', score: 1_000, members: 1 },
      { rank: 2, team: 'Foxes', score: 300, members: 1 },
    ]);
  }
});

test('the owner is told to the host alone', async () => {
  const at = stage();
  await at.stored();
  assert.equal((await at.call('getResults', at.as.host)).body.party.owner_id, 'hk_one');
  assert.ok(!JSON.stringify((await at.call('getResults', at.as.bob)).body).includes('hk_one'));
});

test('results say what was asked, statistics of a running party only of what is over', async () => {
  const at = stage({ question_on_phones: false });
  await at.archive.checkpoint(at.game.checkpoint(1));
  await at.archive.checkpoint(at.game.checkpoint(2));
  at.becomes('question', 1);
  const [asHost, asBob] = [await at.call('getStats', at.as.host), await at.call('getStats', at.as.bob)];
  assert.deepEqual(
    asHost.body.by_round.map(({ round, right }: { round: number; right: unknown }) => [round, right]),
    [[1, ['a']]],
    'round 2 is played again',
  );
  assert.equal(asHost.body.by_round[0].choices[1].text, 'Choice b');
  assert.deepEqual([asBob.body.by_round[0].prompt, asBob.body.by_round[0].choices[1]], ['', { id: 'b', text: '' }]);
  await at.archive.saveResults(at.game.results());
  at.becomes('gone');
  const { body } = await at.call('getResults', at.as.bob);
  assert.deepEqual(
    body.questions.map(({ round, correct }: { round: number; correct: unknown }) => [round, correct]),
    [
      [1, ['a']],
      [2, ['a']],
    ],
  );
});

test('a party that has just ended is erased when it has left the screens, one of its players too', async () => {
  for (const query of ['', 'user_id=bob']) {
    const at = stage();
    await at.stored();
    at.becomes('finished');
    const erasing = at.call('eraseResults', at.as.host, { query });
    await at.time.pass(5_000);
    assert.ok(JSON.stringify(await at.archive.results(at.party_id, null)).includes('bob'), 'nothing is erased yet');
    at.becomes('gone');
    await at.time.pass(500);
    assert.equal((await erasing).status, 204);
    assert.ok(!JSON.stringify(await at.archive.results(at.party_id, null)).includes('bob'));
  }
});

test('a party that does not leave is not erased, and the call says so', async () => {
  const at = stage();
  await at.stored();
  at.becomes('finished');
  const erasing = at.call('eraseResults', at.as.host);
  await at.time.pass(20_000);
  const { status, body } = await erasing;
  assert.deepEqual([status, body.code], [409, 'results_not_ready']);
  assert.match(body.detail, /still shown/);
  assert.notEqual(await at.archive.results(at.party_id, null), null);
  assert.equal(at.time.pending(), 0);
});
