/** SPEC.md and the tests hold each other: every rule is cited by a test, every citation names a rule. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';

const folder = new URL('./', import.meta.url);
const spec = readFileSync(new URL('../SPEC.md', import.meta.url), 'utf8');
/** All but this one, which cites for the sake of the last test. */
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.test.ts') && path !== 'spec.test.ts',
);

const rules = [...spec.matchAll(/^- \*\*([A-Z]\d+)\*\* \S.*\.$/gm)].map((match) => match[1] ?? '');
const citations = files.flatMap((file) => citedIn(readFileSync(new URL(file, folder), 'utf8')));

/** The rules that the names of a file's tests begin with: `test('S1: …'`, test(`T2, T3: …`. */
function citedIn(source: string): string[] {
  const names = source.matchAll(/\btest\(\s*['"`]((?:[A-Z]\d+, )*[A-Z]\d+): /g);
  return [...names].flatMap((match) => (match[1] ?? '').split(', '));
}

test('the specification has rules and the tests cite some', () => {
  assert.ok(rules.length > 50, `only ${rules.length} rules were read from SPEC.md`);
  assert.ok(files.length > 5, `only ${files.length} test files were found`);
  assert.ok(citations.length >= rules.length, `only ${citations.length} citations were found`);
});

test('every rule is a numbered sentence of its family, in order and once', () => {
  const bullets = [...spec.matchAll(/^- .*$/gm)];
  assert.equal(rules.length, bullets.length, 'a line of SPEC.md is no rule: "- **P1** One sentence."');
  const families = [...spec.matchAll(/^## ([A-Z]) · /gm)].map((match) => match[1] ?? '');
  const expected = families.flatMap((family) => {
    const count = rules.filter((rule) => rule.startsWith(family)).length;
    return Array.from({ length: count }, (_, index) => `${family}${index + 1}`);
  });
  assert.deepEqual(rules, expected);
});

test('every rule is cited by a test', () => {
  const cited = new Set(citations);
  assert.deepEqual(
    rules.filter((rule) => !cited.has(rule)),
    [],
  );
});

test('every cited rule exists', () => {
  const known = new Set(rules);
  assert.deepEqual(
    [...new Set(citations)].filter((rule) => !known.has(rule)),
    [],
  );
});

test('citations are read from every form of a name, and only from names', () => {
  const source =
    "test('A1: a', f); test(`B2, C3: b`, f); test(\n  \"D4: c\", f); text('E5: d'); test('no F6: e', f); // G7: x";
  assert.deepEqual(citedIn(source), ['A1', 'B2', 'C3', 'D4']);
});
