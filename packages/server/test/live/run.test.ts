import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@partyline/provision';
import { type Running, readRunning } from '../../src/supervisor/running.ts';
import { dataFolder, isAlive, type Supervisor, supervisor, survivors } from './supervisor.ts';
import { whenReadyz } from './test-node.ts';

async function running(dataDir: string): Promise<Running> {
  const found = await readRunning(dataDir);
  assert.ok(found, 'running.json is there');
  return found;
}

async function up(started: Supervisor, dataDir: string): Promise<Running> {
  await started.says('Partyline is running');
  return running(dataDir);
}

async function newParty(url: string): Promise<string> {
  const response = await fetch(`${url}/api/party/init`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ player_id: 'ann', category: 'Science', rounds: 3 }),
  });
  assert.equal(response.status, 201);
  return ((await response.json()) as { party_id: string }).party_id;
}

/** The first answer to a call that is repeated while it fails. */
async function answered(url: string, limitMs: number): Promise<Response> {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
    }
  }
}

const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

test('make run from nothing to nothing, twice', async (t) => {
  const DATA_DIR = await dataFolder(t);
  const environment = { DATA_DIR, PORT: String(await freePort()), ADMIN_PORT: '0', HOST: '127.0.0.1' };
  const first = supervisor(t, environment);
  const { url, admin_urls, node_pids, host_key } = await up(first, DATA_DIR);
  let party_id = '';

  await t.test('two nodes share the port, and what was printed leads to them', async () => {
    assert.equal(url, `http://localhost:${environment.PORT}`);
    assert.equal(admin_urls.length, 2);
    for (const admin of admin_urls) await whenReadyz(admin, ({ body }) => body.ready, 0);
    for (const text of [`:${environment.PORT}/host`, `:${environment.PORT}/quick`, ...admin_urls, `${host_key}`]) {
      assert.ok(first.text().includes(text), text);
    }
    assert.match(
      first.text(),
      /Postgres +\d+\.\d s .*\n.*Tables and questions +\d+\.\d s +\d+ migrations, \d+ questions new/,
    );
    party_id = await newParty(url);
  });

  await t.test('secrets are for their owner, and printed nowhere but the host key', async () => {
    for (const file of ['token-key', 'host-key', 'running.json'])
      assert.equal(await modeOf(join(DATA_DIR, file)), 0o600);
    const tokenKey = await readFile(join(DATA_DIR, 'token-key'), 'utf8');
    const logs = await Promise.all([1, 2].map((n) => readFile(join(DATA_DIR, 'logs', `node-${n}.log`), 'utf8')));
    for (const text of [first.text(), ...logs]) assert.ok(!text.includes(tokenKey));
    assert.doesNotMatch(first.text(), /postgres:\/\/\S*:\S+@/);
  });

  await t.test(
    'a second one on the same port is told which port and what to do, before it starts anything',
    async () => {
      const other = await dataFolder(t);
      const second = supervisor(t, { ...environment, DATA_DIR: other });
      assert.equal(await second.ended, 1);
      assert.match(second.text(), new RegExp(`Port ${environment.PORT} on 127.0.0.1 is taken.*PORT=\\d+`));
      assert.ok(!existsSync(other));
    },
  );

  await t.test('a second one on the same folder is told that there is one, whichever port it wants', async () => {
    for (const PORT of [environment.PORT, String(await freePort())]) {
      const second = supervisor(t, { ...environment, PORT });
      assert.equal(await second.ended, 1);
      assert.match(second.text(), new RegExp(`A Partyline already runs on .*: process \\d+, ${url}\\.`));
    }
    for (const admin of admin_urls) await whenReadyz(admin, ({ body }) => body.ready, 0);
  });

  await t.test('a node that is killed is started again, while the other one serves', async () => {
    const [victim = 0] = node_pids;
    process.kill(victim, 'SIGKILL');
    // Calls that were under way to the victim are lost with it, so the first may fail; the port answers all the while.
    assert.equal((await answered(`${url}/api/categories`, 1_000)).status, 200);
    await first.says('node-1 ended with SIGKILL');
    await first.says('node-1 is back.');
    assert.ok(!isAlive(victim));
  });

  await t.test('a Redis and a Postgres that are killed are started again, with their data', async () => {
    const processes = await Promise.all(
      ['redis/redis.pid', 'postgres/postmaster.pid'].map((file) => readFile(join(DATA_DIR, file), 'utf8')),
    );
    for (const text of processes) process.kill(Number.parseInt(text, 10), 'SIGKILL');
    await first.says('Redis has died; starting it again.');
    await first.says('Postgres has died; starting it again.');
    const giveUpAt = performance.now() + 10_000;
    const works = () =>
      Promise.all([fetch(`${url}/api/party/${party_id}/question_data`), fetch(`${url}/api/categories`)]).then((all) =>
        all.every(({ ok }) => ok),
      );
    while (!(await works())) {
      assert.ok(performance.now() < giveUpAt, first.text());
      await sleep(100);
    }
  });

  await t.test('Ctrl-C stops all of it, and the exit is a clean one', async () => {
    const started = await first.descendants();
    assert.ok(started.length >= 4, 'two nodes, Redis, Postgres');
    first.child.kill('SIGINT');
    assert.equal(await first.ended, 0);
    assert.deepEqual(await survivors(started, 500), []);
    assert.equal(await readRunning(DATA_DIR), null);
    assert.match(first.text(), /stopped after \d+\.\d s\n$/);
  });

  await t.test('a second start keeps the data and the keys', async () => {
    const second = supervisor(t, environment);
    const again = await up(second, DATA_DIR);
    assert.match(second.text(), /Tables and questions +\d+\.\d s +as they were/);
    assert.equal(again.host_key, host_key);
    assert.equal((await fetch(`${url}/api/party/${party_id}/question_data`)).status, 200);

    const started = await second.descendants();
    second.child.kill('SIGKILL');
    assert.equal(await second.ended, 'SIGKILL');
    assert.deepEqual(await survivors(started, 8_000), [], 'nothing outlives a supervisor that is killed');
  });
});

test('an interrupt while it prepares leaves nothing behind', async (t) => {
  const DATA_DIR = await dataFolder(t);
  const started = supervisor(t, { DATA_DIR, PORT: '0', ADMIN_PORT: '0', HOST: '127.0.0.1' });
  await started.says('  Redis');
  const below = await started.descendants();
  started.child.kill('SIGTERM');
  assert.equal(await started.ended, 0);
  assert.match(started.text(), /stopped before it had started/);
  assert.deepEqual(await survivors(below, 500), []);
});

test('settings that are wrong are named, and nothing is started', async (t) => {
  const DATA_DIR = await dataFolder(t);
  const started = supervisor(t, { DATA_DIR, PORT: 'eighty', NODES: '0' });
  assert.equal(await started.ended, 78);
  assert.match(started.text(), /PORT is "eighty": it must be .*\n.*NODES is "0": it must be/);
  assert.ok(!existsSync(DATA_DIR));
});

test('a Redis of choice that does not answer is named, without its password', async (t) => {
  const DATA_DIR = await dataFolder(t);
  const REDIS_URL = `redis://:s3cret@127.0.0.1:${await freePort()}`;
  const started = supervisor(t, { DATA_DIR, PORT: '0', ADMIN_PORT: '0', HOST: '127.0.0.1', REDIS_URL });
  assert.equal(await started.ended, 1);
  assert.match(
    started.text(),
    /Redis cannot be used \(REDIS_URL\): Redis at redis:\/\/127\.0\.0\.1:\d+ does not answer after 5 s: .*ECONNREFUSED/,
  );
  assert.ok(!started.text().includes('s3cret'));
});

test('Redises for the leases that no majority answers of are refused', async (t) => {
  const DATA_DIR = await dataFolder(t);
  const ports = [await freePort(), await freePort(), await freePort()];
  const REDLOCK_URLS = ports.map((port) => `redis://127.0.0.1:${port}`).join(',');
  const started = supervisor(t, { DATA_DIR, PORT: '0', ADMIN_PORT: '0', HOST: '127.0.0.1', REDLOCK_URLS });
  assert.equal(await started.ended, 1);
  assert.match(
    started.text(),
    /of the 3 Redises that keep the leases \(REDLOCK_URLS\) 0 answer; nobody could lead a party/,
  );
});

test('a host key of choice is taken', async (t) => {
  const DATA_DIR = await dataFolder(t);
  const HOST_KEY = 'my-own-host-key';
  const started = supervisor(t, { DATA_DIR, PORT: '0', ADMIN_PORT: '0', HOST: '127.0.0.1', NODES: '1', HOST_KEY });
  const { url } = await up(started, DATA_DIR);
  const call = (key: string) => fetch(`${url}/api/quizzes`, { headers: { authorization: `Bearer ${key}` } });
  assert.notEqual((await call(HOST_KEY)).status, 401);
  assert.notEqual((await call('another-host-key')).status, 200);
});
