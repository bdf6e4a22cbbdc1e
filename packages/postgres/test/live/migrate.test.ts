import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DatabaseFault, migrate, readMigrations, schemaText } from '@partyline/postgres';
import { emptyDatabase, testDatabase } from '@partyline/testkit';
import { openRaw } from './raw.ts';

async function folder(t: TestContext, files: Record<string, string>): Promise<{ dir: URL; write: typeof put }> {
  const path = await mkdtemp(join(tmpdir(), 'partyline-migrations-'));
  t.after(() => rm(path, { recursive: true }));
  async function put(name: string, sql: string): Promise<void> {
    await writeFile(join(path, name), sql);
  }
  for (const [name, sql] of Object.entries(files)) await put(name, sql);
  return { dir: pathToFileURL(`${path}/`), write: put };
}

test('twenty processes migrating at once apply each migration once', async (t) => {
  const url = await emptyDatabase(t);
  const all = (await readMigrations()).map(({ name }) => name);
  const applied = await Promise.all(Array.from({ length: 20 }, () => migrate(url)));
  assert.deepEqual(applied.flat(), all);
  const rows = await openRaw(t, url).any<{ name: string }>('SELECT name FROM schema_migrations ORDER BY name');
  assert.deepEqual(
    rows.map(({ name }) => name),
    all,
  );
});

test('a migrated database is what sql/schema.sql says', async (t) => {
  const url = await testDatabase(t);
  const written = await readFile(new URL('../../../../sql/schema.sql', import.meta.url), 'utf8');
  assert.equal(await schemaText(url), written, 'run `make schema`');
});

test("the specification's three tables are exactly as it has them", async (t) => {
  const db = openRaw(t, await testDatabase(t));
  const columns = await db.any<{ line: string }>(
    `SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS line
     FROM information_schema.columns WHERE table_name IN ('questions', 'parties', 'party_players')
     ORDER BY table_name, ordinal_position`,
  );
  assert.deepEqual(
    columns.map(({ line }) => line),
    [
      'parties party_id uuid NO',
      'parties game_id uuid NO',
      'parties player_id text NO',
      'party_players party_id uuid NO',
      'party_players user_id text NO',
      'party_players score integer NO 0',
      "questions id integer NO nextval('questions_id_seq'::regclass)",
      'questions question text NO',
      'questions answer text NO',
      'questions choice1 text NO',
      'questions choice2 text NO',
      'questions choice3 text NO',
      'questions category text NO',
    ],
  );
});

test('a migration that was changed after it was applied is refused by name', async (t) => {
  const url = await emptyDatabase(t);
  const { dir, write } = await folder(t, { '0001_a.sql': 'CREATE TABLE a ();' });
  assert.deepEqual(await migrate(url, dir), ['0001_a.sql']);
  await write('0001_a.sql', 'CREATE TABLE a (b INTEGER);');
  await assert.rejects(migrate(url, dir), (error) => {
    assert.ok(error instanceof DatabaseFault);
    assert.equal(error.code, 'migration_changed');
    assert.match(error.message, /0001_a\.sql/);
    return true;
  });
});

test('line ends of a checkout are no change', async (t) => {
  const url = await emptyDatabase(t);
  const { dir, write } = await folder(t, { '0001_a.sql': 'CREATE TABLE a ();\nCREATE TABLE b ();\n' });
  await migrate(url, dir);
  await write('0001_a.sql', 'CREATE TABLE a ();\r\nCREATE TABLE b ();\r\n');
  assert.deepEqual(await migrate(url, dir), []);
});

test('a migration that fails leaves nothing of itself or of those before it', async (t) => {
  const url = await emptyDatabase(t);
  const { dir, write } = await folder(t, {
    '0001_a.sql': 'CREATE TABLE a ();',
    '0002_b.sql': 'CREATE TABLE b (); CREATE TABLE a ();',
  });
  await assert.rejects(migrate(url, dir), DatabaseFault);
  await write('0002_b.sql', 'CREATE TABLE b ();');
  assert.deepEqual(await migrate(url, dir), ['0001_a.sql', '0002_b.sql']);
});

test('an older node leaves the migrations of a newer one alone', async (t) => {
  const url = await emptyDatabase(t);
  const { dir, write } = await folder(t, { '0001_a.sql': 'CREATE TABLE a ();', '0002_b.sql': 'CREATE TABLE b ();' });
  await migrate(url, dir);
  const older = await folder(t, { '0001_a.sql': 'CREATE TABLE a ();' });
  assert.deepEqual(await migrate(url, older.dir), []);
  await write('0003_c.sql', 'CREATE TABLE c ();');
  assert.deepEqual(await migrate(url, dir), ['0003_c.sql']);
});
