/**
 * A round closes early when everybody has answered, and in front of nobody: not of those whose node is drained or killed, not
 * of those whose line broke a moment ago, not after an outage; and a line that is left over holds it open for nobody.
 */
import assert from 'node:assert/strict';
import test, { suite, type TestContext } from 'node:test';
import { type RealCluster, realCluster } from '@partyline/testkit';
import { eventually, sleep } from './repeats.ts';
import { callNode, openQuick, openWire, portOf, type Wire } from './security-stage.ts';

const timeoutS = 30;

interface Stage {
  cluster: RealCluster;
  open(name: string, node?: number): Promise<Wire>;
  answer(wire: Wire): Promise<string>;
}

/** A quick party in its first question, with these players besides the one who opened it and stays away. */
async function stage(t: TestContext, names: string[]): Promise<Stage> {
  const cluster = await realCluster(t, { nodes: 2 });
  const party = await openQuick(cluster, { rounds: 1, timeout: timeoutS });
  const wires: Wire[] = [];
  t.after(() => {
    for (const wire of wires) wire.close();
  });
  const tokens = new Map<string, string>();
  for (const user_id of names) {
    const reply = await callNode(portOf(cluster), `/api/party/${party.party_id}/join`, { body: { user_id } });
    tokens.set(user_id, reply.json.token);
  }
  return {
    cluster,
    async open(name, node = 0) {
      const wire = await openWire(portOf(cluster, node), party.party_id, tokens.get(name) ?? null);
      wires.push(wire);
      return wire;
    },
    async answer(wire) {
      const { choices } = (await wire.seen('state', ({ data }) => data.phase === 'question')).data;
      const reply = await wire.ask('answer', { round: 1, choice: choices[0]?.id });
      return reply.type === 'ack' ? reply.data.status : reply.data.code;
    },
  };
}

const isRevealed = (wire: Wire): boolean => wire.messages().some(({ type }) => type === 'reveal');

/** First states may be of the lobby: a fresh one is asked for. */
async function inQuestion(wire: Wire): Promise<Wire> {
  await eventually('the question', 10_000, async () => {
    wire.send({ type: 'sync', id: 'fresh' });
    await sleep(100);
    return wire.messages().some((message) => message.type === 'state' && message.data.phase === 'question');
  });
  return wire;
}

/** Two at once: they mostly wait. */
suite('who is waited for', { concurrency: 2 }, () => {
  test('a drained node takes no question away from its players: they answer elsewhere, and then the round closes', async (t) => {
    const { cluster, open, answer } = await stage(t, ['ann', 'bob']);
    const [ann, bob] = [await inQuestion(await open('ann', 0)), await inQuestion(await open('bob', 1))];
    assert.equal(await answer(ann), 'accepted');
    const { code } = (await cluster.nodes[1]?.terminate()) ?? { code: null };
    assert.equal(code, 0);
    await bob.closing();
    await sleep(700);
    assert.ok(!isRevealed(ann), 'closed in front of a player who is on the way');
    const back = await open('bob', 0);
    assert.equal(await answer(back), 'accepted');
    await eventually('the round is over', 5_000, () => isRevealed(ann));
  });

  test('when everybody drops, the first to come back closes the round in front of nobody', async (t) => {
    const { open, answer } = await stage(t, ['ann', 'bob', 'cyd']);
    const [ann, bob, cyd] = [await inQuestion(await open('ann')), await open('bob', 1), await open('cyd', 1)];
    assert.equal(await answer(ann), 'accepted');
    for (const wire of [ann, bob, cyd]) wire.close();
    await sleep(150);
    const first = await open('ann', 1);
    await sleep(1_000);
    assert.ok(!isRevealed(first));
    for (const name of ['bob', 'cyd']) assert.equal(await answer(await open(name)), 'accepted');
    await eventually('the round is over', 3_000, () => isRevealed(first));
  });

  test('a player with a line at two nodes answers once, and the round waits for the other line no longer', async (t) => {
    const { open, answer } = await stage(t, ['ann']);
    await inQuestion(await open('ann', 0));
    const newest = await open('ann', 1);
    assert.equal(await answer(newest), 'accepted');
    await eventually('the round is over', 2_000, () => isRevealed(newest));
  });

  test('a killed node holds a round open for no longer than it takes to be missed', async (t) => {
    const { cluster, open, answer } = await stage(t, ['ann', 'bob']);
    const [ann] = [await inQuestion(await open('ann', 0)), await inQuestion(await open('bob', 1))];
    assert.equal(await answer(ann), 'accepted');
    const killedAt = performance.now();
    await cluster.nodes[1]?.kill();
    await sleep(300);
    assert.equal(await answer(await open('bob', 0)), 'accepted');
    await eventually('the round is over', 10_000, () => isRevealed(ann));
    t.diagnostic(`revealed ${Math.round(performance.now() - killedAt)} ms after the kill`);
    assert.ok(performance.now() - killedAt <= 4_500);
  });

  test('a question gets back the time in which no node was there, and the first to come back does not close it', async (t) => {
    const { cluster, open, answer } = await stage(t, ['ann', 'bob']);
    const [ann] = [await inQuestion(await open('ann', 0)), await inQuestion(await open('bob', 1))];
    assert.equal(await answer(ann), 'accepted');
    const { closes_in_ms: before } = (await ann.seen('state', ({ data }) => data.phase === 'question')).data;
    const awayAt = performance.now();
    await Promise.all(cluster.nodes.map((node) => node.kill()));
    await sleep(5_000);
    await Promise.all([cluster.addNode(), cluster.addNode()]);
    const back = await open('ann', 0);
    await sleep(1_000);
    assert.ok(!isRevealed(back));
    const late = await inQuestion(await open('bob', 1));
    const { closes_in_ms: after } = (await late.seen('state', ({ data }) => data.phase === 'question')).data;
    const passed = performance.now() - awayAt;
    t.diagnostic(`${before} ms were left, ${after} ms are after ${Math.round(passed)} ms`);
    assert.ok((after ?? 0) > (before ?? 0) - passed + 4_000, 'the outage was given back');
    assert.equal(await answer(late), 'accepted');
    await eventually('the round is over', 6_000, () => isRevealed(back));
  });
});
