import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../src/', import.meta.url));
const queries = fileURLToPath(new URL('../../../sql/queries/', import.meta.url));

const code = readdirSync(source).map((name) => readFileSync(`${source}${name}`, 'utf8'));
const files = readdirSync(queries, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql'));

test('every query file is used, and every query used is there', () => {
  const named = code.flatMap((text) => [
    ...[...text.matchAll(/\bstatement\('([\w/-]+)'\)/g)].map(([, name]) => name),
    ...[...text.matchAll(/\btext\('([\w-]+)'\)/g)].map(([, name]) => `databases/${name}`),
  ]);
  assert.deepEqual([...new Set(named)].toSorted(), files.map((name) => name.replace(/\.sql$/, '')).toSorted());
});

test('a query that takes values says which', () => {
  for (const name of files) {
    const sql = readFileSync(`${queries}${name}`, 'utf8');
    const statement = sql.replace(/^--.*$/gm, '');
    const comment = sql.slice(0, sql.length - statement.trimStart().length);
    const taken = new Set([...statement.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
    const said = new Set<number>();
    for (const [, from, to] of comment.matchAll(/\$(\d+)(?:-\$(\d+))?/g)) {
      for (let number = Number(from); number <= Number(to ?? from); number += 1) said.add(number);
    }
    assert.deepEqual([...said].toSorted(), [...taken].toSorted(), name);
  }
});

test('a query file holds one statement', () => {
  for (const name of files) {
    assert.doesNotMatch(readFileSync(`${queries}${name}`, 'utf8').replace(/^--.*$/gm, ''), /;/, name);
  }
});

test('there is no SQL in TypeScript', () => {
  const SQL = /['"`]\s*(?:SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE|ALTER|DROP|WITH \w+ AS)\b/;
  for (const text of code) assert.doesNotMatch(text.replaceAll(/`CREATE (?:FUNCTION|TABLE) \$\{/g, ''), SQL);
});
