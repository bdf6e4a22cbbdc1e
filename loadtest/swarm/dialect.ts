/**
 * How a server's messages are told apart without parsing them, and what it is sent. Of a message shared by a party only
 * the first copy is parsed; every other one is compared to it byte by byte.
 */
import { textFrame } from './raw-web-socket.ts';

export type Kind =
  | 'question'
  | 'ack'
  | 'reveal'
  | 'state'
  | 'finished'
  | 'error'
  | 'reconnect'
  | 'broadcast'
  | 'ping'
  | 'hello'
  | 'other';

/** What the swarm must know of a question: when the server opened it, and what may be answered. */
export interface SeenQuestion {
  round: number;
  /** Epoch ms by the server's clock, which on this machine is ours. */
  opened_at: number;
  answers: Buffer[];
}

export interface Dialect {
  kind(bytes: Buffer, start: number): Kind;
  readQuestion(text: string): SeenQuestion;
  path(party_id: string): string;
  protocols(token: string): string;
  /** Sent when the socket is open, or when the server has said hello. */
  greeting(user_id: string): Buffer | null;
  pong: Buffer | null;
}

const char = (letter: string): number => letter.charCodeAt(0);
const a = char('a');
const c = char('c');
const e = char('e');
const f = char('f');
const i = char('i');
const l = char('l');
const p = char('p');
const q = char('q');
const r = char('r');
const s = char('s');
const t = char('t');
const u = char('u');
const v = char('v');

/** `{"type":"question",…`: the word begins at 9. */
const partyline: Dialect = {
  kind(bytes, start) {
    const first = bytes[start + 9];
    const second = bytes[start + 10];
    switch (first) {
      case q:
        return 'question';
      case a:
        return second === c ? 'ack' : 'broadcast';
      case r: {
        const third = bytes[start + 11];
        return second !== e ? 'broadcast' : third === v ? 'reveal' : third === c ? 'reconnect' : 'broadcast';
      }
      case s:
        return second === t ? 'state' : 'broadcast';
      case f:
        return 'finished';
      case e:
        return second === r ? 'error' : 'broadcast';
      case p:
        return second === i ? 'ping' : 'broadcast';
      case l:
      case u:
        return 'broadcast';
      default:
        return 'other';
    }
  },
  readQuestion(text) {
    const { data } = JSON.parse(text) as {
      data: { round: number; server_time_ms: number; choices?: { id: string }[] };
    };
    const answers = (data.choices ?? []).map(({ id }) =>
      // The id is a client's own: two players may use the same one, so all of them share these bytes.
      textFrame(JSON.stringify({ type: 'answer', id: `r${data.round}`, data: { round: data.round, choice: id } })),
    );
    return { round: data.round, opened_at: data.server_time_ms, answers };
  },
  path: (party_id) => `/ws/${party_id}`,
  protocols: (token) => (token === '' ? '' : `partyline.v1, token.${token}`),
  greeting: () => null,
  pong: null,
};

/** Engine.IO 4 under Socket.IO 5: `0{…}` hello, `40{…}` connected, `42[…]` event, `430[…]` ack, `2` ping. */
const socketio: Dialect = {
  kind(bytes, start) {
    const type = bytes[start];
    if (type === char('0')) return 'hello';
    if (type === char('2')) return 'ping';
    const packet = bytes[start + 1];
    if (packet === char('0')) return 'state';
    if (packet === char('3')) return 'ack';
    if (packet === char('4')) return 'error';
    const word = bytes[start + 4];
    return word === q ? 'question' : word === r ? 'reveal' : word === f ? 'finished' : 'broadcast';
  },
  readQuestion(text) {
    const [, data] = JSON.parse(text.slice(2)) as [
      string,
      { round: number; server_time_ms: number; choices?: { id: string }[] },
    ];
    const answers = (data.choices ?? []).map(({ id }) =>
      textFrame(`420${JSON.stringify(['answer', { round: data.round, choice: id }])}`),
    );
    return { round: data.round, opened_at: data.server_time_ms, answers };
  },
  path: () => '/socket.io/?EIO=4&transport=websocket',
  protocols: () => '',
  greeting: (user_id) => textFrame(`40${JSON.stringify({ user_id })}`),
  pong: textFrame('3'),
};

export const dialects = { partyline, socketio } as const;
export type DialectName = keyof typeof dialects;
