/** F11, F13, F14, F21: what sockets do to a party: one goes without a word, some stop reading, all drop at once, the host's or everybody's go away. */
import assert from 'node:assert/strict';
import test, { suite } from 'node:test';
import { faultProxy, playRealGame, rawRedis, realCluster } from '@partyline/testkit';
import { variables } from '../../src/config-schema.ts';
import { archiveQueries, commands } from './counting.ts';
import { eventually, repeats, sleep } from './repeats.ts';
import { callNode, joinRoom, openQuick, openRoom, openWire, portOf, single, type Wire } from './security-stage.ts';
import { openSilentReader, type SilentReader } from './silent-reader.ts';

const share = (values: number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
const rounded = (values: number[]): string => values.map((value) => Math.round(value)).join(', ');

/** A state with it has several kilobytes. */
const wordy = {
  prompt: '🎈'.repeat(500),
  time_limit_seconds: 300,
  choices: Array.from({ length: 8 }, (_, index) => ({ text: `${index} ${'🎈'.repeat(190)}`, correct: index === 0 })),
};

async function join(port: number, party_id: string, user_id: string): Promise<string> {
  const reply = await callNode(port, `/api/party/${party_id}/join`, { body: { user_id } });
  assert.equal(reply.status, 200, reply.text);
  return reply.json.token;
}

/** At once: they mostly wait for somebody to be missed. */
suite('F11 and F21', { concurrency: true }, () => {
  test('F11: a client whose line goes dead without a word is let go, and no round waits for it any more', async (t) => {
    const { default: usualS, minimum: leastS } = variables.WS_IDLE_TIMEOUT_SECONDS;
    assert.ok(usualS <= 40);
    const idleS = repeats(usualS, leastS);
    const env = { WS_IDLE_TIMEOUT_SECONDS: `${idleS}`, WS_PING_INTERVAL_SECONDS: `${leastS - 1}` };
    const cluster = await realCluster(t, { nodes: 1, env });
    const port = portOf(cluster);
    const line = await faultProxy(t, `http://127.0.0.1:${port}`);
    const party = await openQuick(cluster, { rounds: 1, timeout: 300, start: 'manual' });
    const token = await join(port, party.party_id, 'ann');
    const host = await openWire(port, party.party_id, party.token);
    const ann = await openWire(Number(new URL(line.url).port), party.party_id, token);
    t.after(() => {
      for (const wire of [host, ann]) wire.close();
    });
    assert.equal((await host.ask('start')).type, 'ack');
    const { round, choices } = (await ann.seen('question')).data;
    line.blackhole();
    const goneAt = performance.now();
    assert.equal((await host.ask('answer', { round, choice: choices[0]?.id })).type, 'ack');
    const [node] = cluster.nodes;
    await eventually('its socket is freed', (idleS + 10) * 1_000, async () => {
      return (await node?.metric('partyline_open_sockets')) === 1;
    });
    const goneS = (performance.now() - goneAt) / 1_000;
    t.diagnostic(`let go after ${goneS.toFixed(1)} s with an idle timeout of ${idleS} s`);
    assert.ok(goneS > 1 && goneS <= idleS + 1);
    // It might be on its way back.
    const isRevealed = (): boolean => host.messages().some(({ type }) => type === 'reveal');
    await eventually('the round is over', 5_000, isRevealed);
  });

  test('F21: a host who drops and comes back on another node keeps control, and nobody else gets it meanwhile', async (t) => {
    const cluster = await realCluster(t, { nodes: 2 });
    const party = await openQuick(cluster, { rounds: 2, timeout: 60, start: 'manual' });
    const token = await join(portOf(cluster), party.party_id, 'ann');
    const [host, ann] = [
      await openWire(portOf(cluster, 0), party.party_id, party.token),
      await openWire(portOf(cluster, 1), party.party_id, token),
    ];
    t.after(() => ann.close());
    assert.equal((await host.ask('start')).type, 'ack');
    await ann.seen('question');
    host.close();
    await host.closing();
    for (const type of ['next', 'skip', 'pause', 'lock', 'end']) {
      const reply = await ann.ask(type);
      assert.ok(reply.type === 'error' && reply.data.code === 'not_allowed', type);
    }
    const back = await openWire(portOf(cluster, 1), party.party_id, party.token);
    t.after(() => back.close());
    await back.seen('state');
    assert.equal((await back.ask('pause')).type, 'ack');
    await ann.seen('paused');
    assert.equal((await back.ask('end')).type, 'ack');
    await ann.seen('finished');
  });

  test('F21: a party that everybody has left is kept for its grace period, then finished and stored', async (t) => {
    const graceS = repeats(60, 4);
    const cluster = await realCluster(t, { nodes: 2, env: { DISCONNECT_GRACE_SECONDS: `${graceS}` } });
    const game = await playRealGame(cluster, {
      ...{ players: 5, rounds: 2, timeout: 200, thinks: [100, 500], lazy: 0 },
      advance_when_all_answered: false,
    });
    await game.seen('question', 1);
    await eventually('all have answered', 10_000, () => game.history.received.filter(isAck).length === 5);
    const awayAt = performance.now();
    for (const player of game.players) player.drop(graceS * 500);
    await eventually('all are back after half of it', graceS * 1_000 + 5_000, () => {
      const states = game.history.received.filter(({ at, message }) => at > awayAt && message.type === 'state');
      assert.ok(states.every(({ message }) => message.type === 'state' && message.data.phase === 'question'));
      return new Set(states.map(({ client }) => client)).size === 5;
    });
    // Who is here is told within half a second; a shorter visit does not begin the period anew.
    await sleep(1_000);
    const leftAt = performance.now();
    for (const player of game.players) player.leave();
    await eventually('it is stored', graceS * 1_000 + 10_000, async () => {
      return (await cluster.postgres.archive.leaderboard(game.party_id)) !== null;
    });
    const keptMs = performance.now() - leftAt;
    t.diagnostic(`stored ${Math.round(keptMs - graceS * 1_000)} ms after the grace period of ${graceS} s`);
    assert.ok(keptMs >= graceS * 1_000);
    const results = await cluster.postgres.archive.results(game.party_id, null);
    assert.equal(results?.answers.length, 5, 'what was acknowledged counts');
  });
});

test('F13: a tenth of the sockets stop reading; each is closed within 10 s, and the others hear as fast as before', async (t) => {
  const cluster = await realCluster(t, { nodes: 1, env: { MAX_BACKPRESSURE_BYTES: '16384' } });
  const port = portOf(cluster);
  const { key } = await cluster.postgres.hostKeys.create('test');
  const room = await openRoom(cluster, key, { questions: [single(wordy)] });
  const host = await openWire(port, room.party_id, room.host_token);
  const wires: Wire[] = [];
  const readers: SilentReader[] = [];
  t.after(() => {
    for (const wire of [host, ...wires]) wire.close();
    for (const reader of readers) reader.end();
  });
  const count = repeats(200, 100);
  for (let index = 0; index < count; index += 1) {
    const { token } = await joinRoom(cluster, room, { nickname: `player ${index}` });
    if (index % 10 === 0) readers.push(await openSilentReader(port, room.party_id, token));
    else wires.push(await openWire(port, room.party_id, token));
  }
  await Promise.all(wires.map((wire) => wire.seen('state')));
  await host.ask('start');
  await Promise.all(wires.map((wire) => wire.seen('question')));

  /** How long the slowest of them waited for each of so many words of the host, ms. */
  async function waits(words: number): Promise<number[]> {
    const slowest: number[] = [];
    for (let word = 0; word < words; word += 1) {
      const heard = wires.map(({ texts }) => texts.length);
      const type = word % 2 === 0 ? 'lock' : 'unlock';
      const saidAt = performance.now();
      host.send({ type, id: `${type}-${saidAt}` });
      const isHeard = (wire: Wire, index: number): boolean =>
        wire.texts.slice(heard[index]).some((text) => text.startsWith(`{"type":"${type}ed"`));
      await eventually(`${type} is heard`, 5_000, () => wires.every(isHeard));
      slowest.push(performance.now() - saidAt);
    }
    return slowest;
  }
  const [node] = cluster.nodes;
  const open = async (): Promise<number> => (await node?.metric('partyline_open_sockets')) ?? 0;
  const words = 40;
  const before = await waits(words);
  assert.equal(await open(), count + 1);
  const stalledAt = performance.now();
  // The system itself keeps some megabytes for a socket on loopback before anything waits in the node.
  // So often in all, however many they are: what is looked at is silence, not a flood.
  const asking = setInterval(() => {
    for (const reader of readers) reader.say({ type: 'sync', id: 'again' });
  }, readers.length * 0.3);
  t.after(() => clearInterval(asking));
  const closed = eventually(
    'those that do not read are closed',
    15_000,
    async () => (await open()) === wires.length + 1,
  );
  const during = await waits(words);
  await closed;
  clearInterval(asking);
  const closedMs = performance.now() - stalledAt;
  t.diagnostic(`${readers.length} closed after ${Math.round(closedMs)} ms`);
  t.diagnostic(
    `slowest of ${wires.length} others, p50 and p99, before: ${rounded([share(before, 0.5), share(before, 0.99)])} ms`,
  );
  t.diagnostic(`and meanwhile: ${rounded([share(during, 0.5), share(during, 0.99)])} ms`);
  assert.ok(closedMs <= 10_000);
  // What comes on top of the fifth is for the asking that fills their buffers.
  assert.ok(share(during, 0.5) <= 1.2 * share(before, 0.5) + 50);
});

test('F14: every socket drops at once; 95 % are back within 5 s and all within 15, without Postgres and by two commands to Redis each at most', async (t) => {
  const cluster = await realCluster(t);
  const redis = await rawRedis(cluster.redis.url);
  t.after(() => redis.close());
  const players = repeats(2_000, 300);
  const late = repeats(30_000, 8_000);
  const game = await playRealGame(cluster, { players, rounds: 1, timeout: 60, thinks: [late, late + 1_000], lazy: 0 });
  const returns = (since: number): number[] => {
    const first = new Map<string, number>();
    for (const { client, at, message } of game.history.received)
      if (at > since && message.type === 'state' && !first.has(client)) first.set(client, at - since);
    return [...first.values()];
  };
  await eventually('everybody is there', 20_000, () => returns(0).length === players);
  await sleep(1_000); // what they brought with them has been told
  const [commandsBefore, queriesBefore] = [await commands(redis), await archiveQueries(cluster)];
  const droppedAt = performance.now();
  for (const player of game.players) player.drop(0);
  await eventually('everybody is back', 20_000, () => returns(droppedAt).length === players);
  const each = ((await commands(redis)) - commandsBefore) / players;
  const queries = (await archiveQueries(cluster)) - queriesBefore;
  const back = returns(droppedAt);
  t.diagnostic(`${players} sockets back after ${rounded([share(back, 0.95), Math.max(...back)])} ms (95 %, all)`);
  t.diagnostic(`${each.toFixed(2)} commands to Redis each, ${queries} queries to Postgres in all`);
  assert.ok(share(back, 0.95) <= 5_000);
  assert.ok(Math.max(...back) <= 15_000);
  assert.equal(queries, 0);
  assert.ok(each <= 2);
  await game.finished(60_000);
  await game.check();
});

function isAck({ message }: { message: { type: string } }): boolean {
  return message.type === 'ack';
}
