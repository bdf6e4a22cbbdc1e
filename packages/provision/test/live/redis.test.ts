import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import test from 'node:test';
import { freePort, isPortFree, startRedis } from '@partyline/provision';
import { newFolder } from './folder.ts';
import { redisCommand } from './talk.ts';

test('a Redis started here answers, never evicts and syncs its file before it replies', async (t) => {
  const redis = await startRedis({ dir: await newFolder() });
  t.after(() => redis.stop());
  assert.equal(redis.url, `redis://127.0.0.1:${redis.port}`);
  assert.match(await redisCommand(redis.port, 'CONFIG GET maxmemory-policy'), /noeviction/);
  assert.match(await redisCommand(redis.port, 'CONFIG GET appendonly'), /\r\nyes\r\n/);
  assert.match(await redisCommand(redis.port, 'CONFIG GET appendfsync'), /always/);
  assert.match(await redisCommand(redis.port, 'CONFIG GET save'), /\r\n\$0\r\n/);
});

test('a Redis killed with SIGKILL comes back on its port with what it had acknowledged', async (t) => {
  const redis = await startRedis({ dir: await newFolder() });
  t.after(() => redis.stop());
  const first = redis.pid;
  await redisCommand(redis.port, 'SET kept yes');
  await redis.kill('SIGKILL');
  assert.equal(await isPortFree(redis.port), true);
  await redis.restart();
  assert.notEqual(redis.pid, first);
  assert.equal(await redisCommand(redis.port, 'GET kept'), '$3\r\nyes\r\n');
});

test('a paused Redis can be resumed, and stopped while it is paused', async (t) => {
  const redis = await startRedis({ dir: await newFolder(), appendonly: false });
  t.after(() => redis.stop());
  await redis.kill('SIGSTOP');
  await redis.kill('SIGCONT');
  assert.equal(await redisCommand(redis.port, 'PING'), '+PONG\r\n');
  await redis.kill('SIGSTOP');
  await redis.stop();
  assert.equal(await isPortFree(redis.port), true);
});

test('arguments given by the caller win', async (t) => {
  const redis = await startRedis({ dir: await newFolder(), extraArgs: ['--maxmemory-policy', 'allkeys-lru'] });
  t.after(() => redis.stop());
  assert.match(await redisCommand(redis.port, 'CONFIG GET maxmemory-policy'), /allkeys-lru/);
});

test('a second Redis on the same folder is refused, a stale pid file is not', async (t) => {
  const dir = await newFolder();
  await writeFile(`${dir}/redis.pid`, `${process.pid}\n`);
  const redis = await startRedis({ dir });
  t.after(() => redis.stop());
  await assert.rejects(startRedis({ dir }), /already runs on/);
});

test('a port in use is named in the refusal', async (t) => {
  const port = await freePort();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
  t.after(() => taken.close());
  await assert.rejects(startRedis({ dir: await newFolder(), port }), new RegExp(`Port ${port} .* taken`));
});

test('a Redis that cannot start says so in its own words', async () => {
  const dir = await newFolder();
  await mkdir(`${dir}/appendonlydir`);
  await writeFile(`${dir}/appendonlydir/appendonly.aof.manifest`, 'not a manifest\n');
  await assert.rejects(startRedis({ dir }), /Redis ended while starting:\n[\s\S]*manifest/);
});
