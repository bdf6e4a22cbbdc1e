/**
 * `deploy/redis/users.acl`: each role plays as its own user of Redis, is refused nothing, and has hardly a right that it does
 * not use.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { ownRedis, type RawRedis, rawRedis, redisCluster, startRealNode } from '@partyline/testkit';
import { eventually } from './repeats.ts';
import { playRound, roomStage } from './rooms-stage.ts';

const file = new URL('../../../../deploy/redis/users.acl', import.meta.url);
const text = (await readFile(file, 'utf8')).replaceAll(/\$\{\w+\}/g, 'secret');
const users = new Map(
  text
    .trim()
    .split('\n')
    .map((line): [string, string[]] => [line.split(' ')[1] ?? '', line.split(' ').slice(2)]),
);

/** What deploy/README.md adds for a Cluster. */
const clusterRights = ['+cluster|slots', '+cluster|info', '+spublish', '+ssubscribe', '+sunsubscribe'];

/** Not in this play: what only a long inbox, somebody on many screens or the end of a party an hour later asks for. */
const seldom = ['del', 'llen', 'ping', 'smismember', 'unsubscribe', 'zrange'];

const as = (user: string, url: string): string => url.replace('//', `//${user}:secret@`);

const commandsOf = (user: string): string[] =>
  (users.get(user) ?? []).flatMap((right) => (right.startsWith('+') ? [right.slice(1).split('|')[0] ?? ''] : []));

async function setUsers(redis: RawRedis, more: string[] = []): Promise<void> {
  for (const [user, rights] of users) await redis.send('ACL', 'SETUSER', user, ...rights, ...more);
}

async function denials(redis: RawRedis): Promise<string[]> {
  const log = (await redis.send('ACL', 'LOG')) as string[][];
  return log.map((entry) => [3, 5, 7, 9].map((place) => entry[place]).join(' '));
}

/** Every command that reaches this Redis, also from within scripts, by the user of the connection it came on. */
async function watchCommands(t: TestContext, { url, raw }: { url: string; raw: RawRedis }) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  t.after(() => socket.destroy());
  const found: [address: string, command: string][] = [];
  let rest = '';
  let from = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, address = '', command = ''] = /^\+[\d.]+ \[\d+ (\S+)\] "(\w+)"/.exec(line) ?? [];
      // What a script does follows the call of the script.
      if (address !== 'lua') from = address;
      found.push([from, command.toLowerCase()]);
    }
  });
  socket.write('MONITOR\r\n');
  return {
    async by(user: string): Promise<Set<string>> {
      const clients = String(await raw.send('CLIENT', 'LIST')).split('\n');
      const addresses = clients
        .filter((line) => line.includes(` user=${user} `))
        .map((line) => / addr=(\S+)/.exec(line)?.[1]);
      return new Set(found.flatMap(([address, command]) => (addresses.includes(address) ? [command] : [])));
    },
  };
}

interface Stores {
  redisUrl: string;
  /** What a leader has of the environment besides. */
  env?: Record<string, string>;
  /** Before the leader goes, while its connections are known. */
  note?(): Promise<void>;
  /** Takes everything out of Redis; a game is then gone on with from its checkpoint. */
  empty(): Promise<unknown>;
}

/** Nodes of each role as the user of it, and a room in which as much happens as can. */
async function play(t: TestContext, { redisUrl, env = {}, note, empty }: Stores): Promise<void> {
  const stage = await roomStage(t, { ROLES: 'gateway', REDIS_URL: as('partyline-gateway', redisUrl) });
  const leader = await startRealNode('leader', {
    ...{ ROLES: 'leader', REDIS_URL: as('partyline-leader', redisUrl), ...env },
    ...{ DATABASE_URL: stage.cluster.databaseUrl, TOKEN_KEYS: 'k'.repeat(32), LOG_LEVEL: 'warn' },
  });
  t.after(() => leader.kill());
  const choices = [{ text: 'Three' }, { text: 'Four', correct: true }];
  const question = { kind: 'single' as const, prompt: 'Two plus two?', time_limit_seconds: 60, choices };
  const room = await stage.open([question, question], { feedback: 'instant' });
  const path = `/api/rooms/${room.room_code}`;
  const [ann, eve, kim] = await stage.players(room, ['Ann', 'Eve', 'Kim']);
  assert.ok(ann !== undefined && eve !== undefined && kim !== undefined);
  await stage.call('POST', `${path}/join`, { body: { nickname: 'Bob' }, headers: { 'idempotency-key': 'bob-joins' } });
  const host = await stage.host(room);
  await host.say('start');
  const { choices: shown } = await host.seen('question');
  const answers = [ann, kim].map((player): [typeof player, unknown] => [player, shown[0]?.id]);
  await playRound(host, 1, answers);
  assert.equal(await host.say('ban', { user_id: eve.user_id }), 'ok');
  assert.equal(await host.say('kick', { user_id: kim.user_id }), 'ok');
  assert.equal((await stage.call('POST', `${path}/join`, { body: {}, token: eve.token })).body.code, 'banned');
  const kept = async () => (await stage.cluster.postgres.archive.unfinished())[0]?.bans.includes(eve.user_id) === true;
  await eventually('the ban is kept', 10_000, kept);

  await empty();
  await eventually('the room is back', 20_000, async () => (await stage.call('GET', path)).status === 200);
  const returned = await stage.host(room);
  for (const phase of ['question', 'reveal', 'finished']) {
    assert.equal(await returned.say('next'), 'ok');
    await eventually(phase, 10_000, async () => (await returned.state()).phase === phase);
  }
  await stage.saved(room);
  await note?.();
  assert.equal((await leader.terminate()).code, 0, 'its lease is given back');
}

test('a Redis starts with the file, and its users reach nothing else', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-acl-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, 'users.acl'), text);
  const redis = await ownRedis(t, ['--aclfile', join(dir, 'users.acl')]);
  const known = (await redis.raw.send('ACL', 'USERS')) as string[];
  assert.deepEqual(known.toSorted(), ['default', ...users.keys()].toSorted());
  const others = ['SET another:birth x', 'KEYS *', 'FLUSHALL', 'CONFIG GET *', 'SCRIPT FLUSH', 'PUBLISH another x'];
  for (const user of users.keys()) {
    const raw = await rawRedis(redis.url);
    assert.equal(await raw.send('AUTH', user, 'secret'), 'OK');
    const refused = user === 'partyline-locks' ? [...others, 'SET partyline:birth x'] : others;
    for (const command of refused)
      await assert.rejects(raw.send(...command.split(' ')), /NOPERM/, `${user}: ${command}`);
    raw.close();
  }
});

test('README names what a Cluster needs besides', async () => {
  const readme = await readFile(new URL('../../../../deploy/README.md', import.meta.url), 'utf8');
  assert.ok(readme.includes(`\`${clusterRights.join(' ')}\``));
});

test('on one Redis: nothing is refused, and little is allowed that is not used', async (t) => {
  const redis = await ownRedis(t);
  await setUsers(redis.raw);
  const commands = await watchCommands(t, redis);
  const unused = new Map(['partyline-gateway', 'partyline-leader'].map((user) => [user, new Set(commandsOf(user))]));
  const note = async (): Promise<void> => {
    for (const [user, names] of unused) for (const used of await commands.by(user)) names.delete(used);
  };
  await play(t, {
    redisUrl: redis.url,
    async empty() {
      await note();
      await redis.raw.send('FLUSHALL');
    },
    note,
  });
  assert.deepEqual(await denials(redis.raw), []);
  for (const [user, names] of unused)
    assert.deepEqual(
      [...names].filter((name) => !seldom.includes(name)),
      [],
      user,
    );
  const eachRole = [...commandsOf('partyline-gateway'), ...commandsOf('partyline-leader')];
  assert.deepEqual(new Set(commandsOf('partyline')), new Set(eachRole), 'a node of both roles');
});

test('with lock masters apart, and on a Cluster: nothing is refused', async (t) => {
  const locks = await ownRedis(t);
  await setUsers(locks.raw);
  const { url, masters } = await redisCluster(t);
  const all = await Promise.all(masters.map(({ port }) => rawRedis(`redis://127.0.0.1:${port}`)));
  t.after(() => {
    for (const redis of all) redis.close();
  });
  for (const redis of all) await setUsers(redis, clusterRights);
  await play(t, {
    redisUrl: url,
    env: { REDLOCK_URLS: as('partyline-locks', locks.url) },
    empty: () => Promise.all(all.map((redis) => redis.send('FLUSHALL'))),
  });
  for (const redis of [locks.raw, ...all]) assert.deepEqual(await denials(redis), []);
});
