/**
 * A client for tests, as careless as a real one: answers after a while, resends what was not acknowledged, comes back on
 * any node when its socket ends. Everything it says and hears goes into the history. It runs in simulated and in real time.
 */

import type { Timers } from '@partyline/core';
import {
  type AnswerChoice,
  type ClientMessage,
  meansReconnect,
  type ServerData,
  type ServerMessage,
  type ShownChoice,
  type ShownQuestion,
} from '@partyline/protocol';
import { between, pick, type SeededRandom } from '../simulation/seeded-random.ts';
import type { History } from './history.ts';

const resendMs = 900;

export interface DialledSocket {
  send(text: string): void;
  close(): void;
}

/** Opens a socket to some node that is up; null where none could be reached. Texts and the end arrive in order. */
export type Dial = (
  protocols: string[],
  on: { text: (text: string) => void; closed: (code: number) => void },
) => Promise<DialledSocket | null>;

export interface RecordedPlayer {
  readonly user_id: string | null;
  /** Whether it has seen the end, or was told not to come back. */
  isDone(): boolean;
  /** Its network is gone for so long. */
  drop(ms: number): void;
  command(type: 'start' | 'next' | 'skip' | 'pause' | 'resume' | 'lock' | 'unlock' | 'end'): void;
  commandWith(
    message:
      | { type: 'extend'; data: { seconds: number } }
      | { type: 'kick' | 'ban' | 'approve'; data: { user_id: string } },
  ): void;
  /** What it last saw of the party. */
  seen(): { phase: string; round: number; results: string | null };
  leave(): void;
}

export interface RecordedPlayerPorts {
  name: string;
  user_id: string | null;
  token: string;
  dial: Dial;
  now: () => number;
  timers: Timers;
  random: SeededRandom;
  history: History;
  /** How long it thinks before it answers, ms: from, to. */
  thinks: [number, number];
  /** The share of rounds it lets pass. */
  lazy?: number;
}

export function createRecordedPlayer(ports: RecordedPlayerPorts): RecordedPlayer {
  const { name, user_id, token, dial, now, timers, random, history, lazy = 0.1 } = ports;
  let socket: DialledSocket | null = null;
  /** Numbers what was dialled. Counted on when a socket ends, too: it may end before its opening is told. */
  let sockets = 0;
  let done = false;
  let offline = false;
  let messages = 0;
  const seen = { phase: 'unknown', round: 0, results: null as string | null };
  /** What was sent and not settled yet, by message id. */
  const pending = new Map<string, ClientMessage>();
  const planned = new Set<number>();

  function connect(): void {
    if (done || offline || socket !== null) return;
    const mine = sockets + 1;
    sockets = mine;
    const opening = dial(['partyline.v1', `token.${token}`], {
      text: (text) => hear(text, mine),
      closed: (code) => closed(code, mine),
    });
    void opening.then((opened) => {
      if (opened === null) return void timers.after(between(random, 50, 300), connect);
      if (mine === sockets) socket = opened;
      else opened.close();
    });
  }

  function closed(code: number, which: number): void {
    if (which !== sockets) return;
    sockets += 1;
    socket = null;
    if (!meansReconnect(code)) {
      done = true;
      return;
    }
    timers.after(between(random, 20, 400), connect);
  }

  function hear(text: string, which: number): void {
    if (which !== sockets || offline) return;
    const message = JSON.parse(text) as ServerMessage;
    history.received.push({ client: name, user_id, socket: which, at: now(), message });
    switch (message.type) {
      case 'question':
        seen.phase = 'question';
        return plan(message.data);
      case 'state':
        seen.phase = message.data.phase;
        seen.round = message.data.round;
        seen.results = message.data.results ?? null;
        if (message.data.phase === 'question' && message.data.you.answer === null) plan(message.data);
        return resend();
      case 'reveal':
        seen.phase = 'reveal';
        return;
      case 'paused':
        seen.phase = 'paused';
        return;
      case 'resumed':
        seen.phase = message.data.closes_in_ms === null ? 'reveal' : 'question';
        return;
      case 'finished':
        seen.phase = 'finished';
        seen.results = message.data.results;
        return;
      case 'saved':
        seen.results = 'saved';
        return;
      case 'ack':
        pending.delete(message.data.id);
        return;
      case 'error':
        if (message.data.id !== null && message.data.code !== 'retry' && message.data.code !== 'rate_limited') {
          pending.delete(message.data.id);
        }
        return;
      default:
    }
  }

  function plan({ round, question, choices }: Pick<ServerData<'state'>, 'round' | 'question' | 'choices'>): void {
    seen.round = round;
    if (user_id === null || question === null || planned.has(round)) return;
    planned.add(round);
    if (random() < lazy) return;
    const choice = someChoice(random, question, choices);
    timers.after(between(random, ...ports.thinks), () => {
      if (!done) say({ type: 'answer', id: newId(), data: { round, choice } });
    });
  }

  function newId(): string {
    messages += 1;
    return `${name}-${messages}`;
  }

  function say(message: ClientMessage): void {
    pending.set(message.id, message);
    history.sent.push({ client: name, user_id, at: now(), message });
    send(message);
  }

  function send(message: ClientMessage): void {
    if (!pending.has(message.id) || done) return;
    if (!offline) socket?.send(JSON.stringify(message));
    timers.after(resendMs, () => send(message));
  }

  function resend(): void {
    for (const message of pending.values()) socket?.send(JSON.stringify(message));
  }

  connect();
  return {
    user_id,
    isDone: () => done || seen.results === 'saved',
    drop(ms) {
      offline = true;
      sockets += 1;
      const dropped = socket;
      socket = null;
      dropped?.close();
      timers.after(ms, () => {
        offline = false;
        connect();
      });
    },
    command: (type) => say({ type, id: newId() }),
    commandWith: (message) => say({ ...message, id: newId() }),
    seen: () => ({ ...seen }),
    leave() {
      done = true;
      socket?.close();
    },
  };
}

/** Any choice of the right form. */
function someChoice(
  random: SeededRandom,
  { kind, min = 0, max = 5 }: ShownQuestion,
  choices: ShownChoice[],
): AnswerChoice {
  switch (kind) {
    case 'single':
    case 'true_false':
    case 'poll':
      return pick(random, choices).id;
    case 'multiple': {
      const ids = choices.map(({ id }) => id).filter(() => random() < 0.5);
      return ids.length === 0 ? [pick(random, choices).id] : ids;
    }
    case 'number':
      return between(random, min, max);
    case 'rating':
      return between(random, 1, max);
    case 'word_cloud':
      return pick(random, ['yes', 'no', 'maybe']);
    case 'text':
      return pick(random, ['seven', 'SEVEN', 'eight']);
    case 'order':
      return choices
        .map(({ id }) => ({ id, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ id }) => id);
  }
}
