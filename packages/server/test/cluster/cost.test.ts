/** The cost rules, counted on real nodes at 10 and at 1,000 players: frames, calls to Redis, queries to Postgres. */
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { type RawRedis, type RealCluster, rawRedis, realCluster } from '@partyline/testkit';
import { archiveQueries, commands, scripts } from './counting.ts';
import { eventually, sleep } from './repeats.ts';
import { callNode, openQuick, openWire, portOf, type Quick, type Wire } from './security-stage.ts';

const rounds = 3;
const atOnce = 50;

interface Costs {
  players: number;
  /** Frames of each player and round, the most and the mean. */
  frames: { most: number; mean: number; types: string[] };
  /** Scripts in Redis from `start` until everybody has the question. */
  question: number;
  /** And from the first answer sent until everybody has an ack. */
  answers: number;
  reconnect: { scripts: number; commands: number; queries: number };
  queriesPlaying: number;
}

test('frames and calls to Redis follow the cost rules at 10 and at 1,000 players', { timeout: 300_000 }, async (t) => {
  const cluster = await realCluster(t, { nodes: 2 });
  const redis = await rawRedis(cluster.redis.url);
  t.after(() => redis.close());
  const few = await play(cluster, redis, { players: 10, t });
  const many = await play(cluster, redis, { players: 1_000, t });
  t.diagnostic(JSON.stringify([few, many]));

  for (const costs of [few, many]) {
    const { players, frames, reconnect } = costs;
    await t.test(`${players} players: three frames for each in a round: question, ack, reveal`, () => {
      assert.deepEqual(frames.types, ['ack', 'question', 'reveal']);
      assert.ok(frames.most <= 3, `${frames.most} frames`);
    });
    await t.test(`${players} players: no Postgres on the way of an answer or of a reconnect`, () => {
      assert.equal(costs.queriesPlaying, 0, 'queries while a question ran');
      assert.equal(reconnect.queries, 0, 'queries while everybody came back');
    });
  }
  await t.test('a thousand answers are accepted in far fewer scripts than answers', () => {
    assert.ok(many.answers <= 0.25 * many.players, `${many.answers} scripts`);
  });
  await t.test('a question costs Redis about the same for 10 players and for 1,000', () => {
    assert.ok(many.question <= 2 * few.question + 20, `${few.question} and ${many.question} scripts`);
  });
  await t.test('a thousand sockets that come back cost at most two commands each, and far fewer scripts', () => {
    assert.ok(many.reconnect.commands <= 2 * many.players, `${many.reconnect.commands} commands`);
    assert.ok(many.reconnect.scripts <= 0.2 * many.players, `${many.reconnect.scripts} scripts`);
  });
});

async function play(
  cluster: RealCluster,
  redis: RawRedis,
  { players, t }: { players: number; t: TestContext },
): Promise<Costs> {
  const party = await openQuick(cluster, { rounds, timeout: 120, start: 'manual', reveal_seconds: 1 });
  const tokens = await joinAll(cluster, party, players);
  const owner = await openWire(portOf(cluster), party.party_id, party.token);
  let wires = await connectAll(cluster, party.party_id, tokens);
  t.after(() => {
    for (const wire of [owner, ...wires]) wire.close();
  });
  await quiet([owner, ...wires]);

  const costs = { question: 0, answers: 0, queriesPlaying: 0 };
  for (let round = 1; round < rounds; round += 1) {
    const before = await scripts(redis);
    if (round === 1) await owner.ask('start');
    await Promise.all([owner, ...wires].map((wire) => wire.seen('question', ({ data }) => data.round === round)));
    const opened = await scripts(redis);
    const queries = await archiveQueries(cluster);
    // The owner answers last: until then the round stays open, and what is counted is answers and nothing else.
    await Promise.all(wires.map((wire) => wire.ask('answer', { round, choice: 'a' })));
    const answered = await scripts(redis);
    costs.queriesPlaying += (await archiveQueries(cluster)) - queries;
    if (round === 1) costs.question = opened - before;
    costs.answers = Math.max(costs.answers, answered - opened);
    await owner.ask('answer', { round, choice: 'a' });
    await Promise.all(wires.map((wire) => wire.seen('reveal', ({ data }) => data.round === round)));
  }
  const heard = wires.map(({ texts }) => texts.map((text) => typeOf(text)));
  // From the first question to the last reveal: what the lobby still had to say is no frame of a round.
  const played = heard.map((types) => types.slice(types.indexOf('question'), types.lastIndexOf('reveal') + 1));
  const counts = played.map((types) => types.length / (rounds - 1));

  await Promise.all(wires.map((wire) => wire.seen('question', ({ data }) => data.round === rounds)));
  await sleep(1_000);
  const queries = await archiveQueries(cluster);
  const [scriptsBefore, commandsBefore] = [await scripts(redis), await commands(redis)];
  for (const wire of wires) wire.close();
  await Promise.all(wires.map((wire) => wire.closing()));
  wires = await connectAll(cluster, party.party_id, tokens);
  const reconnect = {
    scripts: (await scripts(redis)) - scriptsBefore,
    commands: (await commands(redis)) - commandsBefore,
    queries: (await archiveQueries(cluster)) - queries,
  };
  await owner.ask('end');
  await owner.seen('finished');
  for (const wire of [owner, ...wires]) wire.close();
  return {
    players,
    frames: {
      most: Math.max(...counts),
      mean: counts.reduce((sum, count) => sum + count, 0) / counts.length,
      types: [...new Set(played.flat())].sort(),
    },
    ...costs,
    reconnect,
  };
}

function typeOf(text: string): string {
  return /^\{"type":"(\w+)"/.exec(text)?.[1] ?? '?';
}

async function inGroups<In, Out>(items: In[], each: (item: In, at: number) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    done.push(...(await Promise.all(items.slice(from, from + atOnce).map((item, at) => each(item, from + at)))));
  }
  return done;
}

function joinAll(cluster: RealCluster, { party_id }: Quick, players: number): Promise<string[]> {
  const names = Array.from({ length: players }, (_, at) => `player ${at}`);
  return inGroups(names, async (user_id, at) => {
    const reply = await callNode(portOf(cluster, at), `/api/party/${party_id}/join`, { body: { user_id } });
    assert.equal(reply.status, 200, reply.text);
    return reply.json.token as string;
  });
}

function connectAll(cluster: RealCluster, party_id: string, tokens: string[]): Promise<Wire[]> {
  return inGroups(tokens, async (token, at) => {
    const wire = await openWire(portOf(cluster, at), party_id, token);
    await wire.seen('state');
    return wire;
  });
}

/** Waits until nobody has been told anything for a second: joins are told, coalesced, a while after they were made. */
async function quiet(wires: Wire[]): Promise<void> {
  const heard = (): number => wires.reduce((sum, { texts }) => sum + texts.length, 0);
  let last = -1;
  await eventually('the lobby is quiet', 30_000, async () => {
    const before = last;
    last = heard();
    if (last === before) return true;
    await sleep(1_000);
    return false;
  });
}
