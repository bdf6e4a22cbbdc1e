import assert from 'node:assert/strict';
import test from 'node:test';
import { anotherPort } from '../src/supervisor/ports.ts';

const proposals: [name: 'PORT' | 'ADMIN_PORT', taken: number, another: number][] = [
  ['PORT', 8080, 8090],
  ['ADMIN_PORT', 8081, 9081],
  ['PORT', 80, 8080],
  ['ADMIN_PORT', 443, 8443],
  ['PORT', 65_530, 65_520],
  ['ADMIN_PORT', 65_000, 64_000],
];

for (const [name, port, another] of proposals) {
  test(`instead of ${name}=${port} a port is proposed that any account may use`, () => {
    assert.equal(anotherPort({ name, port }), another);
  });
}
