import assert from 'node:assert/strict';
import test from 'node:test';
import { startRetention } from '../src/retention.ts';

function stage(eraseEndedBefore: (instant: number) => Promise<number>) {
  const due: { ms: number; call: () => void }[] = [];
  const said: string[] = [];
  const say = (_fields: object, message: string) => void said.push(message);
  const ports = {
    archive: { eraseEndedBefore },
    clock: { now: () => 100 * 86_400_000 },
    timers: {
      after(ms: number, call: () => void) {
        const entry = { ms, call };
        due.push(entry);
        return () => void due.splice(due.indexOf(entry), 1);
      },
    },
    log: { info: say, warn: say },
  };
  return { ports, due, said };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('results older than the days set are erased at the start and every hour', async () => {
  const asked: number[] = [];
  const { ports, due } = stage(async (instant) => asked.push(instant));
  const stop = startRetention(30, ports);
  await turn();
  assert.deepEqual(asked, [70 * 86_400_000]);
  assert.deepEqual(
    due.map(({ ms }) => ms),
    [3_600_000],
  );
  due.shift()?.call();
  await turn();
  assert.equal(asked.length, 2);
  stop();
  assert.equal(due.length, 0);
});

test('a failure is told and tried again; 0 days keeps everything', async () => {
  const { ports, due, said } = stage(() => Promise.reject(new Error('away')));
  startRetention(1, ports);
  await turn();
  assert.equal(due.length, 1);
  assert.match(said[0] ?? '', /could not be erased/);
  const kept = stage(() => Promise.reject(new Error('never asked')));
  startRetention(0, kept.ports);
  await turn();
  assert.deepEqual([kept.due.length, kept.said.length], [0, 0]);
});
