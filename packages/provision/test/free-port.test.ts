import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import test from 'node:test';
import { freePort, isPortFree } from '@partyline/provision';
import { startOnPort } from '../src/free-port.ts';

test('two free ports are never the same and lie below the ephemeral range', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
  assert.equal(new Set(ports).size, 20);
  assert.ok(ports.every((port) => port >= 12_000 && port < 32_000));
});

test('a port somebody listens on is not free', async (t) => {
  const port = await freePort();
  assert.equal(await isPortFree(port), true);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  t.after(() => server.close());
  assert.equal(await isPortFree(port), false);
});

test('a server whose free port somebody took in the meantime starts on another, unless that one was asked for', async () => {
  const tried: number[] = [];
  const start = async (port: number): Promise<number> => {
    tried.push(port);
    if (tried.length < 3) throw new Error(`ended while starting:\nbind: Address already in use`);
    return port;
  };
  const host = '127.0.0.1';
  assert.equal(await startOnPort({ port: undefined, host }, start), tried[2]);
  assert.equal(new Set(tried).size, 3);
  tried.length = 0;
  await assert.rejects(startOnPort({ port: await freePort(), host }, start), /in use/);
  assert.equal(tried.length, 1);
  const broken = (): Promise<never> => Promise.reject(new Error('not a manifest'));
  await assert.rejects(startOnPort({ port: undefined, host }, broken), /manifest/);
});
