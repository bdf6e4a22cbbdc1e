import assert from 'node:assert/strict';
import test from 'node:test';
import { type NodeState, readiness } from '../src/readiness.ts';

const serving: NodeState = {
  ...{ life: 'serving', isListening: true, isStoreReachable: true, isArchiveReachable: true },
  lockMasters: { answering: 3, total: 3 },
};

const table: [state: Partial<NodeState>, reasons: string[], warnings: string[]][] = [
  [{}, [], []],
  [{ isListening: null }, [], []],
  [{ life: 'starting', isListening: false, isStoreReachable: false }, ['starting', 'redis_unreachable'], []],
  [{ life: 'draining' }, ['draining'], []],
  [{ life: 'draining', isListening: false }, ['draining'], []],
  [{ isListening: false }, ['gateway_not_listening'], []],
  [{ isStoreReachable: false }, ['redis_unreachable'], []],
  [{ isArchiveReachable: false }, [], ['postgres_unreachable']],
  [{ life: 'draining', isArchiveReachable: false }, ['draining'], ['postgres_unreachable']],
  [{ lockMasters: { answering: 2, total: 3 } }, [], ['lock_master_unreachable']],
  [{ lockMasters: { answering: 1, total: 3 } }, [], ['lock_majority_lost']],
  [{ lockMasters: { answering: 0, total: 1 }, isStoreReachable: false }, ['redis_unreachable'], ['lock_majority_lost']],
];

for (const [state, reasons, warnings] of table) {
  test(`${JSON.stringify(state)}: ${reasons.join(' and ') || 'ready'}`, () => {
    assert.deepEqual(readiness({ ...serving, ...state }), { ready: reasons.length === 0, reasons, warnings });
  });
}
