import assert from 'node:assert/strict';
import test from 'node:test';
import type { ClientMessage, ErrorData } from '@partyline/protocol';
import { createOutbox, type Outcome } from '../src/outbox.ts';
import { message } from './samples.ts';
import { virtualTimers } from './virtual-timers.ts';

const at = { epoch: 1, seq: 1 };
const resendMs = 1_000;

function setUp(random = 0.5) {
  const timers = virtualTimers();
  const outbox = createOutbox({ timers, random: () => random, resend_ms: resendMs });
  const sent: string[] = [];
  const outcomes: Record<string, Outcome> = {};
  return {
    timers,
    outbox,
    sent,
    outcomes,
    open: () => outbox.opened((text) => sent.push((JSON.parse(text) as ClientMessage).id)),
    add(id: string, isMoot: (sentFirstAt: number) => boolean = () => false) {
      outbox.add({ type: 'next', id }, isMoot, (outcome) => {
        assert.ok(!(id in outcomes), `${id} was settled twice`);
        outcomes[id] = outcome;
      });
    },
    ack: (id: string) => outbox.heard(message('ack', at, { id, round: 1, status: 'accepted' })),
    error: (id: string | null, code: ErrorData['code'], more: Partial<ErrorData> = {}) =>
      outbox.heard(message('error', at, { id, code, detail: 'why', ...more })),
  };
}

test('a message waits for a socket, then goes out, and its ack settles it', async () => {
  const { outbox, sent, outcomes, timers, open, add, ack } = setUp();
  add('a');
  await timers.advance(10_000);
  assert.deepEqual(sent, []);
  open();
  assert.deepEqual(sent, ['a']);
  ack('a');
  assert.equal(outcomes.a?.status, 'accepted');
  await timers.advance(10_000);
  assert.deepEqual(sent, ['a']);
  assert.equal(timers.pending(), 0);
  assert.equal(outbox.waitingSince(), null);
});

test('silence is answered by sending again, with the same id, until the ack', async () => {
  const { sent, timers, open, add, ack } = setUp();
  open();
  add('a');
  await timers.advance(3_500);
  assert.deepEqual(sent, ['a', 'a', 'a', 'a']);
  ack('a');
  ack('a');
  await timers.advance(5_000);
  assert.equal(sent.length, 4);
});

test('a new socket gets everything that waits, in order, and the clock starts again', async () => {
  const { outbox, sent, timers, open, add } = setUp();
  open();
  add('a');
  add('b');
  await timers.advance(900);
  outbox.lost();
  assert.equal(outbox.waitingSince(), null);
  await timers.advance(200);
  assert.deepEqual(sent, ['a', 'b'], 'nothing goes out without a socket');
  open();
  assert.deepEqual(sent, ['a', 'b', 'a', 'b']);
  await timers.advance(900);
  assert.equal(sent.length, 4);
  await timers.advance(200);
  assert.deepEqual(sent.slice(4), ['a', 'b']);
});

test('retry and rate_limited are waited out as long as the server says, then sent again', async () => {
  for (const code of ['retry', 'rate_limited'] as const) {
    const { outbox, sent, timers, open, add, error, outcomes } = setUp();
    open();
    add('a');
    error('a', code, { retry_after_ms: 4_000 });
    assert.equal(outbox.waitingSince(), null, 'a reply came: nothing is overdue');
    await timers.advance(3_900);
    assert.deepEqual(sent, ['a']);
    await timers.advance(200);
    assert.deepEqual(sent, ['a', 'a']);
    assert.deepEqual(outcomes, {});
  }
});

test('any other error settles it, with the answer that counts instead', () => {
  const { outcomes, open, add, error } = setUp();
  open();
  for (const code of ['late', 'wrong_round', 'not_allowed', 'invalid'] as const) {
    add(code);
    error(code, code);
    assert.deepEqual(outcomes[code], { status: 'refused', code, detail: 'why', answer: null });
  }
  add('dup');
  error('dup', 'duplicate', { answer: { round: 1, choice: 'b' } });
  assert.deepEqual(outcomes.dup, {
    status: 'refused',
    code: 'duplicate',
    detail: 'why',
    answer: { round: 1, choice: 'b' },
  });
});

test('an error code of a newer server is final', () => {
  const { outcomes, open, add, error } = setUp();
  open();
  add('a');
  error('a', 'made_up' as ErrorData['code']);
  assert.equal(outcomes.a?.status, 'refused');
});

test('replies to nothing that waits are let be', () => {
  const { outcomes, open, add, ack, error } = setUp();
  open();
  add('a');
  ack('b');
  error(null, 'invalid');
  error('c', 'late');
  assert.deepEqual(outcomes, {});
});

test('what has become moot is given up at the next try, not before', async () => {
  const { outcomes, open, add, timers, sent } = setUp();
  open();
  let isMoot = false;
  add('a', () => isMoot);
  await timers.advance(1_500);
  isMoot = true;
  assert.deepEqual(outcomes, {});
  await timers.advance(1_000);
  assert.deepEqual(outcomes, { a: { status: 'unconfirmed' } });
  assert.equal(sent.length, 2);
});

test('mootness is judged from when the message was first given, socket or not', async () => {
  const { outcomes, add, timers } = setUp();
  const from = timers.now();
  add('a', (sentFirstAt) => timers.now() - sentFirstAt >= 2_500 && sentFirstAt === from);
  await timers.advance(5_000);
  assert.equal(outcomes.a?.status, 'unconfirmed');
});

test('closing settles everything as closed', () => {
  const { outbox, outcomes, open, add, timers } = setUp();
  add('a');
  open();
  add('b');
  outbox.close(4_002);
  assert.deepEqual(outcomes, { a: { status: 'closed', code: 4_002 }, b: { status: 'closed', code: 4_002 } });
  assert.equal(timers.pending(), 0);
});

test('the oldest message on this socket tells since when a reply is due', async () => {
  const { outbox, open, add, ack, timers } = setUp();
  open();
  add('a');
  const first = timers.now();
  await timers.advance(400);
  add('b');
  assert.equal(outbox.waitingSince(), first);
  await timers.advance(1_000);
  assert.equal(outbox.waitingSince(), first, 'sending again does not hide how long it has been');
  ack('a');
  assert.equal(outbox.waitingSince(), first + 400);
});

test('clients resend a little apart from each other', async () => {
  for (const [random, ms] of [
    [0, 900],
    [0.999_99, 1_100],
  ] as const) {
    const { sent, timers, open, add } = setUp(random);
    open();
    add('a');
    await timers.advance(ms - 2);
    assert.equal(sent.length, 1);
    await timers.advance(3);
    assert.equal(sent.length, 2);
  }
});
