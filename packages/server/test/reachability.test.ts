import assert from 'node:assert/strict';
import test from 'node:test';
import { createReachability, type Reachability } from '../src/reachability.ts';

interface World {
  reachability: Reachability;
  lines: string[];
  state: { isStoreUp: boolean; isArchiveUp: boolean; locksUp: number };
  pass(ms: number): Promise<void>;
}

/** Time stands still until `pass`. */
function world(): World {
  let now = 0;
  const due: { at: number; call: () => void }[] = [];
  const lines: string[] = [];
  const state = { isStoreUp: true, isArchiveUp: true, locksUp: 3 };
  const log = {
    info: (_: object, text: string) => void lines.push(text),
    warn: (_: object, text: string) => void lines.push(text),
  };
  const reachability = createReachability({
    health: { reachable: () => state.isStoreUp, lastOutage: () => null, onEmptied: () => () => {} },
    pingArchive: async () => {
      if (!state.isArchiveUp) throw new Error('away');
    },
    locks: { total: 3, answering: async () => state.locksUp },
    clock: { monotonic: () => now },
    timers: {
      after(ms, call) {
        const entry = { at: now + ms, call };
        due.push(entry);
        return () => void due.splice(due.indexOf(entry), 1);
      },
    },
    log,
  });
  return {
    reachability,
    lines,
    state,
    async pass(ms) {
      const until = now + ms;
      await Promise.resolve();
      for (;;) {
        const next = due.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > until) break;
        due.splice(due.indexOf(next), 1);
        now = next.at;
        next.call();
        for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
      }
      now = until;
    },
  };
}

test('a store that is away for a moment is not away', async () => {
  const { reachability, state, lines, pass } = world();
  state.isStoreUp = false;
  await pass(200);
  state.isStoreUp = true;
  await pass(1_000);
  assert.ok(reachability.isStoreReachable());
  assert.deepEqual(lines, []);
});

test('a store that stays away is noticed within half a second and told once, as is its return', async () => {
  const { reachability, state, lines, pass } = world();
  state.isStoreUp = false;
  await pass(500);
  assert.ok(!reachability.isStoreReachable());
  await pass(10_000);
  state.isStoreUp = true;
  await pass(100);
  assert.ok(reachability.isStoreReachable());
  assert.deepEqual(lines, ['Redis is out of reach', 'Redis answers again']);
});

test('an archive that is away is noticed, told once, and so is its return', async () => {
  const { reachability, state, lines, pass } = world();
  state.isArchiveUp = false;
  await pass(30_000);
  assert.ok(!reachability.isArchiveReachable());
  state.isArchiveUp = true;
  await pass(2_100);
  assert.ok(reachability.isArchiveReachable());
  assert.deepEqual(lines, ['Postgres is out of reach; results wait', 'Postgres answers again']);
});

test('Redises that keep the leases are counted, and told when their number changes', async () => {
  const { reachability, state, lines, pass } = world();
  state.locksUp = 2;
  await pass(30_000);
  assert.deepEqual(reachability.lockMasters(), { answering: 2, total: 3 });
  state.locksUp = 3;
  await pass(2_100);
  assert.deepEqual(reachability.lockMasters(), { answering: 3, total: 3 });
  assert.deepEqual(lines, [
    'Redises that keep the leases are out of reach',
    'all Redises that keep the leases answer again',
  ]);
});

test('nothing is looked at any more once it is stopped', async () => {
  const { reachability, state, lines, pass } = world();
  await pass(100);
  reachability.stop();
  Object.assign(state, { isStoreUp: false, isArchiveUp: false, locksUp: 0 });
  await pass(60_000);
  assert.deepEqual(lines, []);
});
