import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { forgetRunning, mustBeAlone, noteRunning, type Running, readRunning } from '../src/supervisor/running.ts';

async function folder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-running-'));
  t.after(() => rm(dir, { recursive: true }));
  return dir;
}

/** The admin address of a node: it answers until it is closed. */
async function admin(t: TestContext): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((_, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  t.after(() => close());
  return { url: `http://127.0.0.1:${port}`, close };
}

const noted = (admin_url: string, more: Partial<Running> = {}): Running => ({
  ...{ pid: process.pid, url: 'http://localhost:8080', admin_urls: [admin_url], node_pids: [], host_key: null },
  ...{ redis_url: 'redis://h', database_url: 'postgres://h' },
  ...more,
});

test('what is noted is found while its process lives and answers, and not any more then', async (t) => {
  const dir = await folder(t);
  const { url, close } = await admin(t);
  assert.equal(await readRunning(dir), null);
  await noteRunning(dir, noted(url));
  assert.deepEqual(await readRunning(dir), noted(url));
  await assert.rejects(mustBeAlone(dir), /A Partyline already runs on .*: process \d+, http:\/\/localhost:8080\./);

  await close();
  assert.equal(await readRunning(dir), null, 'the number of the process is somebody else’s');
  await mustBeAlone(dir);
  await forgetRunning(dir);
  assert.equal(await readRunning(dir), null);
});

test('what is noted of a process that has ended is not found, whoever answers there', async (t) => {
  const dir = await folder(t);
  const { url } = await admin(t);
  await noteRunning(dir, noted(url, { pid: 2 ** 22 + 1 }));
  assert.equal(await readRunning(dir), null);
});
