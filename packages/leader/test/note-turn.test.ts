/** What debug mode shows of a party: what has happened, in order, and nobody's name. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Log } from '../src/observe.ts';
import { room } from './room.ts';

function debugLog(level: 'debug' | 'info'): { log: Log; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const ignore = () => undefined;
  const log: Log = {
    isLevelEnabled: () => level === 'debug',
    debug: (fields, msg) => void lines.push({ msg, ...fields }),
    ...{ info: ignore, warn: ignore, error: ignore },
  };
  return { log, lines };
}

test('a turn is shown event by event, with its place in the history and without names', async (t) => {
  const { log, lines } = debugLog('debug');
  const { admits, until, playsRound, hostSays, state } = await room(t, { log });
  await admits('ann-the-great');
  await until('a player', async () => state()?.players_total === 1);
  await playsRound(1);
  await hostSays({ type: 'kick', user_id: 'ann-the-great' });
  await until('nobody', async () => state()?.players_total === 0);

  const of = (msg: string) => lines.find((line) => line.msg === msg);
  const shown = lines.map(({ msg }) => msg).filter((msg) => /^round_|^lobby|^player/.test(String(msg)));
  assert.deepEqual(shown, [
    'lobby_changed',
    'round_opened',
    'round_closed',
    'round_revealed',
    'round_archived',
    'player_removed',
  ]);
  const party_id = state()?.party_id;
  for (const line of lines) assert.equal(line.party_id, party_id);
  assert.deepEqual(
    [of('lobby_changed')?.joined, of('round_opened')?.round, of('round_closed')?.cause, of('player_removed')?.banned],
    [1, 1, 'next', false],
  );
  assert.deepEqual(of('command_settled')?.refused, null);
  const places = lines.map(({ seq }) => Number(seq));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
  assert.doesNotMatch(JSON.stringify(lines), /ann-the-great/);
});

test('without debug mode no line is made', async (t) => {
  const { log, lines } = debugLog('info');
  const { playsRound } = await room(t, { log });
  await playsRound(1);
  assert.deepEqual(
    lines.filter(({ seq }) => seq !== undefined),
    [],
  );
});
