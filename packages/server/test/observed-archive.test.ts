import assert from 'node:assert/strict';
import test from 'node:test';
import { createMemoryArchive, sampleGame } from '@partyline/testkit';
import { observeArchive } from '../src/observed-archive.ts';

const startedAt = 1_700_000_000_000;
const game = () => sampleGame([{ category: 'Rivers', answers: [] }]);

function world() {
  let now = startedAt;
  const writes: string[] = [];
  const stored = createMemoryArchive();
  const observed = observeArchive(stored, {
    clock: { now: () => now, monotonic: () => now },
    write: (write, _ms, outcome) => void writes.push(`${write} ${outcome}`),
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { ...observed, stored, writes, pass };
}

test('results that could not be stored are pending, as old as their party has been over', async () => {
  const { archive, stored, pending, writes, pass } = world();
  const results = game().results({ endedAt: startedAt - 4_000 });
  stored.outage.begin();
  await assert.rejects(archive.saveResults(results));
  pass(1_000);
  await assert.rejects(archive.saveResults(results));
  assert.deepEqual(pending(), { results: 1, oldest_ms: 5_000 });
  stored.outage.end();
  await archive.saveResults(results);
  assert.deepEqual(pending(), { results: 0, oldest_ms: 0 });
  assert.deepEqual(writes, ['save_results failed', 'save_results failed', 'save_results done']);
});

test('results that nobody here tries to store any more are somebody else’s', async () => {
  const { archive, stored, pending, pass } = world();
  stored.outage.begin();
  await assert.rejects(archive.saveResults(game().results({ endedAt: startedAt })));
  pass(14_000);
  assert.equal(pending().results, 1);
  pass(2_000);
  assert.equal(pending().results, 0);
});

test('a party that ended while Postgres was away is pending from its last round on', async () => {
  const { archive, stored, pending, pass } = world();
  const { checkpoint, results } = game();
  const final = results({ endedAt: startedAt - 4_000 });
  const lastRound = { ...checkpoint(1), party: final.party };
  stored.outage.begin();
  await assert.rejects(archive.checkpoint(lastRound));
  assert.deepEqual(pending(), { results: 1, oldest_ms: 4_000 });
  stored.outage.end();
  await archive.checkpoint(lastRound);
  pass(1_000);
  assert.deepEqual(pending(), { results: 1, oldest_ms: 5_000 });
  await archive.saveResults(final);
  assert.equal(pending().results, 0);
});

test('rounds of a running game that wait are no results', async () => {
  const { archive, stored, pending } = world();
  stored.outage.begin();
  await assert.rejects(archive.checkpoint(game().checkpoint(1)));
  assert.equal(pending().results, 0);
});

test('a write that hangs is pending while it does', async () => {
  const { archive, stored, pending, pass } = world();
  const release = stored.outage.stall();
  const saving = archive.saveResults(game().results({ endedAt: startedAt }));
  pass(60_000);
  assert.equal(pending().results, 1);
  release();
  await saving;
  assert.equal(pending().results, 0);
});

test('everything reaches the archive as it was given, and reads come back', async () => {
  const { archive, writes } = world();
  const { party, players, checkpoint, results } = game();
  await archive.openParty(party);
  await archive.enroll(party.party_id, players);
  await archive.checkpoint(checkpoint(1));
  await archive.keepBans(party.party_id, ['user:eve']);
  assert.deepEqual(
    (await archive.unfinished()).map(({ bans }) => bans),
    [['user:eve']],
  );
  await archive.saveResults(results());
  assert.equal((await archive.results(party.party_id, null))?.party.game_id, party.game_id);
  assert.equal(await archive.eraseParty(party.party_id), true);
  assert.deepEqual(writes, [
    'open_party done',
    'enroll done',
    'checkpoint done',
    'keep_bans done',
    'save_results done',
  ]);
});
