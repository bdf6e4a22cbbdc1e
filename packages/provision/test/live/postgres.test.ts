import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import test from 'node:test';
import { isPortFree, startPostgres } from '@partyline/provision';
import { newFolder } from './folder.ts';
import { postgresGreeting } from './talk.ts';

const settings = { fsync: 'off' };

test('a Postgres started here has the database partyline and asks for the password in its url', async (t) => {
  const dir = `${await newFolder()}/data`;
  const postgres = await startPostgres({ dir, settings });
  t.after(() => postgres.stop());
  const url = new URL(postgres.url);
  assert.equal(url.pathname, '/partyline');
  assert.equal(url.password, await readFile(`${dir}/partyline.password`, 'utf8'));
  assert.equal(await postgresGreeting(postgres.port, 'partyline'), 'R');
});

test('it runs as an account of its own when we are root', { skip: process.getuid?.() !== 0 }, async (t) => {
  const dir = `${await newFolder()}/data`;
  const postgres = await startPostgres({ dir, settings });
  t.after(() => postgres.stop());
  assert.notEqual((await stat(dir)).uid, 0);
  assert.match(await readFile(`/proc/${postgres.pid}/status`, 'utf8'), /^Uid:\t[1-9]/m);
});

test('a data folder is used again, password included', async (t) => {
  const dir = `${await newFolder()}/data`;
  const first = await startPostgres({ dir, settings });
  t.after(() => first.stop());
  const made = await stat(`${dir}/PG_VERSION`);
  await first.stop();
  const second = await startPostgres({ dir, settings, port: first.port });
  t.after(() => second.stop());
  assert.equal(second.url, first.url);
  assert.equal((await stat(`${dir}/PG_VERSION`)).mtimeMs, made.mtimeMs);
});

test('it comes back after an immediate shutdown and after SIGKILL', async (t) => {
  const logs: string[] = [];
  const postgres = await startPostgres({
    dir: `${await newFolder()}/data`,
    settings,
    onLog: (line) => logs.push(line),
  });
  t.after(() => postgres.stop());
  await postgres.stopImmediate();
  assert.equal(await isPortFree(postgres.port), true);
  await postgres.restart();
  await postgres.kill('SIGKILL');
  await postgres.restart();
  assert.equal(await postgresGreeting(postgres.port, 'partyline'), 'R');
  assert.equal(logs.filter((line) => line.includes('not properly shut down')).length, 2);
});

test('a pid file left with the number of another process does not hold it up', async (t) => {
  const dir = `${await newFolder()}/data`;
  const postgres = await startPostgres({ dir, settings });
  t.after(() => postgres.stop());
  const pidFile = await readFile(`${dir}/postmaster.pid`, 'utf8');
  await postgres.stop();
  await writeFile(`${dir}/postmaster.pid`, pidFile.replace(/^\d+/, `${process.pid}`));
  await postgres.restart();
  assert.equal(await postgresGreeting(postgres.port, 'partyline'), 'R');
});

test('an interrupted first start leaves nothing that stops the next', async (t) => {
  const dir = `${await newFolder()}/data`;
  await mkdir(`${dir}.new/base`, { recursive: true });
  const postgres = await startPostgres({ dir, settings });
  t.after(() => postgres.stop());
  assert.equal(await postgresGreeting(postgres.port, 'partyline'), 'R');
});

test('the data folder of another major version is refused with the way out', async () => {
  const dir = await newFolder();
  await writeFile(`${dir}/PG_VERSION`, '17\n');
  await assert.rejects(startPostgres({ dir, settings }), /made by Postgres 17.*make clean/);
});

test('a setting Postgres does not know is reported in its own words', async () => {
  const start = startPostgres({ dir: `${await newFolder()}/data`, settings: { no_such_setting: 1 } });
  await assert.rejects(start, /Postgres ended while starting:\n.*no_such_setting/);
});
