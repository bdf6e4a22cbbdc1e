/**
 * One generator process: up to about 18,000 sockets (a process may have 20,000 files), played as the coordinator orders.
 * It measures and does not judge. Cheap enough not to be the bottleneck: no message is parsed but the first copy of a
 * question.
 */
import { Agent, request } from 'node:http';
import { type Dialect, dialects, type SeenQuestion } from './dialect.ts';
import type { Codes, Collected, Counts, Group, Order, Report } from './orders.ts';
import { RawWebSocket } from './raw-web-socket.ts';
import { Samples } from './samples.ts';

const number = Number(process.argv[2] ?? 0);
const addresses = 4;
const joinsAtOnce = 24;
/** Answers are sent in strides of this many ms, with one timer for all of a stride. */
const strideMs = 4;
const reportMs = 15;

interface Party {
  party_id: string;
  frame: Buffer | null;
  question: SeenQuestion | null;
  firstAt: number;
}

interface Player {
  party: Party;
  user_id: string;
  token: string;
  socket: RawWebSocket | null;
  port: number;
  /** Last byte of its loopback address. */
  address: number;
  sentAt: number;
  droppedAt: number;
  /** Whether this player has been sent a state on any socket. */
  hasState: boolean;
}

const players: Player[] = [];
const counts: Counts = {
  ...{ joined: 0, refused: 0, open: 0, opened: 0, failed: 0, closed: 0, states: 0 },
  ...{ questions: 0, answered: 0, acks: 0, errors: 0, reveals: 0, finished: 0, broadcasts: 0, cut: 0 },
};
const delivery = new Samples();
const skew = new Samples();
const ack = new Samples();
const recovery = new Samples();
let firstAnswerAt = Number.POSITIVE_INFINITY;
let lastAckAt = 0;
let closes: Codes = {};
let errorCodes: Codes = {};
let spreadMs: number | null = null;
let returnWithinMs: number | null = null;
let dialect: Dialect = dialects.partyline;
const strides = new Map<number, Player[]>();
let isChanged = false;

const now = (): number => performance.timeOrigin + performance.now();
const tell = (report: Report): void => void process.send?.(report);

function opened(): void {
  counts.opened += 1;
  counts.open += 1;
  isChanged = true;
}

function text(player: Player, bytes: Buffer, start: number, end: number): void {
  isChanged = true;
  switch (dialect.kind(bytes, start)) {
    case 'question':
      return question(player, bytes, start, end);
    case 'ack': {
      counts.acks += 1;
      const at = now();
      ack.add(at - player.sentAt);
      lastAckAt = at;
      return;
    }
    case 'reveal':
      counts.reveals += 1;
      return;
    case 'state':
      counts.states += 1;
      player.hasState = true;
      if (player.droppedAt > 0) recovery.add(now() - player.droppedAt);
      player.droppedAt = 0;
      return;
    case 'finished':
      counts.finished += 1;
      return;
    case 'error': {
      counts.errors += 1;
      const code = /"code":"(\w+)"/.exec(bytes.toString('utf8', start, end))?.[1] ?? 'unknown';
      errorCodes[code] = (errorCodes[code] ?? 0) + 1;
      if (code === 'retry' || code === 'rate_limited') setTimeout(() => answer(player), 250);
      return;
    }
    case 'hello':
      return greet(player);
    case 'ping':
      if (dialect.pong !== null) player.socket?.send(dialect.pong);
      return;
    default:
      counts.broadcasts += 1;
  }
}

function greet(player: Player): void {
  const greeting = dialect.greeting(player.user_id);
  if (greeting !== null) player.socket?.send(greeting);
}

function question(player: Player, bytes: Buffer, start: number, end: number): void {
  const { party } = player;
  const at = now();
  counts.questions += 1;
  const isSame =
    party.frame !== null &&
    party.frame.length === end - start &&
    bytes.compare(party.frame, 0, end - start, start, end) === 0;
  if (!isSame) {
    party.frame = Buffer.from(bytes.subarray(start, end));
    party.question = dialect.readQuestion(party.frame.toString('utf8'));
    party.firstAt = at;
  }
  delivery.add(at - (party.question?.opened_at ?? at));
  skew.add(at - party.firstAt);
  if (spreadMs === null) return;
  if (spreadMs === 0) return answer(player);
  const stride = Math.ceil((at + Math.random() * spreadMs) / strideMs);
  const due = strides.get(stride);
  if (due !== undefined) return void due.push(player);
  strides.set(stride, [player]);
  setTimeout(
    () => {
      const all = strides.get(stride) ?? [];
      strides.delete(stride);
      for (const one of all) answer(one);
    },
    stride * strideMs - at,
  );
}

function answer(player: Player): void {
  const frames = player.party.question?.answers ?? [];
  const frame = frames[Math.floor(Math.random() * frames.length)];
  if (frame === undefined) return;
  player.sentAt = now();
  firstAnswerAt = Math.min(firstAnswerAt, player.sentAt);
  counts.answered += 1;
  player.socket?.send(frame);
}

function dial(player: Player, settled: () => void): void {
  const { party_id } = player.party;
  player.socket = new RawWebSocket(
    {
      ...{ host: '127.0.0.1', port: player.port, path: dialect.path(party_id) },
      ...{ localAddress: `127.0.${number + 1}.${player.address}`, protocols: dialect.protocols(player.token) },
    },
    {
      open() {
        opened();
        settled();
      },
      text: (bytes, start, end) => text(player, bytes, start, end),
      closed(code, wasOpen) {
        isChanged = true;
        if (wasOpen) {
          counts.open -= 1;
          counts.closed += 1;
          closes[code] = (closes[code] ?? 0) + 1;
        } else {
          counts.failed += 1;
          settled();
        }
        const isCut = wasOpen && code === 1_006 && !player.hasState;
        if (isCut) {
          counts.cut += 1;
          dial(player, () => undefined);
          return;
        }
        if (returnWithinMs === null) return;
        if (wasOpen) player.droppedAt = now();
        setTimeout(() => dial(player, () => undefined), Math.random() * returnWithinMs);
      },
    },
  );
}

async function connectAll(order: Extract<Order, { type: 'connect' }>): Promise<void> {
  dialect = dialects[order.dialect];
  const waiting = players.filter(({ socket }) => socket === null);
  waiting.forEach((player, index) => {
    player.port = order.ports[index % order.ports.length] ?? 0;
  });
  let next = 0;
  async function lane(): Promise<void> {
    for (let player = waiting[next++]; player !== undefined; player = waiting[next++]) {
      const dialled = player;
      await new Promise<void>((resolve) => dial(dialled, resolve));
    }
  }
  await Promise.all(Array.from({ length: order.at_once }, lane));
}

async function joinAll({ ports, groups }: Extract<Order, { type: 'join' }>): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: joinsAtOnce });
  const joining: (() => Promise<void>)[] = [];
  for (const group of groups) {
    const party: Party = { party_id: group.party_id, frame: null, question: null, firstAt: 0 };
    for (let index = 0; index < group.players; index += 1) {
      const name = `p${group.first + index}`;
      const player: Player = {
        ...{ party, user_id: name, token: '', socket: null, port: 0 },
        ...{ address: 1 + (players.length % addresses), sentAt: 0, droppedAt: 0, hasState: false },
      };
      players.push(player);
      const { join } = group;
      if (join === null) counts.joined += 1;
      else joining.push(() => joinOne(player, { join, agent, port: ports[joining.length % ports.length] ?? 0 }));
    }
  }
  let next = 0;
  async function lane(): Promise<void> {
    for (let call = joining[next++]; call !== undefined; call = joining[next++]) await call();
  }
  await Promise.all(Array.from({ length: joinsAtOnce }, lane));
  agent.destroy();
}

async function joinOne(
  player: Player,
  { join, agent, port }: { join: NonNullable<Group['join']>; agent: Agent; port: number },
): Promise<void> {
  const nickname = player.user_id;
  const body = JSON.stringify(join.body === 'room' ? { nickname } : { user_id: player.user_id, nickname });
  const { status, text: reply } = await post(port, join.path, { body, agent });
  isChanged = true;
  if (status >= 300) {
    counts.refused += 1;
    errorCodes[`join ${status}`] = (errorCodes[`join ${status}`] ?? 0) + 1;
    return;
  }
  player.token = (JSON.parse(reply) as { token: string }).token;
  counts.joined += 1;
}

function post(
  port: number,
  path: string,
  { body, agent }: { body: string; agent: Agent },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}

function some(share: number, act: (player: Player) => void): void {
  for (const player of players.slice(0, Math.round(players.length * share))) act(player);
}

function collected(): Collected {
  const taken: Collected = {
    ...{ delivery: delivery.take(), skew: skew.take(), ack: ack.take(), recovery: recovery.take() },
    ...{ first_answer_at: firstAnswerAt, last_ack_at: lastAckAt, closes, error_codes: errorCodes },
  };
  firstAnswerAt = Number.POSITIVE_INFINITY;
  lastAckAt = 0;
  closes = {};
  errorCodes = {};
  return taken;
}

async function obey(order: Order): Promise<void> {
  switch (order.type) {
    case 'join':
      return joinAll(order);
    case 'connect':
      return connectAll(order);
    case 'answer':
      spreadMs = order.spread_ms;
      return;
    case 'return':
      returnWithinMs = order.within_ms;
      return;
    case 'drop':
      return some(order.share, (player) => player.socket?.drop());
    case 'stall':
      return some(order.share, (player) => player.socket?.stall());
    case 'collect':
      return tell({ type: 'collected', collected: collected() });
  }
}

process.on('message', (order: Order) => {
  const startedAt = performance.now();
  obey(order).then(
    () => {
      tell({ type: 'counts', counts, closes, errors: errorCodes });
      tell({ type: 'done', of: order.type, ms: performance.now() - startedAt });
    },
    (error: unknown) => tell({ type: 'failed', message: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
setInterval(() => {
  if (!isChanged) return;
  isChanged = false;
  tell({ type: 'counts', counts, closes, errors: errorCodes });
}, reportMs);
