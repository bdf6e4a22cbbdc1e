import assert from 'node:assert/strict';
import test from 'node:test';
import { closeCodes, type StateData } from '@partyline/protocol';
import { type ConnectionOptions, createConnection } from '../src/connection.ts';
import { fakeSockets } from './fake-web-socket.ts';
import { message, partyId, questionData, revealData, runningState, stateData } from './samples.ts';
import { virtualTimers } from './virtual-timers.ts';

/** Random numbers are 0.5 unless a test says otherwise: every wait is half its bound. */
function setUp(options: Partial<ConnectionOptions> = {}) {
  const timers = virtualTimers();
  const { WebSocket, sockets, last } = fakeSockets();
  const connection = createConnection({
    url: 'ws://one',
    party_id: partyId,
    WebSocket,
    timers,
    random: () => 0.5,
    ...options,
  });
  const seen: { statuses: string[]; views: number; messages: string[]; closed: { code: number }[] } = {
    statuses: [],
    views: 0,
    messages: [],
    closed: [],
  };
  connection.on('status', (status) => seen.statuses.push(status));
  connection.on('view', () => {
    seen.views += 1;
  });
  connection.on('message', ({ type, seq }) => seen.messages.push(`${type} ${seq}`));
  connection.on('closed', (event) => seen.closed.push(event));
  let seq = 0;
  return {
    timers,
    sockets,
    last,
    connection,
    seen,
    /** Opens the newest socket and gives it a state. */
    live(data: StateData = runningState(1)) {
      last().open();
      seq += 1;
      last().tell(message('state', { epoch: 1, seq }, data));
    },
    tell(type: Parameters<typeof message>[0], data: object) {
      seq += 1;
      last().tell(message(type, { epoch: 1, seq }, data as never));
    },
    ack: (id: string | undefined, more: object = {}) =>
      last().tell(message('ack', { epoch: 1, seq }, { id: id ?? '', round: 1, status: 'accepted', ...more })),
    error: (id: string | undefined, code: string, more: object = {}) =>
      last().tell(message('error', { epoch: 1, seq }, { id: id ?? '', code, detail: '', ...more } as never)),
    answersSent: () => sockets.flatMap(({ sent }) => sent).filter(({ type }) => type === 'answer'),
  };
}

test('connects with the token as a subprotocol and is live with the first state', () => {
  const { connection, last, live, seen } = setUp({ token: 'abc' });
  assert.equal(last().url, `ws://one/ws/${partyId}`);
  assert.deepEqual(last().protocols, ['partyline.v1', 'token.abc']);
  assert.deepEqual([connection.status, connection.view], ['connecting', null]);
  last().open();
  assert.equal(connection.status, 'connecting');
  live();
  assert.deepEqual([connection.status, connection.view?.phase], ['live', 'question']);
  assert.deepEqual(seen.statuses, ['live']);
});

test('messages reach the view in order, and those that listen', () => {
  const { connection, live, tell, seen } = setUp();
  live(stateData());
  tell('question', questionData(2));
  tell('ping', {});
  tell('reveal', revealData(2));
  assert.equal(connection.view?.phase, 'reveal');
  assert.deepEqual(seen.messages, ['state 1', 'question 2', 'ping 3', 'reveal 4']);
  assert.equal(seen.views, 3);
});

test('what is older is neither shown nor told, what makes no sense is let be', () => {
  const { connection, live, last, seen } = setUp();
  live(runningState(2));
  last().tell(message('question', { epoch: 1, seq: 0 }, questionData(1)));
  last().tell(message('state', { epoch: 0, seq: 99 }, stateData()));
  for (const junk of ['', '{', '[]', 'null', '{"type":"question"}', '{"type":"later","epoch":1,"seq":9,"data":{}}']) {
    last().tellRaw(junk);
  }
  assert.equal(connection.view?.round, 2);
  assert.deepEqual(seen.messages, ['state 1']);
});

test('a message of another epoch asks once for a state, and shows nothing until it comes', () => {
  const { connection, live, last } = setUp();
  live(runningState(1));
  last().tell(message('question', { epoch: 2, seq: 5 }, questionData(2)));
  last().tell(message('answered', { epoch: 2, seq: 6 }, { round: 2, answered: 1 }));
  assert.deepEqual(
    last().sent.map(({ type }) => type),
    ['sync'],
  );
  assert.equal(connection.view?.round, 1);
  last().tell(message('state', { epoch: 2, seq: 6 }, runningState(2)));
  assert.deepEqual([connection.view?.epoch, connection.view?.round], [2, 2]);
  last().tell(message('question', { epoch: 3, seq: 0 }, questionData(3)));
  assert.equal(last().sent.length, 2);
});

test('comes back with full jitter under a bound that doubles, and starts over once a state came', async () => {
  const { sockets, last, timers, live, seen } = setUp({ random: () => 0.999_999 });
  live();
  for (const bound of [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]) {
    last().end(1_006);
    const dialled = sockets.length;
    await timers.advance(bound - 2);
    assert.equal(sockets.length, dialled, `came back before ${bound} ms`);
    await timers.advance(2);
    assert.equal(sockets.length, dialled + 1);
  }
  last().open();
  last().end(1_006);
  const dialled = sockets.length;
  await timers.advance(4_000);
  assert.equal(sockets.length, dialled, 'an open socket without a state is no success');
  await timers.advance(1_000);
  live();
  last().end(1_006);
  await timers.advance(250);
  assert.equal(sockets.length, dialled + 2);
  assert.deepEqual(seen.closed, []);
});

test('a socket that never opens counts as a failure like any other', async () => {
  const { sockets, timers } = setUp();
  await timers.advance(5_000 + 125);
  assert.equal(sockets.length, 2);
  await timers.advance(5_000 + 250);
  assert.equal(sockets.length, 3);
});

test('several addresses are tried in turn', async () => {
  const { sockets, last, timers } = setUp({ url: ['ws://one', 'ws://two', 'ws://three'] });
  for (let n = 0; n < 4; n += 1) {
    last().end(1_006);
    await timers.advance(5_000);
  }
  assert.deepEqual(
    sockets.map(({ url }) => new URL(url).host),
    ['one', 'two', 'three', 'one', 'two'],
  );
});

test('the advice to reconnect is followed to the millisecond, whatever failed before', async () => {
  const { sockets, last, timers, tell, live, connection, seen } = setUp();
  last().end();
  await timers.advance(5_000);
  live();
  tell('reconnect', { after_ms: 321 });
  assert.deepEqual([connection.status, last().closedWith?.code], ['waiting', 1_000]);
  last().end(4_100);
  await timers.advance(320);
  assert.equal(sockets.length, 2);
  await timers.advance(1);
  assert.equal(sockets.length, 3);
  assert.equal(seen.messages.at(-1), 'reconnect 2');
});

for (const [name, { code }] of Object.entries(closeCodes)) {
  const isTerminal = code < 4_100;
  test(`${name} (${code}) ${isTerminal ? 'ends it for good' : 'means come back'}`, async () => {
    const { sockets, last, timers, live, connection, seen } = setUp();
    live();
    const answer = connection.answer(1, 'a');
    last().end(code, name);
    await timers.advance(60_000);
    if (isTerminal) {
      assert.equal(sockets.length, 1);
      assert.equal(connection.status, 'closed');
      assert.deepEqual(seen.closed, [{ code, reason: name }]);
      assert.deepEqual(await answer, { status: 'closed', code });
      assert.equal(timers.pending(), 0);
      assert.deepEqual(await connection.answer(1, 'b'), { status: 'closed', code });
    } else {
      assert.ok(sockets.length > 1);
      assert.deepEqual(seen.closed, []);
    }
  });
}

test('codes that networks make up mean come back', async () => {
  for (const code of [1_000, 1_001, 1_005, 1_006, 1_011, 1_012, 1_013]) {
    const { sockets, last, timers } = setUp();
    last().end(code);
    await timers.advance(5_000);
    assert.ok(sockets.length >= 2, `${code}`);
  }
});

test('an answer is acknowledged: sending at once, accepted with what the ack tells', async () => {
  const { connection, live, last, ack } = setUp();
  live();
  const settled = connection.answer(1, 'a');
  assert.deepEqual(connection.view?.answer, { round: 1, choice: 'a', status: 'sending' });
  const [sent] = last().sent;
  assert.deepEqual([sent?.type, sent?.data], ['answer', { round: 1, choice: 'a' }]);
  ack(sent?.id, { correct: true, points: 7, score: 7, streak: 1 });
  assert.equal((await settled).status, 'accepted');
  assert.deepEqual(connection.view?.answer, { round: 1, choice: 'a', status: 'accepted', correct: true, points: 7 });
  assert.deepEqual(connection.view?.you.answer, { round: 1, choice: 'a' });
  assert.deepEqual([connection.view?.you.score, connection.view?.you.streak], [7, 1]);
});

test('an answer keeps its id over silence, reconnects and taps', async () => {
  const { connection, live, last, timers, ack, answersSent } = setUp();
  live();
  const first = connection.answer(1, 'a');
  assert.equal(connection.answer(1, 'a'), first);
  await timers.advance(3_200);
  last().end();
  await timers.advance(200);
  live();
  const sent = answersSent();
  assert.equal(sent.length, 4, 'once, twice after silence, once on the new socket');
  assert.equal(new Set(sent.map(({ id }) => id)).size, 1);
  ack(sent[0]?.id);
  ack(sent[0]?.id);
  assert.equal((await first).status, 'accepted');
  assert.equal(connection.answer(1, 'a'), first, 'and after the ack it is still the same answer');
  await timers.advance(10_000);
  assert.equal(answersSent().length, 4);
});

test('another choice is another message, and the server says which one counts', async () => {
  const { connection, live, ack, error, answersSent } = setUp();
  live();
  const first = connection.answer(1, 'a');
  ack(answersSent()[0]?.id);
  await first;
  const second = connection.answer(1, 'b');
  const [, sent] = answersSent();
  assert.notEqual(sent?.id, answersSent()[0]?.id);
  error(sent?.id, 'duplicate', { answer: { round: 1, choice: 'a' } });
  assert.equal((await second).status, 'refused');
  assert.deepEqual(connection.view?.answer, { round: 1, choice: 'a', status: 'accepted' });
});

test('a duplicate of the very same choice was accepted before: on another page, with another id', async () => {
  const { connection, live, error, answersSent } = setUp();
  live();
  const settled = connection.answer(1, ['b', 'a']);
  error(answersSent()[0]?.id, 'duplicate', { answer: { round: 1, choice: ['b', 'a'] } });
  assert.equal((await settled).status, 'accepted');
  assert.equal(connection.view?.answer?.status, 'accepted');
});

test('a refused answer may be given again, as a new message', async () => {
  const { connection, live, error, answersSent } = setUp();
  live();
  const refused = connection.answer(1, 'a');
  error(answersSent()[0]?.id, 'not_allowed');
  assert.equal((await refused).status, 'refused');
  assert.deepEqual(connection.view?.answer, { round: 1, choice: 'a', status: 'refused', code: 'not_allowed' });
  void connection.answer(1, 'a');
  assert.equal(new Set(answersSent().map(({ id }) => id)).size, 2);
});

test('retry is not an outcome: the answer goes on', async () => {
  const { connection, live, error, ack, answersSent, timers } = setUp();
  live();
  const settled = connection.answer(1, 'a');
  error(answersSent()[0]?.id, 'retry', { retry_after_ms: 100 });
  assert.equal(connection.view?.answer?.status, 'sending');
  await timers.advance(120);
  assert.equal(answersSent().length, 2);
  ack(answersSent()[1]?.id);
  assert.equal((await settled).status, 'accepted');
});

test('an answer is given up only when its round is over and the server, being there, has long not replied', async () => {
  const { connection, live, tell, timers, last } = setUp();
  live();
  let outcome = '';
  void connection.answer(1, 'a').then(({ status }) => {
    outcome = status;
  });
  const chat = async (seconds: number) => {
    for (let n = 0; n < seconds; n += 1) {
      tell('ping', {});
      await timers.advance(1_000);
    }
  };
  await chat(30);
  assert.equal(outcome, '', 'the round is open as far as anybody knows');
  tell('reveal', revealData(1));
  await chat(9);
  assert.equal(outcome, '', 'a late ack is an ack');
  last().end();
  await timers.advance(50);
  await chat(5);
  assert.equal(outcome, '', 'without a socket nothing is known');
  live(stateData({ phase: 'reveal' }));
  await chat(8);
  assert.equal(outcome, 'unconfirmed');
});

test('a host command is sent until its reply, but not after ten seconds', async () => {
  const { connection, live, last, timers, ack, error, sockets } = setUp();
  live();
  const done = connection.command('extend', { seconds: 10 });
  const [sent] = last().sent;
  assert.deepEqual([sent?.type, sent?.data], ['extend', { seconds: 10 }]);
  ack(sent?.id);
  assert.equal((await done).status, 'accepted');

  const refused = connection.command('start');
  assert.ok(!('data' in (last().sent[1] ?? {})));
  error(last().sent[1]?.id, 'not_allowed');
  assert.equal((await refused).status, 'refused');

  last().end();
  const stale = connection.command('next');
  const before = sockets.length;
  await timers.advance(14_000);
  assert.equal((await stale).status, 'unconfirmed');
  for (const socket of sockets.slice(before)) assert.ok(!socket.sent.some(({ type }) => type === 'next'));
});

test('a half-open socket is missed and replaced, with the answer still going', async () => {
  const { connection, live, sockets, timers, answersSent, ack } = setUp();
  live();
  const settled = connection.answer(1, 'a');
  const from = timers.now();
  while (sockets.length === 1) await timers.advance(100);
  assert.ok(timers.now() - from <= 15_000, 'F11: noticed within 15 s');
  live();
  ack(answersSent().at(-1)?.id);
  assert.equal((await settled).status, 'accepted');
});

test('sync asks for a state on the open socket, wake does not wait for the next attempt', async () => {
  const { connection, live, last, sockets, timers } = setUp();
  connection.sync();
  assert.equal(last().sent.length, 0);
  live();
  connection.sync();
  connection.wake();
  assert.deepEqual(
    last().sent.map(({ type }) => type),
    ['sync', 'sync'],
  );
  last().end();
  assert.equal(connection.status, 'waiting');
  connection.wake();
  assert.equal(sockets.length, 2);
  await timers.advance(4_900);
  assert.equal(sockets.length, 2, 'the attempt that was planned is not made as well');
});

test('close ends it quietly: nothing is left running', async () => {
  const { connection, live, last, timers, seen, sockets } = setUp();
  live();
  const pending = connection.answer(1, 'a');
  connection.close();
  connection.close();
  assert.deepEqual(last().closedWith, { code: 1_000, reason: 'closed by the client' });
  assert.deepEqual(await pending, { status: 'closed', code: 1_000 });
  assert.equal(seen.closed.length, 1);
  last().end();
  await timers.advance(100_000);
  assert.deepEqual([timers.pending(), sockets.length, connection.status], [0, 1, 'closed']);
});

test('close while waiting to come back stays closed', async () => {
  const { connection, last, timers, sockets } = setUp();
  last().end();
  connection.close();
  connection.wake();
  await timers.advance(100_000);
  assert.equal(sockets.length, 1);
});

test('renewed, it comes back over a new socket at once', async () => {
  const { connection, live, sockets, timers, seen } = setUp();
  live();
  connection.renew();
  assert.equal(connection.status, 'waiting');
  await timers.advance(0);
  assert.equal(sockets.length, 2);
  live();
  assert.deepEqual([connection.status, seen.closed], ['live', []]);
  connection.close();
  connection.renew();
  await timers.advance(0);
  assert.equal(sockets.length, 2);
});

test('a listener that throws keeps nobody else from hearing', async (t) => {
  const { connection, live, seen } = setUp();
  const thrown: unknown[] = [];
  const queue = t.mock.method(globalThis, 'queueMicrotask', (call: () => void) => {
    assert.throws(call, /from a listener/);
    thrown.push(call);
  });
  connection.on('view', () => {
    throw new Error('from a listener');
  });
  live();
  queue.mock.restore();
  assert.equal(thrown.length, 1);
  assert.deepEqual([connection.status, seen.messages.length], ['live', 1]);
});

test('who stops listening hears no more', () => {
  const { connection, live, tell } = setUp();
  let heard = 0;
  const off = connection.on('message', () => {
    heard += 1;
  });
  live();
  off();
  tell('ping', {});
  assert.equal(heard, 1);
});

test('two clients of one player use different ids', () => {
  const ids = [0.1, 0.2].map((random) => {
    const { connection, live, answersSent } = setUp({ random: () => random });
    live();
    void connection.answer(1, 'a');
    return answersSent()[0]?.id;
  });
  assert.notEqual(ids[0], ids[1]);
  for (const id of ids) assert.match(id ?? '', /^[0-9a-z]+-\d+$/);
});
