/**
 * The same quiz round the usual way: Socket.IO with its Redis adapter, several processes, scores in Redis. Minimal, and
 * honest: websockets only, commands pipelined by ioredis, one read of the ranking per node and round. It leaves out what
 * Partyline does besides (validation, fencing, resume, results that last), which makes it cheaper, not dearer.
 *
 * Knows one quiz of one room. Told by its parent: `round` opens one on this node for all nodes.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';

export interface OpenRound {
  type: 'round';
  round: number;
  players: number;
}

interface Question {
  round: number;
  prompt: string;
  choices: { id: string; text: string }[];
  server_time_ms: number;
}

interface Reveal {
  round: number;
  correct: string;
  leaderboard: { user_id: string; score: number }[];
}

const { REDIS_URL = '', PREFIX = 'peer' } = process.env;
const correct = 'c1';
const redis = new Redis(REDIS_URL, { enableAutoPipelining: true });
const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  adapter: createAdapter(new Redis(REDIS_URL), new Redis(REDIS_URL), { key: PREFIX }),
});

const prompt = 'of all the things that could be asked about the long and winding rivers of this world '.repeat(2);
const choices = ['c1', 'c2', 'c3', 'c4'].map((id) => ({ id, text: `the river with the name of ${id}` }));
const scores = `${PREFIX}:scores`;
const answersOf = (round: number): string => `${PREFIX}:answers:${round}`;
let open: { round: number; players: number; opened_at: number } | null = null;

function openRound({ round, players }: OpenRound): void {
  const question: Question = { round, prompt, choices, server_time_ms: Date.now() };
  io.serverSideEmit('opened', { round, players, opened_at: question.server_time_ms });
  open = { round, players, opened_at: question.server_time_ms };
  io.emit('question', question);
}

async function answer(
  user_id: string,
  { round, choice }: { round: number; choice: string },
  ack: (reply: object) => void,
): Promise<void> {
  if (open === null || open.round !== round) return ack({ status: 'late' });
  const elapsed_ms = Date.now() - open.opened_at;
  const isFirst = await redis.hsetnx(answersOf(round), user_id, `${choice} ${elapsed_ms}`);
  if (isFirst === 0) return ack({ status: 'duplicate' });
  const points = choice === correct ? Math.round(1_000 * (1 - elapsed_ms / 40_000)) : 0;
  const [, answered] = await Promise.all([
    redis.zincrby(scores, points, user_id),
    redis.incr(`${answersOf(round)}:count`),
  ]);
  ack({ round, status: 'accepted' });
  if (answered === open?.players) await reveal(round);
}

async function reveal(round: number): Promise<void> {
  const best = await redis.zrevrange(scores, 0, 9, 'WITHSCORES');
  const leaderboard: Reveal['leaderboard'] = [];
  for (let at = 0; at < best.length; at += 2)
    leaderboard.push({ user_id: best[at] ?? '', score: Number(best[at + 1]) });
  const shown: Reveal = { round, correct, leaderboard };
  io.serverSideEmit('reveal', shown);
  await tell(shown);
}

/** Each node tells its own players, each with their own result. */
async function tell(shown: Reveal): Promise<void> {
  const ranking = await redis.zrevrange(scores, 0, -1, 'WITHSCORES');
  const answers = await redis.hgetall(answersOf(shown.round));
  const places = new Map<string, { rank: number; score: number }>();
  for (let at = 0; at < ranking.length; at += 2)
    places.set(ranking[at] ?? '', { rank: at / 2 + 1, score: Number(ranking[at + 1]) });
  for (const socket of io.sockets.sockets.values()) {
    const user_id = String(socket.data.user_id);
    const isCorrect = answers[user_id]?.startsWith(`${correct} `) ?? false;
    socket.emit('reveal', { ...shown, you: { correct: isCorrect, ...places.get(user_id) } });
  }
}

io.on('opened', (opened: NonNullable<typeof open>) => {
  open = opened;
});
io.on('reveal', (shown: Reveal) => void tell(shown));
io.on('connection', (socket) => {
  socket.data.user_id = socket.handshake.auth.user_id;
  socket.on('answer', (given, ack) => void answer(String(socket.data.user_id), given, ack));
});
process.on('message', (order: OpenRound) => openRound(order));
process.on('disconnect', () => process.exit(0));
http.listen(0, '127.0.0.1', () => process.send?.({ type: 'ready', port: (http.address() as AddressInfo).port }));
