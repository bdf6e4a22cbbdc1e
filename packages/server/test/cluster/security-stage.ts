/** What an attacker and a counter need of real nodes: every byte a socket was sent, handshakes made by hand, calls from any address. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { ServerMessage, ServerMessageType } from '@partyline/protocol';
import type { RealCluster } from '@partyline/testkit';
import { eventually } from './repeats.ts';

const patienceMs = 15_000;

export interface Wire {
  readonly texts: string[];
  /** The code it is closed with; waits for that, and not for ever. */
  closing(): Promise<number>;
  readonly extensions: string;
  messages(): ServerMessage[];
  send(message: object | string): void;
  /** The first message of this type that fits, past or coming. */
  seen<T extends ServerMessageType>(
    type: T,
    fits?: (message: Extract<ServerMessage, { type: T }>) => boolean,
  ): Promise<Extract<ServerMessage, { type: T }>>;
  /** Sends, and waits for the reply to its id. */
  ask(type: string, data?: object, id?: string): Promise<Extract<ServerMessage, { type: 'ack' | 'error' }>>;
  close(): void;
}

let asked = 0;

export async function openWire(
  port: number,
  party_id: string,
  token: string | null,
  headers: Record<string, string> = {},
): Promise<Wire> {
  const protocols = token === null ? ['partyline.v1'] : ['partyline.v1', `token.${token}`];
  const options = { protocols, headers } as unknown as string[];
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/${party_id}`, options);
  const texts: string[] = [];
  let code: number | null = null;
  // Told its first state, or sent away: what happens from then on comes as a message of its own.
  const settled = new Promise<void>((resolve) => {
    socket.addEventListener('message', () => resolve());
    socket.addEventListener('close', (event) => {
      code = event.code;
      resolve();
    });
  });
  socket.addEventListener('message', ({ data }) => void texts.push(String(data)));
  socket.addEventListener('error', () => undefined);
  await settled;
  const messages = (): ServerMessage[] => texts.map((text) => JSON.parse(text) as ServerMessage);

  async function first<T extends ServerMessage>(what: string, fits: (message: ServerMessage) => boolean): Promise<T> {
    let read = 0;
    let found: ServerMessage | undefined;
    await eventually(what, patienceMs, () => {
      for (; read < texts.length && found === undefined; read += 1) {
        const message = JSON.parse(texts[read] ?? '') as ServerMessage;
        if (fits(message)) found = message;
      }
      return found !== undefined;
    });
    return found as T;
  }
  const send = (message: object | string): void =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));

  return {
    ...{ texts, messages, send },
    extensions: socket.extensions,
    async closing() {
      await eventually('the socket is closed', patienceMs, () => code !== null);
      return code ?? 0;
    },
    seen: (type, fits = () => true) =>
      first(`${type}`, (message) => message.type === type && fits(message as Parameters<typeof fits>[0])),
    ask(type, data, id) {
      asked += 1;
      const own = id ?? `ask-${asked}`;
      send({ type, id: own, ...(data === undefined ? {} : { data }) });
      const isReply = (message: ServerMessage): boolean =>
        (message.type === 'ack' || message.type === 'error') && message.data.id === own;
      return first(`the reply to ${type}`, isReply);
    },
    close: () => socket.close(),
  };
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** The body parsed; null where it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read many shapes and assert each of them.
  json: any;
}

export interface CallTerms {
  method?: string;
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
  /** Of this machine: 127.0.0.0/8 has enough of them. */
  from?: string;
}

/** One HTTP call on a connection of its own. A body that is text or bytes goes out as it is. */
export function callNode(port: number, path: string, terms: CallTerms = {}): Promise<Answered> {
  const { body, token, from, headers = {} } = terms;
  const bytes = body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body);
  const method = terms.method ?? (body === undefined ? 'GET' : 'POST');
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ host: '127.0.0.1', port, path, method, agent: false, ...(from === undefined ? {} : { localAddress: from }) },
      headers: {
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes) }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('latin1');
        const type = String(response.headers['content-type'] ?? '');
        const json = type.includes('json') ? JSON.parse(Buffer.from(text, 'latin1').toString('utf8')) : null;
        resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, text, json });
      });
    });
    sent.end(bytes);
  });
}

/** A handshake by hand: its status, and the headers that came with it. */
export function handshake(
  port: number,
  party_id: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ host: '127.0.0.1', port, path: `/ws/${party_id}`, agent: false },
      headers: {
        ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
        'sec-websocket-key': randomBytes(16).toString('base64'),
        ...headers,
      },
    });
    sent.on('error', reject);
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    sent.on('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    sent.end();
  });
}

export interface Room {
  party_id: string;
  game_id: string;
  room_code: string;
  host_token: string;
}

export interface Member {
  user_id: string;
  nickname: string;
  token: string;
  status: string;
}

/** The port of a node, in turn. */
export function portOf(cluster: RealCluster, turn = 0): number {
  const up = cluster.up();
  return up[turn % up.length]?.port ?? 0;
}

export async function openRoom(
  cluster: RealCluster,
  key: string,
  { questions, settings = {}, title = 'A quiz' }: { questions: object[]; settings?: object; title?: string },
): Promise<Room> {
  const body = { quiz: { title, questions }, settings };
  const reply = await callNode(portOf(cluster), '/api/rooms', { token: key, body });
  assert.equal(reply.status, 201, reply.text);
  return reply.json;
}

export async function joinRoom(cluster: RealCluster, room: Room, body: object, turn = 0): Promise<Member> {
  const reply = await callNode(portOf(cluster, turn), `/api/rooms/${room.room_code}/join`, { body });
  assert.equal(reply.status, 201, reply.text);
  return reply.json;
}

export interface Quick {
  party_id: string;
  game_id: string;
  room_code: string;
  token: string;
}

export async function openQuick(cluster: RealCluster, body: object): Promise<Quick> {
  const opening = { player_id: 'u0', category: 'Science', rounds: 2, timeout: 20, feedback: 'reveal', ...body };
  const reply = await callNode(portOf(cluster), '/api/party/init', { body: opening });
  assert.equal(reply.status, 201, reply.text);
  return reply.json;
}

/** A single question whose right answer says so: for tests alone, players see only what they are shown. */
export function single(over: object = {}): object {
  const choices = [{ text: 'right', correct: true }, { text: 'wrong 1' }, { text: 'wrong 2' }, { text: 'wrong 3' }];
  return { kind: 'single', prompt: 'Which?', time_limit_seconds: 20, choices, ...over };
}

export function choiceId(question: { data: { choices: { id: string; text: string }[] } }, text: string): string {
  const found = question.data.choices.find((choice) => choice.text === text);
  assert.ok(found !== undefined, `there is no choice ${text}`);
  return found.id;
}

/** Everything the nodes have logged since: the nodes keep only their last lines, so they are read often. */
export function watchLogs(cluster: RealCluster): { text(): string; stop(): void } {
  const seen = new Map<string, Set<string>>();
  const look = (): void => {
    for (const node of cluster.nodes) {
      const lines = seen.get(node.name) ?? new Set();
      for (const line of node.log()) lines.add(line);
      seen.set(node.name, lines);
    }
  };
  const timer = setInterval(look, 10);
  return {
    text() {
      look();
      return [...seen.values()].flatMap((lines) => [...lines]).join('\n');
    },
    stop: () => clearInterval(timer),
  };
}

export async function metricsText(cluster: RealCluster): Promise<string> {
  const texts = cluster.up().map(({ adminPort }) => fetch(`http://127.0.0.1:${adminPort}/metrics`));
  return (await Promise.all((await Promise.all(texts)).map((response) => response.text()))).join('\n');
}
