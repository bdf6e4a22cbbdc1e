import assert from 'node:assert/strict';
import test from 'node:test';
import { readEnvironment } from '../src/config.ts';
import { banner } from '../src/supervisor/banner.ts';
import type { Cluster } from '../src/supervisor/cluster.ts';

const cluster = (port: number | null): Cluster => ({
  port,
  nodes: [{ name: 'node-1', pid: 1, port, adminPort: 8081, stop: async () => {} }],
  hostKey: 'a-host-key',
  logs: '.data/logs',
  stop: async () => {},
});

test('the banner leads to the pages, and to the port that the cluster really has', () => {
  const text = banner(cluster(9000), readEnvironment({ HOST: '127.0.0.1' }), 2_345);
  assert.match(text, /^\nPartyline is running: one node on port 9000, after 2\.3 s\.$/m);
  assert.match(text, /Join a party {4}http:\/\/127\.0\.0\.1:9000\/\n/);
  assert.match(text, /Host key {8}a-host-key\n/);
  assert.match(text, /make demo/);
});

test('where no node takes players in, the banner leads nobody to a port', () => {
  const text = banner(cluster(null), readEnvironment({ ROLES: 'leader' }), 2_345);
  assert.match(text, /one node without a public port \(ROLES=leader/);
  assert.match(text, /Health {10}http:\/\/127\.0\.0\.1:8081\/readyz\n/);
  assert.doesNotMatch(text, /Join a party|\/host|make demo|null|8080|a-host-key/);
});
