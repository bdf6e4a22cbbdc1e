/** Writes the tables of variables and of metrics into the README; a test says when that is due. */
import { readFile, writeFile } from 'node:fs/promises';
import { metricsMarkdown } from '@partyline/telemetry';
import { configMarkdown } from '../config-markdown.ts';
import { withTables } from '../readme-tables.ts';

const readme = new URL('../../../../README.md', import.meta.url);

await writeFile(
  readme,
  withTables(await readFile(readme, 'utf8'), { config: configMarkdown(), metrics: metricsMarkdown() }),
);
process.stdout.write('wrote the tables of README.md\n');
