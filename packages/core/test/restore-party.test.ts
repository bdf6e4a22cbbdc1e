/** Rules R of SPEC.md. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { leaderboardEntry } from '../src/leaderboard.ts';
import type { Party } from '../src/party.ts';
import { newcomer } from '../src/player.ts';
import { restoredParty, restoredPlayers } from '../src/restore-party.ts';
import { type Game, game, phaseOf, player } from './build.ts';

const later = 60_000;

function restored(played: Game): Party {
  return restoredParty(played.party, { now: played.now + later, quiz: played.quiz, players: played.players });
}

function revealed(): Game {
  const played = game();
  played.host({ type: 'start' });
  played.now += 2_000;
  played.host({ type: 'next' });
  played.score();
  return played;
}

test('R1: an open round that is not archived opens anew with its whole limit', () => {
  const played = game();
  played.host({ type: 'start' });
  played.now += 9_000;
  const { round, opens_at, closes_at } = phaseOf(restored(played), 'question');
  assert.deepEqual([round, opens_at, closes_at - opens_at], [1, played.now + later, 30_000]);
});

test('R1: a revealed round that is not archived is played again, and nothing noted of it is left', () => {
  const played = revealed();
  const party = restored(played);
  assert.equal(phaseOf(party, 'question').round, 1);
  assert.equal(party.current_round, 1);
  const skipped = game();
  skipped.host({ type: 'start' });
  skipped.host({ type: 'skip' });
  skipped.score();
  assert.equal(skipped.party.current_round, 2);
  const again = restored(skipped);
  assert.deepEqual([phaseOf(again, 'question').round, again.skipped_rounds], [1, []]);
});

test('R2: where all is archived the party goes on where it stood, unpaused', () => {
  const lobby = game();
  assert.equal(restored(lobby).phase.name, 'lobby');
  const played = revealed();
  played.tell({ type: 'archived', round: 1 });
  played.host({ type: 'pause' });
  assert.equal(played.party.phase.name, 'paused');
  assert.equal(phaseOf(restored(played), 'reveal').round, 1);
});

test('R3: any screen may take control of a restored party, and no earlier outage is given back', () => {
  const played = game();
  played.tell({ type: 'host', command: { id: 'c', by: 'host', session: 's', action: { type: 'take_control' } } });
  assert.notEqual(played.party.controller, null);
  const party = restored(played);
  assert.deepEqual([party.controller, party.compensated_until], [null, played.now + later]);
});

test('R4: who was banned after the checkpoint is not put back, counted or ranked', () => {
  const players = [player('ann'), player('bob'), player('cid', { status: 'waiting' })];
  const leaderboard = ['ann', 'bob'].map((user_id) => leaderboardEntry(player(user_id), newcomer));
  const played = game({ players });
  const party = { ...played.party, ranking: { leaderboard, teams: [] } };
  const back = restoredPlayers(players, ['ann', 'user:ann', 'a-stranger']);
  assert.deepEqual([...back.keys()], ['bob', 'cid']);
  const restored = restoredParty(party, { now: played.now, quiz: played.quiz, players: back });
  assert.deepEqual([restored.players_total, restored.waiting_total], [1, 1]);
  assert.deepEqual(
    restored.ranking.leaderboard.map(({ user_id }) => user_id),
    ['bob'],
  );
});
