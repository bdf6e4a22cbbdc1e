import assert from 'node:assert/strict';
import test from 'node:test';
import { ConfigError } from '../src/config.ts';
import { readDemoSettings } from '../src/demo/demo-settings.ts';

test('a demo without wishes is five rounds of Science of ten seconds', () => {
  const usual = { rounds: 5, category: 'Science', timeout: 10 };
  assert.deepEqual(readDemoSettings({}), usual);
  assert.deepEqual(readDemoSettings({ ROUNDS: '', CATEGORY: ' ', SECONDS: '' }), usual);
  assert.deepEqual(readDemoSettings({ ROUNDS: '2', CATEGORY: 'History', SECONDS: '5' }), {
    ...{ rounds: 2, category: 'History', timeout: 5 },
  });
});

test('all wishes that cannot be met are named at once, with what is allowed', () => {
  for (const [ROUNDS, SECONDS] of [
    ['0', '4'],
    ['abc', '301'],
    ['101', '1e2'],
    ['2.5', '-7'],
  ]) {
    assert.throws(
      () => readDemoSettings({ ROUNDS, SECONDS }),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.deepEqual(error.problems, [
          `ROUNDS is "${ROUNDS}": it must be a whole number from 1 to 100.`,
          `SECONDS is "${SECONDS}": it must be a whole number from 5 to 300.`,
        ]);
        return true;
      },
    );
  }
});
