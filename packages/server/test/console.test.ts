import assert from 'node:assert/strict';
import test from 'node:test';
import { type Console, createConsole } from '../src/supervisor/console.ts';
import { showLogLine } from '../src/supervisor/log-line.ts';

function screen(): { console: Console; lines: () => string[]; pass: (ms: number) => void } {
  let now = 0;
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { console: createConsole({ write }, () => now), lines: () => text.split('\n').slice(0, -1), pass };
}

test('a step says how long it took and what came of it', async () => {
  const { console, lines, pass } = screen();
  const work = async () => {
    pass(1_234);
    return 'here';
  };
  const result = await console.step('Redis', work, (found) => `is ${found}`);
  assert.equal(result, 'here');
  assert.deepEqual(lines(), ['  Redis                 1.2 s   is here']);
});

test('a step that fails says so and passes the error on', async () => {
  const { console, lines } = screen();
  await assert.rejects(
    console.step('Redis', async () => {
      throw new Error('none found');
    }),
    /none found/,
  );
  assert.deepEqual(lines(), ['  Redis                 0.0 s   failed']);
});

const entry = (level: string, more: object = {}): string => JSON.stringify({ level, msg: 'it happened', ...more });

test('of a log only warnings and worse are shown, short', () => {
  const { console, lines } = screen();
  showLogLine('node-1', entry('info'), console);
  showLogLine('node-1', 'not JSON', console);
  showLogLine('node-1', '{"level": broken', console);
  showLogLine('node-1', entry('error', { err: { message: 'why', stack: 'long' } }), console);
  assert.deepEqual(lines(), ['node-1 error: it happened: why']);
});

test('what comes again and again is shown once in a while, with how often it came', () => {
  const { console, lines, pass } = screen();
  for (let n = 0; n < 50; n += 1) showLogLine('node-1', entry('warn'), console);
  showLogLine('node-2', entry('warn'), console);
  pass(10_000);
  showLogLine('node-1', entry('warn'), console);
  assert.deepEqual(lines(), [
    'node-1 warn: it happened',
    'node-2 warn: it happened',
    'node-1 warn: it happened (and 49 more like it)',
  ]);
});

test('nothing in a log moves the cursor or colours the screen', () => {
  const { console, lines } = screen();
  showLogLine('node-1', entry('warn', { err: { message: '\u001b[2J\u001b[31mred\r\nnode-2 fatal: forged' } }), console);
  assert.equal(lines().length, 1);
  for (const control of ['\u001b', '\r']) assert.ok(!lines().join().includes(control));
});
