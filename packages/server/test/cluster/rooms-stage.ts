/** Three real nodes with two host keys, and screens that are plain sockets: what the tests of rooms play on. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { AuthoredQuestion, Settings } from '@partyline/core';
import type { ServerData, ServerMessage, ServerMessageType } from '@partyline/protocol';
import { type RealCluster, realCluster } from '@partyline/testkit';
import { eventually } from './repeats.ts';

const patienceMs = 15_000;

export interface Reply<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Asked {
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

/** A refusal, or whatever else a call answers. */
// biome-ignore lint/suspicious/noExplicitAny: tests read many shapes and assert each of them.
export type Loose = any;

export interface Opened {
  party_id: string;
  game_id: string;
  room_code: string;
  host_token: string;
}

export interface Joined {
  user_id: string;
  nickname: string;
  token: string;
  team?: string;
  status: string;
}

/** Subtests that run beside each other; `done` is to be awaited. */
export function together(t: TestContext): {
  check: (name: string, run: (t: TestContext) => Promise<void>) => void;
  done: () => Promise<unknown>;
} {
  const running: Promise<void>[] = [];
  return {
    check: (name, run) => void running.push(t.test(name, run)),
    done: () => Promise.all(running),
  };
}

export type PlayerScreen = Screen & { user_id: string };

export interface RoomStage {
  readonly cluster: RealCluster;
  readonly key: string;
  readonly otherKey: string;
  /** One call, each on the next node. */
  call<T = Loose>(method: string, path: string, asked?: Asked): Promise<Reply<T>>;
  /** Opens a room with an inline quiz. */
  open(questions: AuthoredQuestion[], settings?: Partial<Settings> | object): Promise<Opened>;
  join(room: Opened, body: object): Promise<Joined>;
  /** A socket to one of the nodes. */
  screen(party_id: string, token: string, node: number): Promise<Screen>;
  /** Joins and connects, each player on the next node. */
  players(room: Opened, names: string[]): Promise<PlayerScreen[]>;
  host(room: Opened, node?: number): Promise<Screen>;
  saved(room: Opened): Promise<void>;
}

export async function roomStage(t: TestContext, env: Record<string, string> = {}): Promise<RoomStage> {
  const cluster = await realCluster(t, { env });
  const { key } = await cluster.postgres.hostKeys.create('one');
  const { key: otherKey } = await cluster.postgres.hostKeys.create('another');
  const screens: Screen[] = [];
  t.after(() => {
    for (const screen of screens) screen.close();
  });
  let turn = 0;

  async function call<T = Loose>(method: string, path: string, asked: Asked = {}): Promise<Reply<T>> {
    const up = cluster.up();
    const node = up[turn++ % up.length];
    const isRaw = typeof asked.body === 'string' || asked.body instanceof Uint8Array;
    const response = await fetch(`http://127.0.0.1:${node?.port}${path}`, {
      method,
      headers: {
        ...(asked.body === undefined
          ? {}
          : { 'content-type': isRaw ? 'application/octet-stream' : 'application/json' }),
        ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
        ...asked.headers,
      },
      ...(asked.body === undefined ? {} : { body: isRaw ? (asked.body as string) : JSON.stringify(asked.body) }),
    });
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const bytes = Buffer.from(await response.arrayBuffer());
    const body = isJson ? JSON.parse(bytes.toString('utf8')) : bytes;
    return { status: response.status, headers: response.headers, body };
  }

  async function screen(party_id: string, token: string, at: number): Promise<Screen> {
    const node = cluster.up()[at % cluster.up().length];
    const opened = openScreen(`ws://127.0.0.1:${node?.port}/ws/${party_id}`, token);
    screens.push(opened);
    await opened.seen('state');
    return opened;
  }

  async function join(room: Opened, body: object): Promise<Joined> {
    const reply = await call('POST', `/api/rooms/${room.room_code}/join`, { body });
    assert.equal(reply.status, 201, JSON.stringify(reply.body));
    return reply.body;
  }

  return {
    cluster,
    key,
    otherKey,
    call,
    async open(questions, settings = {}) {
      const body = { quiz: { title: 'A quiz', questions }, settings };
      const reply = await call('POST', '/api/rooms', { token: key, body });
      assert.equal(reply.status, 201, JSON.stringify(reply.body));
      return reply.body;
    },
    join,
    screen,
    async players(room, names) {
      const players: PlayerScreen[] = [];
      for (const [index, nickname] of names.entries()) {
        const { user_id, token } = await join(room, { nickname });
        players.push(Object.assign(await screen(room.party_id, token, index + 1), { user_id }));
      }
      return players;
    },
    host: (room, node = 0) => screen(room.party_id, room.host_token, node),
    async saved({ party_id, host_token }) {
      await eventually('the results are saved', patienceMs, async () => {
        return (await call('GET', `/api/party/${party_id}/results`, { token: host_token })).status === 200;
      });
    },
  };
}

export interface Screen {
  readonly token: string;
  readonly frames: ServerMessage[];
  /** The first such message, past or coming. */
  seen<T extends ServerMessageType>(type: T, is?: (data: ServerData<T>) => boolean): Promise<ServerData<T>>;
  /** Sends a message and waits for the reply to its id: `'ok'`, or the code it was refused with. */
  say(type: string, data?: object, id?: string): Promise<string>;
  /** The same, with the whole reply. */
  ask(type: string, data?: object, id?: string): Promise<ServerMessage>;
  state(): Promise<ServerData<'state'>>;
  count(type: ServerMessageType): number;
  /** Resolves to the close code. */
  readonly closed: Promise<number>;
  close(): void;
}

function openScreen(url: string, token: string): Screen {
  const socket = new WebSocket(url, ['partyline.v1', `token.${token}`]);
  const frames: ServerMessage[] = [];
  const waiting = new Set<() => void>();
  // Ids must differ between all screens of one host: the same id is the same command.
  const prefix = randomUUID().slice(0, 8);
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `${prefix}-${ids}`;
  };
  socket.addEventListener('message', (event) => {
    frames.push(JSON.parse(String(event.data)));
    for (const look of [...waiting]) look();
  });
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', (event) => resolve(event.code));
  });
  socket.addEventListener('error', () => undefined);

  function until<T>(what: string, find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (act: () => void): void => {
        clearTimeout(limit);
        waiting.delete(look);
        act();
      };
      const look = (): void => {
        const found = find();
        if (found !== undefined) end(() => resolve(found));
      };
      const limit = setTimeout(() => {
        const seen = frames.map(({ type }) => type).slice(-30);
        end(() => reject(new Error(`${what} did not come within ${patienceMs} ms; came: ${seen.join(' ')}`)));
      }, patienceMs);
      waiting.add(look);
      look();
    });
  }

  async function ask(type: string, data?: object, id = newId()): Promise<ServerMessage> {
    const from = frames.length;
    socket.send(JSON.stringify({ type, id, ...(data === undefined ? {} : { data }) }));
    return until(`the reply to ${type}`, () =>
      frames.slice(from).find((frame) => (frame.type === 'ack' || frame.type === 'error') && frame.data.id === id),
    );
  }

  return {
    token,
    frames,
    seen<T extends ServerMessageType>(type: T, is: (data: ServerData<T>) => boolean = () => true) {
      return until(type, () => {
        const found = frames.find((frame) => frame.type === type && is(frame.data as ServerData<T>));
        return found?.data as ServerData<T> | undefined;
      });
    },
    ask,
    async say(type, data, id) {
      const reply = await ask(type, data, id);
      return reply.type === 'error' ? reply.data.code : 'ok';
    },
    async state() {
      const from = frames.length;
      socket.send(JSON.stringify({ type: 'sync', id: newId() }));
      const found = await until('a state', () => frames.slice(from).find(({ type }) => type === 'state'));
      return found.data as ServerData<'state'>;
    },
    count: (type) => frames.filter((frame) => frame.type === type).length,
    closed,
    close: () => socket.close(),
  };
}

/** Plays one round: everybody says their choice, `null` stays silent, and the host moves to the reveal. */
export async function playRound(
  host: Screen,
  round: number,
  answers: [Screen, unknown][],
): Promise<ServerData<'reveal'>> {
  await host.seen('question', (data) => data.round === round);
  for (const [player, choice] of answers) {
    await player.seen('question', (data) => data.round === round);
    if (choice !== null) assert.equal(await player.say('answer', { round, choice }), 'ok');
  }
  await host.say('next');
  return host.seen('reveal', (data) => data.round === round);
}

/** Ids of the choices with these texts, as this party shows them. */
export async function idsOf(screen: Screen, round: number, texts: string[]): Promise<string[]> {
  const { choices } = await screen.seen('question', (data) => data.round === round);
  return texts.map((text) => {
    const choice = choices.find((candidate) => candidate.text === text);
    assert.ok(choice !== undefined, `no choice ${text}`);
    return choice.id;
  });
}
