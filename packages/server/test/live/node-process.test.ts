import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { redisOfFile, testDatabase } from '@partyline/testkit';
import { createConsole } from '../../src/supervisor/console.ts';
import { startSupervisedNode } from '../../src/supervisor/supervised-node.ts';
import { dataFolder } from './supervisor.ts';

const redisFor = redisOfFile();
const program = fileURLToPath(new URL('../../src/cli/node.ts', import.meta.url));

interface NodeProcess {
  child: ChildProcess;
  text: () => string;
  /** Resolves once it is ready. */
  ready: Promise<unknown>;
  ended: Promise<number | NodeJS.Signals>;
}

async function environmentFor(t: TestContext): Promise<Record<string, string>> {
  const { url: REDIS_URL, prefix: REDIS_PREFIX } = await redisFor(t);
  const DATABASE_URL = await testDatabase(t);
  const ports = { PORT: '0', ADMIN_PORT: '0', HOST: '127.0.0.1' };
  return { REDIS_URL, REDIS_PREFIX, DATABASE_URL, TOKEN_KEYS: 'k'.repeat(32), ...ports };
}

function nodeProcess(t: TestContext, environment: Record<string, string>, flags: string[] = []): NodeProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...flags, program], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes) => {
      text += bytes;
    });
  }
  t.after(() => child.kill('SIGKILL'));
  // Not 'close', which never comes once the IPC channel was closed from this side.
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return { child, text: () => text, ready: once(child, 'message'), ended };
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends a node gracefully, with 0`, async (t) => {
    const { child, text, ready, ended } = nodeProcess(t, await environmentFor(t));
    await ready;
    child.kill(signal);
    assert.equal(await ended, 0);
    const messages = text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg);
    assert.deepEqual(messages.slice(-3), ['asked to stop', 'draining', 'stopped']);
  });
}

test('a node whose supervisor is gone ends', async (t) => {
  const { child, text, ready, ended } = nodeProcess(t, await environmentFor(t));
  await ready;
  child.disconnect();
  assert.equal(await ended, 0);
  assert.match(text(), /the supervisor is gone/);
});

test('an error that nobody caught is logged, and ends the node with 1', async (t) => {
  const reject = 'process.listenerCount("unhandledRejection") > 0 && Promise.reject(new Error("lost"))';
  const failing = `data:text/javascript,setInterval(() => ${reject}, 100).unref()`;
  const { text, ended } = nodeProcess(t, await environmentFor(t), ['--import', failing]);
  assert.equal(await ended, 1);
  const last = JSON.parse(text().trim().split('\n').at(-1) ?? '');
  assert.deepEqual([last.level, last.msg, last.err.message], ['fatal', 'nobody caught a rejection', 'lost']);
});

test('wrong settings end a node with 78 and are named', async (t) => {
  const { text, ended } = nodeProcess(t, { PORT: 'eighty' });
  assert.equal(await ended, 78);
  assert.match(text(), /PORT is "eighty": it must be a whole number from 0 to 65535\./);
});

test('a node needs to be told its stores', async (t) => {
  const { text, ended } = nodeProcess(t, {});
  assert.equal(await ended, 78);
  assert.match(text(), /DATABASE_URL is missing: .*\n.*REDIS_URL is missing: /);
});

test('where a port cannot be shared, a supervised node takes another and says which', async (t) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  t.after(() => taken.close());
  const address = taken.address();
  assert.ok(typeof address === 'object' && address !== null);
  const folder = await dataFolder(t);
  const node = await startSupervisedNode({
    name: 'node-2',
    env: { PATH: process.env.PATH, ...(await environmentFor(t)), PORT: String(address.port) },
    logFile: join(folder, '..', 'node-2.log'),
    console: createConsole({ write: () => true }),
  });
  t.after(() => node.stop(5_000));
  assert.ok(node.port !== null && node.port !== address.port);
  assert.equal((await fetch(`http://127.0.0.1:${node.port}/api/categories`)).status, 200);
});

test('a supervised node that cannot start says why, with its last lines', async (t) => {
  const folder = await dataFolder(t);
  const starting = startSupervisedNode({
    name: 'node-1',
    env: { PATH: process.env.PATH, ...(await environmentFor(t)), LEASE_MS: '1' },
    logFile: join(folder, '..', 'node-1.log'),
    console: createConsole({ write: () => true }),
  });
  await assert.rejects(starting, /node-1 did not start: .*LEASE_MS is "1"/s);
});
