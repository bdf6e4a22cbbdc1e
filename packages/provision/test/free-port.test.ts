import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import test from 'node:test';
import { freePort, isPortFree } from '@partyline/provision';

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
