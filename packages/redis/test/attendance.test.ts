import assert from 'node:assert/strict';
import test from 'node:test';
import { attendance, presenceReport } from '../src/attendance.ts';

const now = 100_000;
const report = (gateway_id: string, players: number, reported_at = now) =>
  presenceReport(gateway_id, `${reported_at} {"players":${players},"hosts":1,"spectators":0,"answered_round":3}`);

test('who counts: on the roll until it lapses, never on it for five seconds', () => {
  const cases: [lapses_at: number | undefined, reported_at: number, counted: boolean][] = [
    [now + 1, 0, true],
    [now, now, false],
    [now - 30_000, now, false],
    [undefined, now - 4_999, true],
    [undefined, now - 5_000, false],
  ];
  for (const [lapses_at, reported_at, counted] of cases) {
    const roll = { lapses: new Map(lapses_at === undefined ? [] : [['gw', lapses_at] as const]) };
    const { players } = attendance([report('gw', 2, reported_at)], { roll, now }).attendance;
    assert.equal(players, counted ? 2 : 0, `${lapses_at} ${reported_at}`);
  }
});

test('a lapsed gateway has no say in whether all have answered', () => {
  const roll = {
    lapses: new Map([
      ['live', now + 1],
      ['lapsed', now - 1],
    ]),
  };
  const lapsed = presenceReport('lapsed', `${now} {"players":9,"hosts":0,"spectators":0,"answered_round":0}`);
  const all = attendance([report('live', 2), lapsed], { roll, now });
  assert.deepEqual(all.attendance, { players: 2, hosts: 1, spectators: 0, all_answered_round: 3 });
  assert.equal(all.waits_until, null);
});

test('where some gateways wait for others, it is known when the first of the others would lapse', () => {
  const roll = {
    lapses: new Map([
      ['done', now + 1],
      ['soon', now + 700],
      ['later', now + 900],
      ['empty', now + 5],
    ]),
  };
  const other = (id: string, players: number) =>
    presenceReport(id, `${now} {"players":${players},"hosts":1,"spectators":0,"answered_round":0}`);
  const others = [other('soon', 1), other('later', 4), other('empty', 0)];
  const { attendance: counted, waits_until } = attendance([report('done', 2), ...others], { roll, now });
  assert.deepEqual([counted.all_answered_round, waits_until], [0, now + 700]);
  assert.equal(attendance(others, { roll, now }).waits_until, null, 'nobody is ahead of anybody');
});
