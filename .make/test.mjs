// The tests that need services (REDIS_URL, DATABASE_URL). Beside them k6 is built where it is missing, since one of the last
// tests runs it: minutes of both cores the first time, so it gets what the tests leave, which wait more than they work.
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { findK6 } from '../loadtest/find-k6.ts';
import { bundleNode } from './bundle-node.mjs';

const FILES = ['live', 'cluster'].map((folder) => `packages/*/test/${folder}/**/*.test.ts`);

const tests = spawn(process.execPath, ['--test', '--test-concurrency=2', ...FILES], {
  stdio: 'inherit',
  env: { ...process.env, NODE_PROGRAM: await bundleNode() },
});
tests.on('exit', (code) => process.exit(code ?? 1));
// Ctrl-C reaches the tests by itself; we only stay until they have ended.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => tests.kill('SIGTERM'));

setPriority(19);
// What stands in its way is said by the test that needs it.
await findK6(() => {}).catch(() => {});
