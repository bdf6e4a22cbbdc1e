/** A quick party on a real cluster, played by recorded players spread over its nodes, and judged at the end. */
import assert from 'node:assert/strict';
import { graceMs, type StoredResults, timedPoints } from '@partyline/core';
import { checkHistory } from '../history/check-history.ts';
import { ackedAnswers, createHistory, type History } from '../history/history.ts';
import { createRecordedPlayer, type Dial, type RecordedPlayer } from '../history/recorded-player.ts';
import { seededRandom } from '../simulation/seeded-random.ts';
import type { RealCluster } from './real-cluster.ts';

export interface GameOptions {
  players: number;
  rounds: number;
  /** Seconds, 5-300. */
  timeout: number;
  feedback?: 'instant' | 'reveal';
  reveal_seconds?: number;
  advance_when_all_answered?: boolean;
  thinks?: [number, number];
  lazy?: number;
}

export interface RealGame {
  readonly party_id: string;
  readonly token: string;
  readonly players: RecordedPlayer[];
  readonly history: History;
  /** Waits until somebody has seen this message; returns when it came (monotonic ms). */
  seen(type: string, round: number, limit_ms?: number): Promise<number>;
  finished(limit_ms: number): Promise<void>;
  /** Asserts the invariants from the history and from what is stored. */
  check(at?: { extra_ms?: number; lost_rounds?: number[] }): Promise<StoredResults>;
}

const timers = {
  after(ms: number, call: () => void) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

const now = (): number => performance.now();

export async function playRealGame(cluster: RealCluster, options: GameOptions): Promise<RealGame> {
  const { rounds, timeout, feedback = 'reveal', reveal_seconds = 1, advance_when_all_answered = true } = options;
  const history = createHistory();
  const opening = {
    player_id: 'u0',
    category: await categoryWith(rounds, cluster),
    rounds,
    timeout,
    feedback,
    reveal_seconds,
    advance_when_all_answered,
  };
  const init = await cluster.call<{ party_id: string; token: string }>('POST', '/api/party/init', opening);
  assert.equal(init.status, 201, JSON.stringify(init.body));
  const { party_id, token } = init.body;
  const random = seededRandom(rounds * 1_000 + options.players);
  const dial = realDial(cluster, party_id);
  const players: RecordedPlayer[] = [];
  const leave = (): void => {
    for (const player of players) player.leave();
  };
  // Otherwise they would dial on after a test that failed, and keep its process.
  cluster.atEnd(leave);
  const add = (user_id: string, playerToken: string): void => {
    const thinks = options.thinks ?? [100, 1_500];
    const ports = { dial, now, timers, random, history, thinks, lazy: options.lazy ?? 0 };
    players.push(createRecordedPlayer({ ...ports, name: user_id, user_id, token: playerToken }));
  };
  const joined = await Promise.all(
    Array.from({ length: options.players - 1 }, async (_, index) => {
      const user_id = `u${index + 1}`;
      const reply = await cluster.call<{ token: string }>('POST', `/api/party/${party_id}/join`, { user_id });
      assert.equal(reply.status, 200, JSON.stringify(reply.body));
      return { user_id, token: reply.body.token };
    }),
  );
  for (const player of joined) add(player.user_id, player.token);
  add('u0', token);

  async function until<T>(what: string, limit_ms: number, look: () => T | null | Promise<T | null>): Promise<T> {
    const end = now() + limit_ms;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      if (now() > end)
        throw new Error(
          `${what} did not happen within ${limit_ms} ms: ${JSON.stringify(players.filter((player) => !player.isDone()).map((player) => [player.user_id, player.seen()]))}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  return {
    party_id,
    token,
    players,
    history,
    seen: (type, round, limit_ms = 20_000) =>
      until(`${type} of round ${round}`, limit_ms, () => {
        const found = history.received.find(
          ({ message }) => message.type === type && 'round' in message.data && message.data.round === round,
        );
        return found?.at ?? null;
      }),
    async finished(limit_ms) {
      await until('the end', limit_ms, async () => {
        if (!players.every((player) => player.isDone())) return null;
        return (await cluster.postgres.archive.leaderboard(party_id).catch(() => null)) === null ? null : true;
      });
    },
    async check({ extra_ms = 0, lost_rounds = [] } = {}) {
      const results = await cluster.postgres.archive.results(party_id, null);
      assert.ok(results !== null, 'there are no results');
      const limit_ms = timeout * 1_000;
      const violations = checkHistory(history, {
        stored: { results, party_players: [], games: 1 },
        window_ms: limit_ms + graceMs + extra_ms,
        lost_rounds,
        pointsOf: ({ correct, elapsed_ms }) =>
          correct === true ? Math.round(timedPoints('kahoot', 1_000, { elapsed_ms, limit_ms })) : 0,
      });
      assert.deepEqual(violations, []);
      assert.ok(ackedAnswers(history).length >= rounds, 'too few answers were acknowledged to prove anything');
      leave();
      return results;
    },
  };
}

/** The questions that come with Partyline do for so many rounds. */
const sownQuestions = 30;

/** A category with at least so many questions: one of those sown, or one that is made for a long game. */
async function categoryWith(rounds: number, { postgres }: Pick<RealCluster, 'postgres'>): Promise<string> {
  if (rounds <= sownQuestions) return 'Science';
  const category = 'Rehearsal';
  const questions = Array.from({ length: rounds }, (_, index) => ({
    ...{ category, question: `How much is ${index} and one?`, answer: `${index + 1}`, difficulty: null },
    wrong: [`${index}`, `${index + 2}`, `${index + 3}`] as [string, string, string],
  }));
  await postgres.addQuestions(questions, { source: 'a test', licence: 'none' });
  return category;
}

/** Nodes in turn, as a load balancer would; a node that is down is not tried. */
export function realDial(cluster: Pick<RealCluster, 'up'>, party_id: string): Dial {
  let next = 0;
  return (protocols, on) => {
    const up = cluster.up();
    const node = up[next % Math.max(1, up.length)];
    next += 1;
    if (node === undefined) return Promise.resolve(null);
    return new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${node.port}/ws/${party_id}`, protocols);
      let isOpen = false;
      socket.addEventListener('open', () => {
        isOpen = true;
        resolve({ send: (text) => socket.send(text), close: () => socket.close() });
      });
      socket.addEventListener('message', (event) => on.text(String(event.data)));
      socket.addEventListener('close', (event) => {
        if (isOpen) on.closed(event.code);
      });
      // Node's WebSocket says nothing but this of a connection that never opened.
      socket.addEventListener('error', () => resolve(null));
    });
  };
}
