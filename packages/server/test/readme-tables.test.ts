import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { metricsMarkdown } from '@partyline/telemetry';
import { scalingDocument } from '../../../loadtest/bench/scaling-table.ts';
import { configMarkdown } from '../src/config-markdown.ts';
import { withTables } from '../src/readme-tables.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

test('the README has the tables of variables and of metrics', () => {
  const due = withTables(readme, { config: configMarkdown(), metrics: metricsMarkdown() });
  assert.equal(readme, due, 'node packages/server/src/cli/readme-tables.ts writes them');
});

test('what deploy/SCALING.md tells of the saved bench is what is saved', async () => {
  const { due, is } = await scalingDocument();
  assert.equal(is, due, 'node loadtest/bench/scaling-table.ts writes it');
});

test('a table replaces what stands between its markers, and nothing else', () => {
  const before = 'a\n<!-- x -->\nold $1\n<!-- /x -->\nb <!-- y --> c\n';
  const after = withTables(before, { x: '| $& |' });
  assert.equal(after, 'a\n<!-- x -->\n\n| $& |\n\n<!-- /x -->\nb <!-- y --> c\n');
  assert.equal(withTables(after, { x: '| $& |' }), after);
  assert.throws(() => withTables(before, { z: '' }), /no place for the table: <!-- z -->/);
});
