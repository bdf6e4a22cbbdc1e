import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { ARROWS, faults, specifiers } from './arrows.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const packages = readdirSync(join(root, 'packages'));

const sources = packages.flatMap((name) =>
  readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => `packages/${name}/src/${path}`),
);

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

test('every source file keeps to the arrows', () => {
  assert.deepEqual(
    sources.flatMap((file) => faults(file, textOf(file))),
    [],
  );
});

test('the files read are those of every package, and name modules', () => {
  assert.deepEqual(packages.toSorted(), Object.keys(ARROWS).toSorted());
  for (const name of packages)
    assert.ok(
      sources.some((file) => file.startsWith(`packages/${name}/src/`)),
      name,
    );
  assert.ok(sources.flatMap((file) => specifiers(textOf(file))).length > 0);
});

test('package.json declares no arrow the table does not have', () => {
  for (const [name, allowed] of Object.entries(ARROWS)) {
    const { dependencies = {} } = JSON.parse(textOf(`packages/${name}/package.json`));
    const ours = Object.keys(dependencies).filter((dependency) => dependency.startsWith('@partyline/'));
    const undrawn = ours.filter((dependency) => !allowed.includes(dependency.slice('@partyline/'.length)));
    assert.deepEqual(undrawn, [], name);
  }
});

test('no package is in a circle of arrows', () => {
  const reachable = (from: string, seen = new Set<string>()): Set<string> => {
    for (const to of ARROWS[from] ?? []) if (!seen.has(to)) reachable(to, seen.add(to));
    return seen;
  };
  for (const name of Object.keys(ARROWS)) assert.ok(!reachable(name).has(name), name);
});

test('every form of naming a module is seen, and none in a comment', () => {
  const text = `
    import a from 'a';
    import type { B } from "b";
    import {
      c,
    } from 'c';
    import 'd';
    export * from 'e';
    const f = await import('f');
    type G = import('g').G;
    const h = require('h');
    // import 'not-this'; it's a comment
    /* import 'nor-this' */
    const url = 'https://example.org'; export { i } from 'i';
  `;
  assert.deepEqual(specifiers(text), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
});

const REFUSED: readonly [file: string, text: string, fault: RegExp][] = [
  ['gateway/src/a.ts', "import { x } from '@partyline/leader';", /gateway may not import leader/],
  ['leader/src/a.ts', "import { x } from '@partyline/redis';", /leader may not import redis/],
  ['redis/src/a.ts', "import { x } from '@partyline/testkit';", /redis may not import testkit/],
  ['testkit/src/a.ts', "import { x } from '@partyline/server';", /testkit may not import server/],
  ['gateway/src/a.ts', "import { x } from '@partyline/provision';", /gateway may not import provision/],
  ['server/src/a.ts', "import { x } from '@partyline/core/src/score.ts';", /past an index/],
  ['server/src/a.ts', "import { x } from '../../core/src/index.ts';", /relative path/],
  ['leader/src/a.ts', "import Redis from 'ioredis';", /only redis may import ioredis/],
  ['gateway/src/a.ts', "import pg from 'pg-promise/typescript';", /only postgres/],
  ['client/src/a.ts', "import WebSocket from 'ws';", /only gateway and testkit/],
  ['core/src/a.ts', "import { hash } from 'node:crypto';", /core imports nothing/],
  ['core/src/a.ts', "import { x } from '@partyline/protocol';", /core may not import protocol/],
  ['core/src/a.ts', 'const now = Date.now();', /pure/],
  ['core/src/a.ts', 'const now = new Date();', /pure/],
  ['core/src/a.ts', 'const n = Math.random();', /pure/],
  ['core/src/a.ts', 'const now = performance.now();', /pure/],
  ['core/src/a.ts', 'setTimeout(go, 1);', /pure/],
  ['core/src/a.ts', 'async function go() {}', /pure/],
  ['core/src/a.ts', `const text = \`\${Date.now()}\`;`, /pure/],
  ['gateway/src/a.ts', 'const port = process.env.PORT;', /only the server/],
  ['gateway/src/a.ts', "import { env } from 'node:process';", /the process/],
  ['leader/src/a.ts', 'process.exit(1);', /only the server/],
  ['provision/src/a.ts', 'const home = process.env.HOME;', /only the server/],
  ['testkit/src/a.ts', 'process.exit(1);', /only the server/],
  ['unheard/src/a.ts', '', /not in the table/],
];

for (const [file, text, fault] of REFUSED) {
  test(`refused: ${file.split('/')[0]} with ${text || 'no place in the table'}`, () => {
    assert.match(faults(`packages/${file}`, text).join('\n'), fault);
  });
}

const ACCEPTED: readonly [file: string, text: string][] = [
  ['server/src/a.ts', "import { x } from '@partyline/leader'; process.exit(Number(process.env.CODE));"],
  ['gateway/src/a.ts', "import { App } from 'uWebSockets.js'; import { WebSocketServer } from 'ws';"],
  ['core/src/ports/a.ts', "import type { Party } from '../party.ts'; export type Load = () => Promise<Party>;"],
  ['core/src/a.ts', '// async, Date.now() and Math.random() are for others\nexport const day = new Date(0);'],
  ['provision/src/a.ts', 'const file = process.env.REDIS_SERVER ?? process.env.PATH;'],
  ['testkit/src/cli/a.ts', 'process.exit(process.env.CODE);'],
  ['testkit/src/a.ts', 'const url = process.env.DATABASE_URL;'],
];

for (const [file, text] of ACCEPTED) {
  test(`accepted: ${file.split('/')[0]} with ${text}`, () => assert.deepEqual(faults(`packages/${file}`, text), []));
}
