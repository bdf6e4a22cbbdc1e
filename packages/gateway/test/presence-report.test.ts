/** What decides something is told at once, the rest in company; nothing is told twice and nothing is forgotten. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { LocalPresence } from '@partyline/core';
import { createPresenceReport } from '../src/presence-report.ts';
import { passingTime } from './virtual-time.ts';

const nobody: LocalPresence = { players: 0, hosts: 0, spectators: 0, answered_round: 0 };

function reporting(fails: () => boolean | Promise<boolean> = () => false) {
  const time = passingTime();
  const startedAt = time.now();
  const told: { at: number; urgency: string; presence: LocalPresence }[] = [];
  let presence = nobody;
  const report = createPresenceReport({
    presence: () => ({ ...presence }),
    timers: time.timers,
    async report(now, urgency) {
      told.push({ at: time.now() - startedAt, urgency, presence: now });
      if (await fails()) throw new Error('away');
    },
  });
  return {
    told,
    report,
    becomes(change: Partial<LocalPresence>) {
      presence = { ...presence, ...change };
      report.changed();
    },
    pass: time.pass,
    pending: time.pending,
  };
}

test('the first player, host and spectator are told at once, the second in company', async () => {
  for (const kind of ['players', 'hosts', 'spectators'] as const) {
    const { told, becomes, pass } = reporting();
    becomes({ [kind]: 1 });
    await pass(10);
    assert.deepEqual(
      told.map(({ urgency }) => urgency),
      ['now'],
      kind,
    );
    becomes({ [kind]: 2 });
    await pass(100);
    assert.equal(told.length, 1, 'a second one decides nothing');
    await pass(1_000);
    assert.deepEqual(
      told.map(({ urgency }) => urgency),
      ['now', 'soon'],
    );
    becomes({ [kind]: 0 });
    await pass(10);
    assert.deepEqual(told.at(-1)?.urgency, 'now', 'the last one to leave');
  }
});

test('before others are told of somebody who has come, the store knows that a round waits here', async () => {
  const { told, report, becomes } = reporting();
  becomes({ players: 1 });
  await report.claimed();
  assert.deepEqual(told.at(-1)?.presence, { ...nobody, players: 1 });
  await report.claimed();
  assert.equal(told.length, 1, 'it is known');
  const { told: later, report: ofDone, becomes: turns, pass } = reporting();
  turns({ players: 1, answered_round: 3 });
  await pass(10);
  turns({ players: 2, answered_round: 0 });
  await ofDone.claimed();
  assert.deepEqual(
    later.map(({ presence }) => presence.answered_round),
    [3, 0],
  );
  turns({ answered_round: 3 });
  await ofDone.claimed();
  assert.equal(later.length, 2, 'where all have answered there is nothing to claim');
});

test('a thousand who come within a moment cost a report or two', async () => {
  const { told, becomes, pass } = reporting();
  for (let players = 1; players <= 1_000; players += 1) becomes({ players });
  await pass(2_000);
  assert.ok(told.length <= 2, `${told.length} reports`);
  assert.equal(told.at(-1)?.presence.players, 1_000);
});

test('the last answer of a round overtakes a report that is in no hurry', async () => {
  const { told, becomes, pass } = reporting();
  becomes({ players: 1 });
  await pass(10);
  becomes({ players: 2 });
  becomes({ answered_round: 1 });
  await pass(10);
  assert.deepEqual(
    told.map(({ urgency, presence }) => [urgency, presence.answered_round]),
    [
      ['now', 0],
      ['now', 1],
    ],
  );
  await pass(2_000);
  assert.equal(told.length, 2);
});

test('what is back as it was is not told', async () => {
  const { told, becomes, pass } = reporting();
  becomes({ players: 1 });
  becomes({ players: 0 });
  await pass(2_000);
  assert.deepEqual(told, []);
});

test('a failed report is repeated until it goes through, with what is true by then', async () => {
  let failures = 3;
  const { told, becomes, pass } = reporting(() => {
    failures -= 1;
    return failures >= 0;
  });
  becomes({ players: 1 });
  await pass(100);
  becomes({ players: 5 });
  await pass(5_000);
  assert.equal(told.length, 4);
  assert.equal(told.at(-1)?.presence.players, 5);
});

test('what changes while a report is on its way is told after it, never beside it', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const { told, becomes, pass } = reporting(() => promise);
  becomes({ players: 1 });
  await pass(10);
  becomes({ players: 0 });
  await pass(50);
  assert.equal(told.length, 1, 'the first report is still out');
  resolve(false);
  await pass(1_000);
  assert.deepEqual(
    told.map(({ presence }) => presence.players),
    [1, 0],
  );
});

test('after the stop nothing is told and no timer is left', async () => {
  const { told, becomes, report, pass, pending } = reporting();
  becomes({ players: 1 });
  report.stop();
  await pass(2_000);
  assert.deepEqual(told, []);
  assert.equal(pending(), 0);
});
