/** Who comes back first after an outage does not close the round in front of the others. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Gathered } from '@partyline/core';
import { heeded, outagesOf } from '../src/returning.ts';

const gathered = (over: Partial<Gathered> = {}): Gathered => ({
  ...{ inbox: [], inbox_left: 0, answered: 1, counts: {}, feed: [], silence: null, waits_until: null },
  attendance: { players: 1, hosts: 0, spectators: 0, all_answered_round: 3 },
  ...over,
});

test('all have answered: heeded, but only so long after the last outage that everybody may be back', () => {
  const outages = [{ from: 1_000, to: 5_000 }];
  const early = heeded(gathered(), { outages, now: 7_999 });
  assert.deepEqual([early.gathered.attendance.all_answered_round, early.look_again_at], [0, 8_000]);
  const later = heeded(gathered(), { outages, now: 8_000 });
  assert.deepEqual([later.gathered.attendance.all_answered_round, later.look_again_at], [3, null]);
  assert.equal(heeded(gathered(), { outages: [], now: 0 }).gathered.attendance.all_answered_round, 3);
});

test('where not all have answered, the next look is for the gateway that may have died', () => {
  const attendance = { players: 2, hosts: 0, spectators: 0, all_answered_round: 0 };
  const waiting = gathered({ attendance, waits_until: 9_000 });
  assert.equal(heeded(waiting, { outages: [{ from: 1_000, to: 5_000 }], now: 6_000 }).look_again_at, 9_000);
});

test("outages are the store's and the silence of all gateways, the earlier end first", () => {
  const [stores, silence] = [
    { from: 2_000, to: 3_000 },
    { from: 1_000, to: 3_500 },
  ];
  const ofStore = { lastOutage: () => stores };
  assert.deepEqual(outagesOf(gathered({ silence }), ofStore), [stores, silence]);
  assert.deepEqual(outagesOf(gathered(), ofStore), [stores]);
  assert.deepEqual(outagesOf(gathered({ silence }), { lastOutage: () => null }), [silence]);
});
