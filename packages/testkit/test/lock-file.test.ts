import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

interface Entry {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { packages: Record<string, Entry> } = JSON.parse(
  readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'),
);
const entries = Object.entries(lock.packages);

// npm leaves out what its registry does not have at that moment; `npm ci` against a complete one then refuses to start.
test('the lock file has the native packages of every platform', () => {
  const native = entries.flatMap(([, { optionalDependencies }]) => Object.keys(optionalDependencies ?? {}));
  assert.ok(native.includes('@uwsjs/linux-x64-22'));
  assert.deepEqual(
    native.filter((name) => !lock.packages[`node_modules/${name}`]),
    [],
  );
});

test('the lock file names no registry', () => {
  assert.deepEqual(
    entries.filter(([, { resolved }]) => resolved?.includes('://')),
    [],
  );
});
