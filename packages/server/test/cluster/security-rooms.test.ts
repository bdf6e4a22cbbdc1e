/** Threats to a room and to what it leaves behind, done to three real nodes: T4, T5, T10, T12, T14, T30, T31, and every door there is. */
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { type ClientMessageType, closeCodes } from '@partyline/protocol';
import { type RealCluster, rawRedis, realCluster } from '@partyline/testkit';
import { dump, openRaw } from '../../../postgres/test/live/raw.ts';
import { eventually } from './repeats.ts';
import {
  type Answered,
  callNode,
  joinRoom,
  openQuick,
  openRoom,
  openWire,
  portOf,
  type Room,
  single,
  type Wire,
  watchLogs,
} from './security-stage.ts';

/** The limits as they are by default: a school must fit, a guesser must not. */
const env = { JOINS_PER_MINUTE: '1500', FAILED_LOOKUPS_PER_MINUTE: '60', LOG_LEVEL: 'trace' };

test('a room under attack', async (t) => {
  const cluster = await realCluster(t, { env });
  const { key } = await cluster.postgres.hostKeys.create('test');
  const attack = (name: string, run: (at: RealCluster, key: string, t: TestContext) => Promise<void>) =>
    t.test(name, (inner) => run(cluster, key, inner));

  await attack('T4: guessing room codes is answered the same until it is not answered at all', guessing);
  await attack('T5: 500 pupils behind one address join within a minute, none refused', school);
  await attack('T10: no host command works for a player or a spectator; each is audited', takeover);
  await attack('T12: nicknames over HTTP', nicknames);
  await attack('T12: nobody comes into a quick party under the name of its host', hostsName);
  await attack('a kick ends every right of the token, and the player may come back under another', kicked);
  await attack('a ban holds on to the token, the reference and the id', banned);
  await attack('each door has its own refusal', doors);
  await attack('the waiting room lets nothing through until the host does', waitingRoom);
  await attack('tokens are shown to nobody but their owner', tokensShown);
  await attack('T14: what people typed is never a formula in a spreadsheet', formulas);
  await attack('T30: an anonymous vote is counted and not traced', anonymousVotes);
  await attack('T31: after erasing, the name is in no table, no key and no log', erased);
});

const doorOf = ({ room_code }: Room): string => `/api/rooms/${room_code}`;
const codeOf = (reply: Answered): string => (reply.status < 300 ? String(reply.status) : `${reply.json.code}`);

function joining(cluster: RealCluster, room: Room, body: object, token?: string): Promise<Answered> {
  return callNode(portOf(cluster, 1), `${doorOf(room)}/join`, { body, ...(token === undefined ? {} : { token }) });
}

async function guessing(cluster: RealCluster, key: string): Promise<void> {
  const [attacker, visitor] = ['127.0.0.66', '127.0.0.67'];
  const port = portOf(cluster);
  const room = await openRoom(cluster, key, { questions: [single()] });
  const over = await openRoom(cluster, key, { questions: [single()] });
  const host = await openWire(port, over.party_id, over.host_token);
  await host.ask('end');
  await host.seen('finished');
  await eventually('the room is gone', 15_000, async () => (await callNode(port, doorOf(over))).status === 404);

  const odd = ['abc', '000000', '12345', '9'.repeat(30), '%00', '__proto__', '1e5', over.room_code];
  const free = (guess: number): string => String(100_000 + ((guess * 7_919) % 900_000));
  const guesses = [...odd, ...Array.from({ length: 600 }, (_, guess) => free(guess))].filter(
    (code) => code !== room.room_code,
  );
  const misses: string[] = [];
  let refused = 0;
  for (const [at, code] of guesses.entries()) {
    const terms = at % 2 === 0 ? { from: attacker } : { from: attacker, body: { nickname: 'Guess' } };
    const reply = await callNode(portOf(cluster, at), `/api/rooms/${code}${at % 2 === 0 ? '' : '/join'}`, terms);
    if (reply.status === 404) misses.push(reply.text);
    else {
      refused += 1;
      assert.equal(reply.status, 429);
      assert.ok(Number(reply.headers['retry-after']) > 0);
    }
  }
  const budget = 60 * cluster.nodes.length;
  assert.equal(misses.length, budget, 'as many as an address has a minute, at each node');
  assert.equal(refused, guesses.length - budget);
  assert.equal(
    new Set(misses).size,
    1,
    'a code that was never there, that is malformed and that is over look the same',
  );
  for (const node of cluster.nodes) {
    const bySpent = await callNode(node.port, doorOf(room), { from: attacker });
    assert.equal(bySpent.status, 429, `the right code tells a spent address nothing at ${node.name}`);
  }
  assert.equal((await callNode(port, doorOf(room), { from: visitor })).status, 200);
  const forged = await callNode(port, doorOf(room), { from: attacker, headers: { 'x-forwarded-for': '192.0.2.1' } });
  assert.equal(forged.status, 429, 'an address one gives oneself is not believed');
}

async function school(cluster: RealCluster, key: string, t: TestContext): Promise<void> {
  const room = await openRoom(cluster, key, { questions: [single()], settings: { passcode: 'sesame' } });
  const startedAt = performance.now();
  const statuses = new Map<string, number>();
  const pupils = Array.from({ length: 500 }, (_, at) => at);
  const join = async (): Promise<void> => {
    for (let at = pupils.shift(); at !== undefined; at = pupils.shift()) {
      const from = '127.0.0.70';
      await callNode(portOf(cluster, at), doorOf(room), { from });
      const body = { nickname: `Pupil ${100 + at}`, passcode: 'sesame' };
      const reply = await callNode(portOf(cluster, at), `${doorOf(room)}/join`, { from, body });
      statuses.set(codeOf(reply), (statuses.get(codeOf(reply)) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 20 }, join));
  const ms = performance.now() - startedAt;
  t.diagnostic(`500 joined within ${Math.round(ms)} ms`);
  assert.deepEqual([...statuses], [['201', 500]]);
  assert.ok(ms <= 60_000);
  await eventually('all of them are in', 5_000, async () => {
    return (await callNode(portOf(cluster), doorOf(room))).json.players === 500;
  });
}

const hostCommands: [ClientMessageType, object?][] = [
  ...(['start', 'next', 'skip', 'pause', 'resume', 'lock', 'unlock', 'end'] as const).map(
    (type): [ClientMessageType] => [type],
  ),
  ['extend', { seconds: 300 }],
  ['kick', { user_id: 'VICTIM' }],
  ['ban', { user_id: 'VICTIM' }],
  ['approve', { user_id: 'VICTIM' }],
];

async function takeover(cluster: RealCluster, key: string): Promise<void> {
  const room = await openRoom(cluster, key, { questions: [single()], settings: { spectators: true } });
  const [mallory, trudy, victim] = [
    await joinRoom(cluster, room, { nickname: 'Mallory' }),
    await joinRoom(cluster, room, { nickname: 'Trudy' }),
    await joinRoom(cluster, room, { nickname: 'Victim' }),
  ];
  const wires = [
    await openWire(portOf(cluster), room.party_id, mallory.token),
    await openWire(portOf(cluster, 1), room.party_id, trudy.token),
    await openWire(portOf(cluster, 2), room.party_id, null),
  ];
  for (const wire of wires) {
    for (const [type, data] of hostCommands) {
      const real = data === undefined ? undefined : JSON.parse(JSON.stringify(data).replace('VICTIM', victim.user_id));
      for (let time = 0; time < 3; time += 1) {
        const reply = await wire.ask(type, real);
        assert.equal(reply.type === 'error' && reply.data.code, 'not_allowed', type);
      }
    }
  }
  await eventually('all are still in', 5_000, async () => {
    const { phase, locked, players } = (await callNode(portOf(cluster), doorOf(room))).json;
    assert.deepEqual({ phase, locked }, { phase: 'lobby', locked: false });
    return players === 3;
  });
  let entries = await cluster.postgres.audit.ofParty(room.party_id);
  await eventually('the attempts are audited', 5_000, async () => {
    entries = await cluster.postgres.audit.ofParty(room.party_id);
    return entries.length >= wires.length * hostCommands.length;
  });
  for (const { user_id, nickname } of [mallory, trudy]) {
    const tried = entries.filter(({ actor }) => actor === user_id).map(({ action }) => action);
    assert.deepEqual(
      tried.sort(),
      hostCommands.map(([type]) => `refused:${type}`).sort(),
      `each of ${nickname}'s once, however often it was tried`,
    );
  }
  const kick = entries.find(({ actor, action }) => actor === mallory.user_id && action === 'refused:kick');
  assert.equal(kick?.subject, victim.user_id);

  const host = await openWire(portOf(cluster), room.party_id, room.host_token);
  assert.equal((await host.ask('lock')).type, 'ack', 'the host may');
  await eventually('and is audited too', 5_000, async () =>
    (await cluster.postgres.audit.ofParty(room.party_id)).some(
      ({ actor, action }) => actor === 'host' && action === 'lock',
    ),
  );
  for (const wire of [...wires, host]) wire.close();
}

const names: [typed: string, outcome: string][] = [
  ['', 'invalid_body'],
  [' ', 'nickname_refused empty'],
  ['\u200b\u200d\u2060', 'nickname_refused empty'],
  ['abc\u202edef', 'nickname_refused bidi_control'],
  ['a\u0000b', 'invalid_body'],
  ['z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307', 'nickname_refused stacked_marks'],
  ['=HYPERLINK("x")', '201'],
  ['x'.repeat(21), 'nickname_refused too_long'],
  ['x'.repeat(65), 'nickname_refused too_long'],
  ['x'.repeat(513), 'invalid_body'],
  ['क्षि'.repeat(17), '201'],
  ['👨‍👩‍👧‍👦'.repeat(20), '201'],
  ['👨‍👩‍👧‍👦'.repeat(21), 'nickname_refused too_long'],
  ['José', '201'],
  ['Mária Ößling', '201'],
  ['Ольга', '201'],
  ['مريم', '201'],
  ['दीपिका', '201'],
  ['さくら', '201'],
  ['👩‍👩‍👧‍👦', '201'],
  ['José', 'nickname_refused taken'],
  ['Jose\u0301', 'nickname_refused taken'],
  ['JOSÉ', 'nickname_refused taken'],
  ['Oльга', 'nickname_refused taken'],
];

async function nicknames(cluster: RealCluster, key: string): Promise<void> {
  const room = await openRoom(cluster, key, { questions: [single()] });
  const outcomes: [string, string][] = [];
  for (const [nickname] of names) {
    const reply = await joining(cluster, room, { nickname });
    const reason = reply.json.reason === undefined ? '' : ` ${reply.json.reason}`;
    outcomes.push([nickname, `${codeOf(reply)}${reason}`]);
    if (reply.status >= 400 && nickname.trim().length > 2)
      assert.ok(!reply.text.includes(nickname), 'a refusal repeats nothing');
  }
  assert.deepEqual(outcomes, names);
}

async function hostsName(cluster: RealCluster): Promise<void> {
  for (const [host, name] of [
    [{ player_id: 'u0', nickname: 'Alice' }, 'Аlice'],
    [{ player_id: 'Alice' }, 'ALICE'],
  ] as const) {
    const quick = await openQuick(cluster, host);
    const join = (body: object): Promise<Answered> =>
      callNode(portOf(cluster, 1), `/api/party/${quick.party_id}/join`, { body });
    const refused = await join({ user_id: 'eve', nickname: name });
    assert.deepEqual([refused.status, refused.json.code, refused.json.reason], [422, 'nickname_refused', 'taken']);
    const other = await join({ user_id: 'alice' });
    assert.equal(other.status, 200);
    assert.match(`${other.json.nickname}`, /^alice \d\d$/, 'an id alone is always let in, under a name of its own');
  }
}

async function party(cluster: RealCluster, key: string, settings: object = {}) {
  const room = await openRoom(cluster, key, { questions: [single()], settings });
  return { room, host: await openWire(portOf(cluster), room.party_id, room.host_token) };
}

async function readsNothing(
  cluster: RealCluster,
  room: Room,
  { token, why }: { token: string; why: 'removed' | 'banned' },
): Promise<void> {
  for (const { port } of cluster.nodes) {
    const back = await openWire(port, room.party_id, token);
    assert.equal(await back.closing(), closeCodes[why].code);
    assert.deepEqual(back.texts, []);
    for (const path of ['question_data', 'leaderboard', 'stats', 'results']) {
      const reply = await callNode(port, `/api/party/${room.party_id}/${path}`, { token });
      const isRefused = [401, 403].includes(reply.status) || reply.json.code === 'results_not_ready';
      assert.ok(isRefused, `${path} is ${reply.status} ${reply.text}`);
    }
  }
}

async function kicked(cluster: RealCluster, key: string): Promise<void> {
  const { room, host } = await party(cluster, key);
  const rude = await joinRoom(cluster, room, { nickname: 'Rude' });
  const wires: Wire[] = [];
  for (const { port } of cluster.nodes) wires.push(await openWire(port, room.party_id, rude.token));
  for (const wire of wires) await wire.seen('state');
  assert.equal((await host.ask('kick', { user_id: rude.user_id })).type, 'ack');
  for (const wire of wires) assert.equal(await wire.closing(), closeCodes.removed.code, 'on every node');
  await readsNothing(cluster, room, { token: rude.token, why: 'removed' });
  const back = await joining(cluster, room, { nickname: 'Polite' }, rude.token);
  assert.equal(back.status, 201);
  assert.notEqual(back.json.user_id, rude.user_id);
  // Nor after the end: whoever was removed is in no result.
  await host.ask('end');
  await eventually(
    'the results are stored',
    15_000,
    async () => (await cluster.postgres.archive.leaderboard(room.party_id)) !== null,
  );
  for (const path of ['leaderboard', 'stats', 'results']) {
    const reply = await callNode(portOf(cluster), `/api/party/${room.party_id}/${path}`, { token: rude.token });
    assert.ok([401, 403].includes(reply.status), `${path} is ${reply.status}`);
    assert.equal(
      (await callNode(portOf(cluster), `/api/party/${room.party_id}/${path}`, { token: back.json.token })).status,
      200,
    );
  }
  host.close();
}

async function banned(cluster: RealCluster, key: string): Promise<void> {
  const { room, host } = await party(cluster, key);
  const rude = await joinRoom(cluster, room, { nickname: 'Rude', player_ref: 'pupil-17' });
  const wire = await openWire(portOf(cluster, 1), room.party_id, rude.token);
  assert.equal((await host.ask('ban', { user_id: rude.user_id })).type, 'ack');
  assert.equal(await wire.closing(), closeCodes.banned.code);
  await readsNothing(cluster, room, { token: rude.token, why: 'banned' });
  assert.equal(codeOf(await joining(cluster, room, { nickname: 'Newname' }, rude.token)), 'banned', 'by the token');
  assert.equal(
    codeOf(await joining(cluster, room, { nickname: 'Newname', player_ref: 'pupil-17' })),
    'banned',
    'by the reference',
  );
  const byId = await callNode(portOf(cluster), `/api/party/${room.party_id}/join`, {
    body: { user_id: rude.user_id, nickname: 'Newname' },
  });
  assert.equal(codeOf(byId), 'invalid_body', 'an id of ours is nobody to choose');
  assert.equal(codeOf(await joining(cluster, room, { nickname: 'Rude' })), '201', 'somebody else may have the name');
  host.close();
}

async function doors(cluster: RealCluster, key: string): Promise<void> {
  const open = (settings: object) => openRoom(cluster, key, { questions: [single()], settings });
  const withPasscode = await open({ passcode: 'sesame' });
  assert.equal(codeOf(await joining(cluster, withPasscode, { nickname: 'Ann' })), 'wrong_passcode');
  assert.equal(codeOf(await joining(cluster, withPasscode, { nickname: 'Ann', passcode: 'x' })), 'wrong_passcode');
  assert.equal(codeOf(await joining(cluster, withPasscode, { nickname: 'Ann', passcode: 'sesame' })), '201');
  const shown = await callNode(portOf(cluster), doorOf(withPasscode));
  assert.equal(shown.json.passcode_required, true);
  assert.ok(!shown.text.includes('sesame'));

  const full = await open({ max_players: 1 });
  await joinRoom(cluster, full, { nickname: 'Ann' });
  assert.equal(codeOf(await joining(cluster, full, { nickname: 'Bob' })), 'party_full');

  const roster = await open({ roster: [{ name: 'Ann Lee', ref: 'secret-ref' }, { name: 'Bob' }] });
  assert.equal(codeOf(await joining(cluster, roster, { nickname: 'Eve' })), 'not_on_roster');
  assert.equal(codeOf(await joining(cluster, roster, { player_ref: 'secret-ref' })), '201');
  assert.equal(codeOf(await joining(cluster, roster, { player_ref: 'secret-ref' })), 'roster_taken');
  const listed = (await callNode(portOf(cluster), doorOf(roster))).text;
  assert.ok(!listed.includes('secret-ref') && !listed.includes('Ann Lee'));

  const started = await open({ late_join: false });
  const host = await openWire(portOf(cluster), started.party_id, started.host_token);
  assert.equal((await host.ask('lock')).type, 'ack');
  assert.equal(codeOf(await joining(cluster, started, { nickname: 'Ann' })), 'party_locked');
  assert.equal((await host.ask('unlock')).type, 'ack');
  assert.equal(codeOf(await joining(cluster, started, { nickname: 'Ann' })), '201');
  assert.equal((await host.ask('start')).type, 'ack');
  assert.equal(codeOf(await joining(cluster, started, { nickname: 'Bob' })), 'party_started');
  host.close();

  const stepped = await open({ second_step: true });
  const screen = await openWire(portOf(cluster), stepped.party_id, stepped.host_token);
  const { code } = (await screen.seen('state')).data.second_step ?? { code: '' };
  const wrong = String((Number(code) + 1) % 10_000).padStart(4, '0');
  assert.equal(codeOf(await joining(cluster, stepped, { nickname: 'Ann' })), 'second_step_required');
  assert.equal(
    codeOf(await joining(cluster, stepped, { nickname: 'Ann', second_step_code: wrong })),
    'second_step_required',
  );
  const ann = await joining(cluster, stepped, { nickname: 'Ann', second_step_code: code });
  assert.equal(codeOf(ann), '201', 'shown by one node, taken by the other');
  const guest = await openWire(portOf(cluster), stepped.party_id, ann.json.token);
  await guest.seen('state');
  assert.ok(!guest.texts.join('').includes('second_step'), 'players are not shown it');
  const from = '127.0.0.80';
  const guesses: string[] = [];
  for (let guess = 0; guess < 100; guess += 1) {
    const body = {
      nickname: 'Eve',
      second_step_code: String(guess * 97)
        .padStart(4, '0')
        .replace(code, wrong),
    };
    guesses.push(codeOf(await callNode(portOf(cluster), `${doorOf(stepped)}/join`, { from, body })));
  }
  assert.equal(
    guesses.filter((outcome) => outcome === 'rate_limited').length,
    40,
    'a code of four digits is not for trying',
  );
  for (const wire of [screen, guest]) wire.close();
}

async function waitingRoom(cluster: RealCluster, key: string): Promise<void> {
  const { room, host } = await party(cluster, key, { approve_joins: true });
  const eve = await joinRoom(cluster, room, { nickname: 'Eve' });
  assert.equal(eve.status, 'waiting');
  const wire = await openWire(portOf(cluster, 1), room.party_id, eve.token);
  assert.equal((await wire.seen('state')).data.you.status, 'waiting');
  await host.ask('start');
  await host.seen('question');
  const answer = await wire.ask('answer', { round: 1, choice: 'a' });
  assert.equal(answer.type === 'error' && answer.data.code, 'not_allowed');
  wire.send({ type: 'sync', id: 's' });
  await eventually(
    'a second state',
    5_000,
    () => wire.texts.filter((text) => text.startsWith('{"type":"state"')).length >= 2,
  );
  assert.ok(!wire.texts.join('').includes('Which?'), 'not a word of the question');
  const read = await callNode(portOf(cluster), `/api/party/${room.party_id}/question_data`, { token: eve.token });
  assert.equal(read.status, 401);
  assert.equal((await host.ask('approve', { user_id: eve.user_id })).type, 'ack');
  const state = await wire.seen('state', ({ data }) => data.you.status === 'playing');
  assert.equal(state.data.question?.prompt, 'Which?');
  for (const open of [wire, host]) open.close();
}

async function tokensShown(cluster: RealCluster, key: string): Promise<void> {
  const { room, host } = await party(cluster, key, { spectators: true });
  const members = [
    await joinRoom(cluster, room, { nickname: 'Ann' }),
    await joinRoom(cluster, room, { nickname: 'Bob' }),
  ];
  const wires: Wire[] = [host, await openWire(portOf(cluster), room.party_id, null)];
  for (const { token } of members) wires.push(await openWire(portOf(cluster, 1), room.party_id, token));
  await host.ask('start');
  for (const wire of wires) await wire.seen('question');
  await host.ask('next');
  for (const wire of wires) await wire.seen('reveal');
  const said = wires.flatMap(({ texts }) => texts);
  for (const path of ['question_data', 'leaderboard', 'stats'])
    said.push(
      (await callNode(portOf(cluster), `/api/party/${room.party_id}/${path}`, { token: room.host_token })).text,
    );
  said.push((await callNode(portOf(cluster), doorOf(room))).text);
  for (const text of said) assert.doesNotMatch(text, /eyJ[\w-]{8,}\./);
  for (const wire of wires) wire.close();
}

const formula = '=HYPERLINK("http://evil.test","x")';
const starts = ['=', '+', '-', '@'];

async function formulas(cluster: RealCluster, key: string): Promise<void> {
  const question = {
    kind: 'text',
    prompt: `${formula} ?`,
    time_limit_seconds: 20,
    accepted: [{ text: formula }],
    category: '@SUM(1)',
  };
  const room = await openRoom(cluster, key, {
    questions: [question],
    title: formula,
    settings: { nickname_policy: { profanity: 'off' } },
  });
  const host = await openWire(portOf(cluster), room.party_id, room.host_token);
  const named = await joinRoom(cluster, room, { nickname: formula.slice(0, 12) });
  const ids = starts.map((start) => `${start}cmd|' /C calc'!A0`);
  const wires = [await openWire(portOf(cluster), room.party_id, named.token)];
  for (const user_id of ids) {
    const joined = await callNode(portOf(cluster), `/api/party/${room.party_id}/join`, { body: { user_id } });
    assert.equal(joined.status, 200, joined.text);
    wires.push(await openWire(portOf(cluster, 1), room.party_id, joined.json.token));
  }
  await host.ask('start');
  for (const wire of wires) {
    await wire.seen('question');
    assert.equal((await wire.ask('answer', { round: 1, choice: formula })).type, 'ack');
  }
  await host.seen('reveal');
  await host.ask('end');
  const results = (query: string) =>
    callNode(portOf(cluster), `/api/party/${room.party_id}/results${query}`, { token: room.host_token });
  await eventually('the results are stored', 15_000, async () => (await results('')).status === 200);
  for (const table of ['answers', 'leaderboard', 'categories']) {
    const { text, status } = await results(`?format=csv&table=${table}`);
    assert.equal(status, 200);
    const cells = text.split('\r\n').flatMap((line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []);
    const live = cells
      .map((cell) => cell.replace(/^"|"?,?$/g, ''))
      .filter((cell) => starts.includes(cell[0] ?? '') && !/^-?[\d.]+$/.test(cell));
    assert.deepEqual(live, [], table);
    if (table === 'answers') assert.ok(text.includes(`'=HYPERLINK`), 'it is there, as text');
  }
  const xlsx = await results('?format=xlsx');
  assert.match(xlsx.headers['content-disposition'] ?? '', /^attachment/);
  const files = unzipped(Buffer.from(xlsx.text, 'latin1'));
  const sheets = [...files].filter(([name]) => name.endsWith('.xml')).map(([, xml]) => xml);
  assert.ok(sheets.join('').includes('HYPERLINK'), 'the workbook was read');
  for (const xml of sheets) {
    assert.doesNotMatch(xml, /<f[ >]/, 'no cell is a formula');
    assert.doesNotMatch(xml, /<t[^>]*>[=+@]/, 'no text begins like one');
  }
  for (const wire of [host, ...wires]) wire.close();
}

/** The files of a zip, by its central directory. */
function unzipped(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06')) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ];
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + size);
    files.set(name, (method === 8 ? inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

async function anonymousVotes(cluster: RealCluster, key: string, t: TestContext): Promise<void> {
  const redis = await rawRedis(cluster.redis.url);
  t.after(() => redis.close());
  const choices = [{ text: 'yes' }, { text: 'no' }];
  const questions = [
    { kind: 'poll', prompt: 'Agree?', time_limit_seconds: 20, choices },
    { kind: 'word_cloud', prompt: 'In a word?', time_limit_seconds: 20 },
  ];
  const settings = { anonymous_votes: true, advance_when_all_answered: false };
  const room = await openRoom(cluster, key, { questions, settings });
  const host = await openWire(portOf(cluster), room.party_id, room.host_token);
  const voters: { user_id: string; wire: Wire }[] = [];
  for (const name of ['Ann', 'Bob', 'Cleo']) {
    const { user_id, token } = await joinRoom(cluster, room, { nickname: name });
    voters.push({ user_id, wire: await openWire(portOf(cluster, 1), room.party_id, token) });
  }
  for (const round of [1, 2]) {
    await host.ask(round === 1 ? 'start' : 'next');
    for (const [at, { wire }] of voters.entries()) {
      const question = await wire.seen('question', ({ data }) => data.round === round);
      const choice = round === 1 ? question.data.choices[at === 0 ? 0 : 1]?.id : 'canaryword';
      assert.equal((await wire.ask('answer', { round, choice })).type, 'ack');
    }
    const answers = (await redis.send('HGETALL', `partyline:{${room.party_id}}:answers:${round}`)) as string[];
    assert.ok(answers.length >= 6, 'who has voted is known');
    assert.ok(!answers.join().includes('canaryword'), 'what they voted is not');
    await host.ask('next');
    const { counts } = (await host.seen('reveal', ({ data }) => data.round === round)).data;
    assert.equal(
      Object.values(counts).reduce((sum, count) => sum + count, 0),
      3,
    );
  }
  const before = host.messages().find((message) => message.type === 'reveal')?.data.counts ?? {};
  assert.deepEqual(Object.values(before).sort(), [1, 2]);
  await host.ask('end');
  await eventually(
    'the results are stored',
    15_000,
    async () => (await cluster.postgres.archive.results(room.party_id, null)) !== null,
  );
  const rows = (await cluster.postgres.archive.results(room.party_id, null))?.answers ?? [];
  assert.equal(rows.length, 6);
  assert.deepEqual(new Set(rows.map(({ choice }) => choice)), new Set([null]));
  const tables = (await dump(openRaw(t, cluster.databaseUrl))).split('\n').filter((row) => /canaryword/i.test(row));
  for (const row of tables)
    for (const { user_id } of voters) assert.ok(!row.includes(user_id), 'word and voter stand in one row');
  for (const wire of [host, ...voters.map((voter) => voter.wire)]) wire.close();
}

async function erased(cluster: RealCluster, key: string, t: TestContext): Promise<void> {
  const logs = watchLogs(cluster);
  t.after(() => logs.stop());
  const db = openRaw(t, cluster.databaseUrl);
  const redis = await rawRedis(cluster.redis.url);
  t.after(() => redis.close());
  const play = async (canary: string) => {
    const quick = await openQuick(cluster, {
      player_id: 'owner',
      rounds: 1,
      timeout: 5,
      reveal_seconds: 0,
      start: 'manual',
    });
    const body = { user_id: `${canary}-id`, nickname: canary };
    const joined = await callNode(portOf(cluster, 1), `/api/party/${quick.party_id}/join`, { body });
    assert.equal(joined.status, 200, joined.text);
    const owner = await openWire(portOf(cluster), quick.party_id, quick.token);
    const wire = await openWire(portOf(cluster, 2), quick.party_id, joined.json.token);
    await wire.ask('start');
    await owner.ask('start');
    for (const player of [owner, wire]) {
      await player.seen('question');
      await player.ask('answer', { round: 1, choice: 'a' });
    }
    await wire.seen('finished');
    await eventually('the results are stored and the party has left Redis', 20_000, async () => {
      const isStored = (await cluster.postgres.archive.leaderboard(quick.party_id)) !== null;
      return isStored && !(await redisText(cluster)).includes(`${quick.party_id}}`);
    });
    for (const player of [owner, wire]) player.close();
    return quick;
  };
  const erase = (quick: { party_id: string; token: string }, query: string) =>
    callNode(portOf(cluster), `/api/party/${quick.party_id}/results${query}`, { method: 'DELETE', token: quick.token });

  const one = await play('Canaryplayer');
  assert.match(await dump(db), /Canaryplayer/, 'it was there before');
  assert.equal((await erase(one, '?user_id=Canaryplayer-id')).status, 204);
  const whole = await play('Canaryparty');
  assert.equal((await erase(whole, '')).status, 204);
  await eraseTyped(cluster, key);
  const left = (await dump(db)).split('\n').filter((row) => /canary(player|party|cloud|text)/i.test(row));
  assert.deepEqual(left, [], 'in Postgres');
  assert.doesNotMatch(await redisText(cluster), /canary(player|party|cloud|text)/i, 'in Redis');
  const log = logs.text();
  assert.ok(log.includes('a host command without the right to it'), 'the log was read');
  assert.doesNotMatch(log, /canary(player|party|cloud|text)/i, 'in a log');
  assert.equal((await erase(whole, '')).status >= 400, true, 'a second time there is nothing');
}

/** What one player typed and chose, beside another's who said the same in the poll. */
async function eraseTyped(cluster: RealCluster, key: string): Promise<void> {
  const questions = [
    { kind: 'word_cloud', prompt: 'In a word?', time_limit_seconds: 20 },
    { kind: 'text', prompt: 'Who?', time_limit_seconds: 20, accepted: [{ text: 'Ada' }] },
    { kind: 'poll', prompt: 'Agree?', time_limit_seconds: 20, choices: [{ text: 'yes' }, { text: 'no' }] },
  ];
  const room = await openRoom(cluster, key, { questions, settings: { advance_when_all_answered: false } });
  const host = await openWire(portOf(cluster), room.party_id, room.host_token);
  const typed: [string, string][] = [
    ['canarycloud', 'other'],
    ['canarytext', 'Ada'],
    ['a', 'a'],
  ];
  const members = [
    await joinRoom(cluster, room, { nickname: 'Canaryplayer' }),
    await joinRoom(cluster, room, { nickname: 'Other' }),
  ];
  const wires = await Promise.all(
    members.map(({ token }, turn) => openWire(portOf(cluster, turn), room.party_id, token)),
  );
  for (const [index, choices] of typed.entries()) {
    const round = index + 1;
    assert.equal((await host.ask(round === 1 ? 'start' : 'next')).type, 'ack');
    for (const [at, wire] of wires.entries()) {
      await wire.seen('question', ({ data }) => data.round === round);
      assert.equal((await wire.ask('answer', { round, choice: choices[at] })).type, 'ack');
    }
    await host.ask('next');
    await host.seen('reveal', ({ data }) => data.round === round);
  }
  await host.ask('next');
  await eventually('the results are stored', 15_000, async () => {
    return (await cluster.postgres.archive.leaderboard(room.party_id)) !== null;
  });
  const reply = await callNode(portOf(cluster), `/api/party/${room.party_id}/results?user_id=${members[0]?.user_id}`, {
    ...{ method: 'DELETE', token: room.host_token },
  });
  assert.equal(reply.status, 204, reply.text);
  const rounds = (await cluster.postgres.archive.counts(room.party_id))?.rounds ?? [];
  assert.deepEqual(
    rounds.map(({ answered, counts }) => [answered, counts]),
    [
      [1, { other: 1 }],
      [1, {}],
      [1, { a: 1 }],
    ],
  );
  for (const wire of [host, ...wires]) wire.close();
}

/** All keys with all they hold. */
async function redisText(cluster: RealCluster): Promise<string> {
  const redis = await rawRedis(cluster.redis.url);
  const texts: string[] = [];
  const readers: Record<string, (key: string) => (string | number)[]> = {
    string: (key) => ['GET', key],
    hash: (key) => ['HGETALL', key],
    list: (key) => ['LRANGE', key, 0, -1],
    set: (key) => ['SMEMBERS', key],
    zset: (key) => ['ZRANGE', key, 0, -1],
  };
  const [, keys] = (await redis.send('SCAN', '0', 'COUNT', '1000000')) as [string, string[]];
  for (const key of keys) {
    const read = readers[String(await redis.send('TYPE', key))];
    texts.push(key, JSON.stringify(read === undefined ? null : await redis.send(...read(key))));
  }
  redis.close();
  return texts.join('\n');
}
