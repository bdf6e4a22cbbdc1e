/** Threats of a running party, done to real nodes: T1-T3, T6-T9, T11, T20, T21. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import test, { type TestContext } from 'node:test';
import { graceMs } from '@partyline/core';
import { closeCodes, type ServerMessage } from '@partyline/protocol';
import { type RealCluster, realCluster } from '@partyline/testkit';
import { eventually, sleep } from './repeats.ts';
import {
  callNode,
  choiceId,
  handshake,
  joinRoom,
  metricsText,
  openQuick,
  openRoom,
  openWire,
  portOf,
  type Room,
  single,
  type Wire,
  watchLogs,
} from './security-stage.ts';

const ours = 'https://quiz.example.org';

const origins: [origin: string | null, passes: boolean][] = [
  [null, true],
  [ours, true],
  ['null', false],
  ['http://quiz.example.org', false],
  [`${ours}:8443`, false],
  [`${ours}.evil.test`, false],
  ['https://evilquiz.example.org', false],
  ['https://a.quiz.example.org', false],
  ['https://QUIZ.example.org', false],
  [`${ours}/`, false],
  [`${ours}, https://evil.test`, false],
  ['https://evil.test', false],
];

test('a party on three nodes under attack', async (t) => {
  const cluster = await realCluster(t, {
    env: { ALLOWED_ORIGINS: ours, CORS_ORIGINS: ours, LOG_LEVEL: 'trace' },
  });
  const { key } = await cluster.postgres.hostKeys.create('test');
  const attack = (name: string, run: (at: RealCluster, key: string, t: TestContext) => Promise<void>) =>
    t.test(name, (inner) => run(cluster, key, inner));

  await attack('T1: a socket opens from our own pages and from no others, on every node', crossSite);
  await attack('T2: no token, passcode, key or nickname gets into a log or a metric', canariesInLogs);
  await attack('T2: a connection that drips its handshake is cut within 6 s', dripping);
  await attack('T3, T11: a token of one party is nothing in another', anotherParty);
  await attack('T6: before the reveal nothing that anybody is sent tells the answer', leaks);
  await attack('T7: an ack is the same bytes for right and wrong', oracle);
  await attack('T8: whoever declares a time, a score or a player is refused', declared);
  await attack('T9: double, early and late answers over three nodes count once or not at all', interleaved);
  await attack('T20: compression is never agreed to', compression);
  await attack('T21: bodies and messages about prototypes are harmless', prototypes);
});

async function crossSite(cluster: RealCluster): Promise<void> {
  const { party_id, token } = await openQuick(cluster, { start: 'manual' });
  for (const [origin, passes] of origins) {
    for (const { port, name } of cluster.nodes) {
      const protocols = { 'sec-websocket-protocol': `partyline.v1, token.${token}` };
      const { status } = await handshake(port, party_id, { ...protocols, ...(origin === null ? {} : { origin }) });
      assert.equal(status, passes ? 101 : 403, `${origin} on ${name}`);
    }
  }
}

async function canariesInLogs(cluster: RealCluster, key: string, t: TestContext): Promise<void> {
  const logs = watchLogs(cluster);
  t.after(() => logs.stop());
  const nickname = 'Zyxcanary';
  const passcode = 'canary-passcode-4711';
  const room = await openRoom(cluster, key, { questions: [single()], settings: { passcode } });
  const joined = await joinRoom(cluster, room, { nickname, passcode });
  const forged = `${joined.token.slice(0, -4)}AAAA`;
  const signature = (token: string): string => token.split('.')[2] ?? token;
  for (const { port } of cluster.nodes) {
    const host = await openWire(port, room.party_id, room.host_token);
    const player = await openWire(port, room.party_id, joined.token);
    const bad = await openWire(port, room.party_id, forged);
    assert.equal(await bad.closing(), closeCodes.unauthorized.code);
    player.send(`{"type":"answer","id":"${joined.token}","data":{"round":"${passcode}","choice":"${nickname}"}}`);
    player.send(`not json ${joined.token} ${passcode} ${nickname}`);
    await player.ask('kick', { user_id: nickname });
    await player.ask('answer', { round: 1, choice: nickname });
    await host.ask('ban', { user_id: nickname });
    const path = `/api/rooms/${room.room_code}/join`;
    await callNode(port, path, { body: { nickname, passcode: `${passcode}-wrong` } });
    await callNode(port, path, { body: { nickname, [passcode]: joined.token } });
    await callNode(port, path, { body: `{"nickname":"${nickname}", broken ${passcode}` });
    await callNode(port, `/api/party/${room.party_id}/results?token=${joined.token}&nickname=${nickname}`, {
      token: forged,
    });
    await callNode(port, `/${passcode}/${nickname}`);
    await callNode(port, '/api/rooms', { token: `${key}x`, body: {} });
    await callNode(port, `/api/players/${nickname}/performance`, { token: joined.token });
    await callNode(port, '/api/quizzes', { token: key });
    host.close();
    player.close();
  }
  await sleep(200);
  const [log, metrics] = [logs.text(), await metricsText(cluster)];
  assert.ok(log.includes('a host command without the right to it'), 'the log was read');
  assert.ok(metrics.includes('/api/rooms/{room_code}/join'), 'so were the metrics');
  const canaries = { passcode, nickname, key, token: joined.token, host_token: room.host_token, forged };
  const signatures = { token: signature(joined.token), host: signature(room.host_token) };
  for (const [what, canary] of [...Object.entries(canaries), ...Object.entries(signatures)]) {
    assert.ok(!log.includes(canary), `the ${what} is in a log`);
    assert.ok(!metrics.includes(canary), `the ${what} is in the metrics`);
  }
}

async function dripping(cluster: RealCluster): Promise<void> {
  const text = `GET /ws/6b6f0f0e-3b5a-4d5e-9b7e-0d1f2a3b4c5d HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nx-long: ${'x'.repeat(500)}`;
  const took = await Promise.all(
    cluster.nodes.map(({ port }) => {
      const startedAt = performance.now();
      const socket = connect(port, '127.0.0.1');
      let sent = 0;
      const drip = setInterval(() => void (socket.writable && socket.write(text[sent++ % text.length] ?? 'x')), 100);
      socket.on('error', () => undefined);
      return new Promise<number>((resolve) => {
        const end = (): void => {
          clearInterval(drip);
          socket.destroy();
          resolve(performance.now() - startedAt);
        };
        socket.once('end', end).once('close', end);
        setTimeout(end, 10_000).unref();
      });
    }),
  );
  for (const ms of took) assert.ok(ms >= 2_000 && ms <= 6_000, `cut after ${Math.round(ms)} ms`);
}

async function anotherParty(cluster: RealCluster, key: string): Promise<void> {
  const canary = 'Onlyinparta';
  const questions = [single({ prompt: `${canary}?` })];
  const a = await openRoom(cluster, key, { questions, title: canary });
  const b = await openRoom(cluster, key, { questions: [single()] });
  const member = await joinRoom(cluster, a, { nickname: canary });
  const quick = await openQuick(cluster, { start: 'manual', spectators: false });
  const foreign = { host: a.host_token, player: member.token, quick: quick.token };
  const other = await joinRoom(cluster, b, { nickname: 'Insider' });
  const inside = [
    await openWire(portOf(cluster), b.party_id, other.token),
    await openWire(portOf(cluster, 1), b.party_id, b.host_token),
    await openWire(portOf(cluster, 2), b.party_id, other.token),
  ];

  for (const [whose, token] of Object.entries(foreign)) {
    for (const { port } of cluster.nodes) {
      const wire = await openWire(port, b.party_id, token);
      assert.equal(await wire.closing(), closeCodes.unauthorized.code, whose);
      assert.deepEqual(wire.texts, [], whose);
      for (const [method, path] of [
        ['GET', 'question_data'],
        ['GET', 'leaderboard'],
        ['GET', 'stats'],
        ['GET', 'results'],
        ['GET', 'results?format=csv'],
        ['DELETE', 'results'],
        ['DELETE', `results?user_id=${other.user_id}`],
      ] as const) {
        const reply = await callNode(port, `/api/party/${b.party_id}/${path}`, { method, token });
        assert.ok([401, 403].includes(reply.status), `${whose}: ${method} ${path} is ${reply.status}`);
        assert.ok(!reply.text.includes('Insider'));
      }
      const performance = await callNode(port, `/api/players/${other.user_id}/performance`, { token: member.token });
      assert.equal(performance.status, 403);
      // As a credential for hosts it is nothing either.
      assert.equal((await callNode(port, '/api/quizzes', { token })).status, 401);
      assert.equal((await callNode(port, '/api/rooms', { token, body: {} })).status, 401);
    }
    const joined = await callNode(portOf(cluster), `/api/rooms/${b.room_code}/join`, {
      token,
      body: { nickname: `New ${whose}` },
    });
    assert.equal(joined.status, 201, 'to another room it is a stranger like any other');
    assert.notEqual(joined.json.user_id, member.user_id);
  }
  const hostOfA = await openWire(portOf(cluster), a.party_id, a.host_token);
  await hostOfA.ask('start');
  await hostOfA.seen('question');
  await sleep(300);
  for (const { texts } of inside) assert.ok(!texts.join('').includes(canary), "A's words came to B's sockets");
  for (const wire of [...inside, hostOfA]) wire.close();
}

const secrets = { explanation: 'Canaryexplains', text: 'Canarytext', number: 471_147.25 };

/** One question of each scored kind; `swapped` has other right answers, and nothing else is different. */
function quizOf(swapped: boolean): object[] {
  const which = swapped ? ['b', 'c'] : ['a', 'd'];
  const choices = (right: string[]) => ['a', 'b', 'c', 'd'].map((text) => ({ text, correct: right.includes(text) }));
  const common = { prompt: 'Which?', time_limit_seconds: 20, explanation: secrets.explanation };
  return [
    { ...common, kind: 'single', choices: choices(which.slice(0, 1)) },
    { ...common, kind: 'multiple', choices: choices(which) },
    { ...common, kind: 'true_false', answer: swapped },
    { ...common, kind: 'text', accepted: [{ text: secrets.text + (swapped ? 'b' : 'a') }] },
    { ...common, kind: 'number', answer: secrets.number + (swapped ? 1 : 0), tolerance: 0.5 },
    {
      ...common,
      kind: 'order',
      choices: (swapped ? ['d', 'b', 'a', 'c'] : ['a', 'c', 'b', 'd']).map((text) => ({ text })),
    },
  ];
}

/** The fourth is the text, the fifth the number. */
const textRound = 4;

interface Captured {
  /** Of each round, everything sent to anybody from its question until its reveal. */
  rounds: string[][];
}

async function capture(cluster: RealCluster, key: string, swapped: boolean): Promise<Captured> {
  const questions = quizOf(swapped);
  const room = await openRoom(cluster, key, {
    questions,
    settings: { spectators: true, scoring: 'accuracy', advance_when_all_answered: false },
  });
  const member = await joinRoom(cluster, room, { nickname: 'Ann' });
  const host = await openWire(portOf(cluster), room.party_id, room.host_token);
  const watching: Wire[] = [
    host,
    await openWire(portOf(cluster, 1), room.party_id, member.token),
    await openWire(portOf(cluster, 1), room.party_id, null),
  ];
  for (const wire of watching) await wire.seen('state');
  const rounds: string[][] = [];
  for (const [index] of questions.entries()) {
    const round = index + 1;
    const from = watching.map(({ texts }) => texts.length);
    const sent = await host.ask(round === 1 ? 'start' : 'next');
    assert.equal(sent.type, 'ack', JSON.stringify(sent));
    for (const wire of watching) await wire.seen('question', ({ data }) => data.round === round);
    for (const wire of watching.slice(1)) wire.send({ type: 'sync', id: `sync-${round}` });
    const [late] = [await openWire(portOf(cluster), room.party_id, member.token)];
    await late.seen('state');
    const choice = neverRight(round, late);
    if (choice !== null) assert.equal((await late.ask('answer', { round, choice })).type, 'ack');
    const http: string[] = [];
    for (const token of [member.token, undefined]) {
      for (const path of ['question_data', 'leaderboard', 'stats', 'results']) {
        const reply = await callNode(
          portOf(cluster),
          `/api/party/${room.party_id}/${path}`,
          token === undefined ? {} : { token },
        );
        http.push(`${path}: ${reply.text}`);
      }
    }
    await sleep(50);
    const until = watching.map(({ texts }) => texts.length);
    rounds.push([
      ...watching
        .flatMap(({ texts }, at) => texts.slice(from[at], until[at]))
        .filter((text) => !isOwnReveal(text, round)),
      ...late.texts,
      ...http,
    ]);
    const shown = watching.map(({ texts }) => texts.join(''));
    assert.ok(
      !shown.some((text) => text.includes(`"type":"reveal","epoch":1`) && text.includes(`"round":${round},"correct"`)),
    );
    late.close();
    await host.ask('next');
    for (const wire of watching) await wire.seen('reveal', ({ data }) => data.round === round);
  }
  for (const wire of watching) wire.close();
  return { rounds };
}

/** An answer that is wrong in both quizzes, so that nothing differs by what was answered before; none where there is none. */
function neverRight(round: number, wire: Wire): unknown {
  const state = wire.messages().find((message) => message.type === 'state');
  const ids = (...texts: string[]) =>
    texts.map((text) => state?.data.choices.find((choice) => choice.text === text)?.id ?? '');
  return [ids('c')[0], ids('a', 'b'), null, 'nothing', 1, ids('c', 'd', 'a', 'b')][round - 1];
}

/** The round before may still be on its way out when its successor opens: a reveal of it tells no running answer. */
function isOwnReveal(text: string, round: number): boolean {
  const message = JSON.parse(text) as ServerMessage;
  return message.type === 'reveal' && message.data.round < round;
}

async function leaks(cluster: RealCluster, key: string): Promise<void> {
  const [one, other] = [await capture(cluster, key, false), await capture(cluster, key, true)];
  for (const [index, texts] of one.rounds.entries()) {
    const round = index + 1;
    const all = texts.join('\n');
    assert.ok(texts.length >= 12, `round ${round}: too little was captured to prove anything`);
    assert.ok(!all.includes(secrets.explanation), `round ${round}: the explanation`);
    // What was right in a round is no secret once it has been revealed.
    if (round <= textRound) assert.ok(!all.includes(secrets.text), `round ${round}: the accepted text`);
    if (round <= textRound + 1) assert.ok(!all.includes(String(secrets.number)), `round ${round}: the number`);
    assert.deepEqual(
      toldRounds(texts).filter((told) => told >= round),
      [],
      'results describe revealed rounds alone',
    );
    assert.doesNotMatch(all, /"(key|accepted|explanation|tolerance|answer_key|correct_answer)":/, `round ${round}`);
    // Two quizzes that differ in nothing but what is right look the same until the reveal.
    assert.deepEqual(shapes(texts), shapes(other.rounds[index] ?? []), `round ${round}`);
  }
}

/** The rounds that statistics and results describe. */
function toldRounds(texts: string[]): number[] {
  return texts.flatMap((text) => {
    const [, call, body] = /^(stats|results): (\{.*)$/s.exec(text) ?? [];
    const answer = JSON.parse(body ?? '{}') as Record<'by_round' | 'questions', { round: number }[] | undefined>;
    return (call === 'stats' ? answer.by_round : answer.questions)?.map(({ round }) => round) ?? [];
  });
}

/** What was sent, without what differs between any two parties: ids, times, the order of shuffled choices. */
function shapes(texts: string[]): string[] {
  const neutral = texts.map((text) =>
    text
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'uuid')
      .replaceAll(/"p_[\w-]+"/g, '"player"')
      .replaceAll(/"(room_code|id)":"[^"]*"/g, '"$1":"…"')
      .replaceAll(
        /"(server_time_ms|closes_in_ms|seq|mean_ms|next_in_ms|connected|answered|players_total|answers)":-?[\d.]+/g,
        '"$1":0',
      )
      .replaceAll(/"choices":\[[^\]]*\]/g, (choices) => [...choices].sort().join(''))
      .replaceAll(/"choice":("[^"]*"|\[[^\]]*\]|[\d.]+)/g, '"choice":"…"')
      .replaceAll(/"text":"[abcd]"/g, '"text":"…"'),
  );
  // Who came after the lobby had opened is not told that it did.
  return [...new Set(neutral)]
    .filter((text) => !/"type":"(lobby|party_initialized|answered|ack|error)"|^(stats|results): /.test(text))
    .sort();
}

async function oracle(cluster: RealCluster, key: string): Promise<void> {
  const people = 40;
  const room = await openRoom(cluster, key, {
    questions: [single(), single()],
    settings: { advance_when_all_answered: false },
  });
  const host = await openWire(portOf(cluster), room.party_id, room.host_token);
  const wires: Wire[] = [];
  for (let at = 0; at < people; at += 1) {
    const { token } = await joinRoom(cluster, room, { nickname: `P ${String.fromCharCode(97 + (at % 26))}${at}` }, at);
    wires.push(await openWire(portOf(cluster, at), room.party_id, token));
  }
  for (const round of [1, 2]) {
    await host.ask(round === 1 ? 'start' : 'next');
    const acks = { right: new Set<string>(), wrong: new Set<string>() };
    await Promise.all(
      wires.map(async (wire, at) => {
        const question = await wire.seen('question', ({ data }) => data.round === round);
        const kind = at % 2 === 0 ? 'right' : 'wrong';
        const id = `answer-${round}-${String(at).padStart(3, '0')}`;
        await wire.ask('answer', { round, choice: choiceId(question, kind === 'right' ? 'right' : 'wrong 1') }, id);
        const ack = wire.texts.find((text) => text.includes(id)) ?? '';
        acks[kind].add(ack.replace(id, 'id'));
      }),
    );
    assert.equal(acks.right.size, 1, [...acks.right].join('\n'));
    assert.deepEqual(acks.wrong, acks.right);
    assert.match([...acks.right].join(), /"status":"accepted"/);
    await host.ask('next');
    await host.seen('reveal', ({ data }) => data.round === round);
  }
  for (const wire of [host, ...wires]) wire.close();
}

async function declared(cluster: RealCluster, key: string): Promise<void> {
  const room = await openRoom(cluster, key, { questions: [single()] });
  const { token } = await joinRoom(cluster, room, { nickname: 'Ann' });
  const host = await openWire(portOf(cluster), room.party_id, room.host_token);
  const ann = await openWire(portOf(cluster, 1), room.party_id, token);
  await host.ask('start');
  const choice = choiceId(await ann.seen('question'), 'right');
  const answer = { round: 1, choice };
  for (const extra of [
    { elapsed_ms: 0 },
    { sent_at: 0 },
    { client_time: Date.now() },
    { server_time_ms: 0 },
    { score: 1_000_000 },
    { points: 1_000 },
    { correct: true },
    { user_id: 'somebody' },
    { party_id: room.party_id },
  ]) {
    const reply = await ann.ask('answer', { ...answer, ...extra });
    assert.equal(reply.type === 'error' && reply.data.code, 'invalid', JSON.stringify(extra));
  }
  ann.send(JSON.stringify({ type: 'answer', id: 'outside', data: answer, elapsed_ms: 0 }));
  const outside = await ann.seen('error', ({ data }) => data.id === 'outside');
  assert.equal(outside.data.code, 'invalid');
  assert.equal((await ann.ask('answer', answer)).type, 'ack', 'none of them was counted');
  for (const wire of [host, ann]) wire.close();
}

async function interleaved(cluster: RealCluster, key: string): Promise<void> {
  const people = 12;
  const limit_s = 5;
  const questions = [single({ time_limit_seconds: limit_s }), single({ time_limit_seconds: limit_s })];
  const room = await openRoom(cluster, key, { questions, settings: { advance_when_all_answered: false } });
  const host = await openWire(portOf(cluster), room.party_id, room.host_token);
  const players = await Promise.all(
    Array.from({ length: people }, async (_, at) => {
      const { user_id, token } = await joinRoom(cluster, room, { nickname: `Tester ${'abcdefghkmnp'[at]}` }, at);
      const wires: Wire[] = [];
      for (const { port } of cluster.nodes) wires.push(await openWire(port, room.party_id, token));
      return { user_id, wires };
    }),
  );
  const early = await Promise.all(
    players.flatMap(({ wires }) => wires.map((wire) => wire.ask('answer', { round: 1, choice: 'a' }))),
  );
  assert.ok(
    early.every((reply) => reply.type === 'error'),
    'an answer before the start was taken',
  );

  await host.ask('start');
  const acked = new Map<string, number>();
  await Promise.all(
    players.map(async ({ user_id, wires }, at) => {
      if (at % 4 === 3) return; // answers late only
      const question = await wires[0]?.seen('question');
      const ids = question?.data.choices.map(({ id }) => id) ?? [];
      await Promise.all(wires.map((wire) => wire.seen('question')));
      const replies = await Promise.all(
        wires.flatMap((wire, which) =>
          ids.map((choice, nth) => wire.ask('answer', { round: 1, choice }, `${at}-${which}-${nth}`)),
        ),
      );
      const next = await Promise.all(wires.map((wire) => wire.ask('answer', { round: 2, choice: ids[0] })));
      assert.ok(
        next.every((reply) => reply.type === 'error'),
        'an answer to the round to come was taken',
      );
      acked.set(user_id, replies.filter(({ type }) => type === 'ack').length);
      const refused = replies.flatMap((reply) => (reply.type === 'error' ? [reply.data.code] : []));
      assert.ok(
        refused.every((code) => code === 'duplicate'),
        refused.join(),
      );
    }),
  );
  assert.deepEqual(new Set(acked.values()), new Set([1]), 'each player has one accepted answer');
  await sleep(limit_s * 1_000 + graceMs + 300);
  const late = await Promise.all(
    players
      .filter((_, at) => at % 4 === 3)
      .flatMap(({ wires }) => wires.map((wire) => wire.ask('answer', { round: 1, choice: 'a' }))),
  );
  assert.ok(
    late.every((reply) => reply.type === 'error' && reply.data.code !== 'retry'),
    JSON.stringify(late),
  );
  await host.seen('reveal');
  await host.ask('end');
  const rows = await stored(cluster, room);
  assert.equal(rows.length, acked.size);
  assert.equal(new Set(rows.map(({ user_id }) => user_id)).size, rows.length);
  for (const { elapsed_ms, user_id } of rows) {
    assert.ok(acked.has(user_id));
    assert.ok(elapsed_ms >= 0 && elapsed_ms <= limit_s * 1_000 + graceMs);
  }
  for (const { wires } of players) for (const wire of wires) wire.close();
  host.close();
}

async function stored(cluster: RealCluster, { party_id }: Room) {
  let results = await cluster.postgres.archive.results(party_id, null);
  await eventually('the results are stored', 15_000, async () => {
    results = await cluster.postgres.archive.results(party_id, null);
    return results !== null;
  });
  return results?.answers ?? [];
}

async function compression(cluster: RealCluster): Promise<void> {
  const { party_id, token } = await openQuick(cluster, { start: 'manual' });
  const other = await cluster.addNode({ TRANSPORT: 'ws' });
  for (const { port, name } of cluster.nodes) {
    for (const offer of [
      'permessage-deflate',
      'permessage-deflate; client_max_window_bits; server_no_context_takeover',
    ]) {
      const { status, headers } = await handshake(port, party_id, { 'sec-websocket-extensions': offer });
      assert.equal(status, 101);
      assert.equal(headers['sec-websocket-extensions'], undefined, name);
    }
    const wire = await openWire(port, party_id, token);
    assert.equal(wire.extensions, '');
    wire.close();
  }
  await other.kill();
}

async function prototypes(cluster: RealCluster, key: string): Promise<void> {
  const room = await openRoom(cluster, key, { questions: [single()] });
  const poison = [
    '{"__proto__":{"may_command":true,"polluted":1},"nickname":"Ann"}',
    '{"constructor":{"prototype":{"polluted":1}},"nickname":"Ann"}',
    '{"nickname":{"__proto__":{"polluted":1}}}',
    '{"nickname":"Ann","toString":"x"}',
    '{"nickname":"Ann","hasOwnProperty":1}',
    '["__proto__"]',
    '"__proto__"',
    `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  ];
  const settings = '{"quiz":{"title":"x","questions":[]},"settings":{"__proto__":{"passcode":null,"polluted":1}}}';
  const member = await joinRoom(cluster, room, { nickname: 'Bob' });
  const wire = await openWire(portOf(cluster), room.party_id, member.token);
  for (const body of poison) {
    for (const { port } of cluster.up()) {
      for (const path of [`/api/rooms/${room.room_code}/join`, '/api/party/init', `/api/party/${room.party_id}/join`]) {
        const reply = await callNode(port, path, { method: 'POST', body });
        assert.equal(reply.status, 400, `${path} ${body.slice(0, 60)}`);
        assert.equal(reply.json.code, 'invalid_body');
      }
    }
    wire.send(`{"type":"answer","id":"x","data":${body.slice(0, 3_000)}}`);
  }
  assert.equal(
    (await callNode(portOf(cluster), '/api/rooms', { method: 'POST', token: key, body: settings })).status,
    400,
  );
  for (const type of ['__proto__', 'constructor', 'toString', 'valueOf']) {
    const reply = await wire.ask(type, {});
    assert.equal(reply.type === 'error' && reply.data.code, 'invalid');
  }
  wire.send('{"type":"sync","id":"s","__proto__":{"may_command":true}}');
  const start = await wire.ask('start');
  assert.equal(start.type === 'error' && start.data.code, 'not_allowed');
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const joined = await callNode(portOf(cluster), `/api/party/${room.party_id}/join`, {
      body: { user_id: name, nickname: `Nice ${name.length}` },
    });
    assert.equal(joined.status, 200, `${name}: ${joined.text}`);
    assert.equal(
      (await callNode(portOf(cluster), `/api/party/${room.party_id}/join`, { body: { user_id: name } })).status,
      400,
    );
  }
  const door = await callNode(portOf(cluster), `/api/rooms/${room.room_code}`);
  assert.equal(door.status, 200);
  assert.ok(!door.text.includes('polluted'));
  for (const node of cluster.up()) assert.ok(await node.ready());
  wire.close();
}
