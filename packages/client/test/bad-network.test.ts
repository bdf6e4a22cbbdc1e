/**
 * The client against a small server on a network that loses sockets, replies and whole nodes: every answer is settled,
 * counts once and as first given, and the screen ends where the server does. Seeded; a failing seed can be run again.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type AnswerChoice,
  encodeFrame,
  parseClientMessage,
  type ServerData,
  type ServerMessageType,
} from '@partyline/protocol';
import { between, createMemoryNetwork, type SeededRandom, seededRandom } from '@partyline/testkit';
import { createBot } from '../src/bot.ts';
import { createConnection } from '../src/connection.ts';
import type { Outcome } from '../src/outbox.ts';
import { message, partyId, questionData, revealData, runningState, stateData } from './samples.ts';
import { virtualTimers } from './virtual-timers.ts';

type Network = ReturnType<typeof createMemoryNetwork>;
type Sockets = Set<{ send(text: string): unknown; close(code: number, reason: string): void; context: unknown }>;

const rounds = 6;
const roundMs = 8_000;
const limits = {
  max_message_bytes: 4_096,
  max_body_bytes: 4_096,
  max_backpressure_bytes: 65_536,
  idle_timeout_seconds: 60,
  pings: 'automatic' as const,
  request_deadline_ms: 5_000,
  trusted_proxies: [],
};

/** What all nodes share: one history, and the first answer of each player and round. */
interface Live {
  epoch: number;
  seq: number;
  phase: 'lobby' | 'question' | 'reveal' | 'finished';
  round: number;
  closes_at: number;
  stored: Map<string, { id: string; choice: AnswerChoice }>;
}

const keyOf = (user_id: string, round: number) => `${user_id} ${round}`;

async function startNode(network: Network, live: Live, at: { random: SeededRandom; now: () => number; port: number }) {
  const sockets: Sockets = new Set();
  const node = network.node();
  const state = (user_id: string): ServerData<'state'> => {
    const { stored, round, phase, closes_at } = live;
    const choice = stored.get(keyOf(user_id, round))?.choice;
    const you = { ...stateData().you, user_id, answer: choice === undefined ? null : { round, choice } };
    const left = Math.max(0, closes_at - at.now());
    if (phase === 'question') return runningState(round, { you, rounds, closes_in_ms: left });
    return stateData({ phase, round, rounds, you, reveal: phase === 'reveal' ? revealData(round) : null });
  };
  const listening = await node.transport.listen<string>({ host: '', port: at.port }, limits, {
    http: async () => ({ status: 404, headers: {}, body: '' }),
    upgrade: ({ protocols }) => ({ accept: true, context: protocols[1]?.slice(6) ?? '', protocol: 'partyline.v1' }),
    open(socket) {
      sockets.add(socket);
      socket.send(encodeFrame('state', live, state(socket.context)));
    },
    message(socket, text) {
      const parsed = parseClientMessage(text);
      if (!parsed.ok) throw new Error(parsed.detail);
      const { message: said } = parsed;
      if (said.type === 'sync') return void socket.send(encodeFrame('state', live, state(socket.context)));
      if (said.type !== 'answer') return;
      const { id, data } = said;
      if (at.random() < 0.15) return void socket.send(encodeFrame('error', live, { id, code: 'retry', detail: '' }));
      const key = keyOf(socket.context, data.round);
      const isOpen = live.phase === 'question' && live.round === data.round && at.now() <= live.closes_at;
      if (isOpen && !live.stored.has(key)) live.stored.set(key, { id, choice: data.choice });
      if (at.random() < 0.2) return; // the reply is lost
      const first = live.stored.get(key);
      if (first?.id === id) socket.send(encodeFrame('ack', live, { id, round: data.round, status: 'accepted' }));
      else if (first === undefined) socket.send(encodeFrame('error', live, { id, code: 'late', detail: '' }));
      else {
        const answer = { round: data.round, choice: first.choice };
        socket.send(encodeFrame('error', live, { id, code: 'duplicate', detail: '', answer }));
      }
    },
    closed: (socket) => void sockets.delete(socket),
  });
  return {
    ...listening,
    die: node.die,
    tell(type: ServerMessageType, data: object) {
      const frame = JSON.stringify(message(type, live, data as never));
      for (const socket of sockets) if (at.random() < 0.9) socket.send(frame);
    },
    sendAway() {
      for (const socket of sockets) {
        socket.send(encodeFrame('reconnect', live, { after_ms: between(at.random, 0, 300) }));
        socket.close(4_100, 'draining');
      }
    },
  };
}

async function play(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const timers = virtualTimers();
  const network = createMemoryNetwork({ deliver: (step) => void timers.after(between(random, 0, 30), step) });
  const live: Live = { epoch: 1, seq: 0, phase: 'lobby', round: 1, closes_at: 0, stored: new Map() };
  const at = { random, now: timers.now };
  const ports = [9_001, 9_002];
  const nodes = await Promise.all(ports.map((port) => startNode(network, live, { ...at, port })));
  const sockets: InstanceType<Network['WebSocket']>[] = [];
  const WebSocket = class extends network.WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  };
  const settled: { user_id: string; round: number; outcome: Outcome }[] = [];
  const given = new Map<string, AnswerChoice>();
  const clients = ['ada', 'bob', 'cy'].map((user_id, index) => {
    const url = [...ports.slice(index % 2), ...ports.slice(0, index % 2)].map((port) => `ws://node:${port}`);
    const connection = createConnection({ url, party_id: partyId, token: user_id, WebSocket, timers, random });
    let shown = { epoch: 0, seq: -1 };
    connection.on('view', (view) => {
      const isForward = view.epoch > shown.epoch || (view.epoch === shown.epoch && view.seq >= shown.seq);
      assert.ok(isForward, `seed ${seed}: the screen went back`);
      shown = view;
    });
    createBot({
      connection,
      timers,
      think({ round, choices }) {
        const choice = choices[between(random, 0, 1)]?.id ?? '';
        given.set(keyOf(user_id, round), choice);
        return { choice, after_ms: between(random, 0, 3_000) };
      },
      answered: (round, outcome) => settled.push({ user_id, round, outcome }),
    });
    return connection;
  });

  const trouble = async () => {
    const dice = random();
    if (dice < 0.25) for (const socket of sockets) if (random() < 0.4) socket.vanish();
    if (dice > 0.25 && dice < 0.4) for (const socket of sockets) if (random() < 0.3) socket.freeze();
    if (dice > 0.4 && dice < 0.5) nodes[between(random, 0, 1)]?.sendAway();
    if (dice > 0.5 && dice < 0.6) {
      const which = between(random, 0, 1);
      nodes[which]?.die();
      await timers.advance(between(random, 0, 800));
      nodes[which] = await startNode(network, live, { ...at, port: ports[which] ?? 0 });
    }
  };
  const tellAll = (type: ServerMessageType, data: object) => {
    live.seq += 1;
    for (const node of nodes) node.tell(type, data);
  };

  await timers.advance(500);
  for (let round = 1; round <= rounds; round += 1) {
    Object.assign(live, { phase: 'question', round, closes_at: timers.now() + roundMs });
    tellAll('question', questionData(round, { closes_in_ms: roundMs, rounds }));
    for (let part = 0; part < 4; part += 1) {
      await timers.advance(roundMs / 4);
      await trouble();
    }
    live.phase = 'reveal';
    tellAll('reveal', revealData(round));
    await timers.advance(2_000);
    if (random() < 0.2) Object.assign(live, { epoch: live.epoch + 1, seq: 0 });
  }
  await timers.advance(60_000);
  for (const connection of clients) connection.sync();
  await timers.advance(1_000);

  for (const { user_id, round, outcome } of settled) {
    const stored = live.stored.get(keyOf(user_id, round))?.choice;
    if (outcome.status === 'accepted') assert.equal(stored, given.get(keyOf(user_id, round)), `seed ${seed}: I1`);
    else
      assert.equal(
        stored,
        undefined,
        `seed ${seed}: ${user_id} ${round} counts, and was told ${JSON.stringify(outcome)}`,
      );
  }
  const told = settled.map(({ user_id, round }) => keyOf(user_id, round));
  assert.deepEqual(told.toSorted(), [...given.keys()].toSorted(), `seed ${seed}: every answer is settled, once`);
  for (const connection of clients) {
    const { epoch, seq, round, phase } = connection.view ?? {};
    assert.deepEqual(
      { epoch, seq, round, phase },
      { epoch: live.epoch, seq: live.seq, round: rounds, phase: 'reveal' },
    );
    connection.close();
  }
  assert.ok(settled.length >= rounds, `seed ${seed}: only ${settled.length} answers were given`);
  await timers.advance(120_000);
  assert.equal(timers.pending(), 0, `seed ${seed}: timers are left`);
  for (const node of nodes) await node.close();
}

test('answers settle once and count once, screens go forward and end alike: 40 seeds', {
  timeout: 60_000,
}, async () => {
  for (let seed = 1; seed <= 40; seed += 1) await play(seed);
});
