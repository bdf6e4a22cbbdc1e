/**
 * A client's place in a party, whatever happens to its sockets: connects, comes back, keeps the view current, and sees
 * every message through to its reply.
 */
import {
  type AnswerChoice,
  type ClientMessage,
  meansReconnect,
  readServerMessage,
  type ServerMessage,
} from '@partyline/protocol';
import { type Backoff, backoffMs, reconnectBackoff } from './backoff.ts';
import { createEmitter } from './emitter.ts';
import { fold, foldAnswer, refusedAnswer } from './fold.ts';
import { defaultPatience, type Link, openLink, type Patience } from './link.ts';
import { createOutbox, type Outcome } from './outbox.ts';
import { placeOf } from './place.ts';
import { type ClientTimers, systemTimers } from './timers.ts';
import type { View } from './view.ts';
import { partyUrl, platformWebSocket, subprotocols, type WebSocketConstructor } from './web-socket.ts';

export interface ConnectionOptions {
  /** Where the party is: one address, or several that are tried in turn. */
  url: string | readonly string[];
  party_id: string;
  token?: string;
  WebSocket?: WebSocketConstructor;
  /** Uniform on [0, 1). */
  random?: () => number;
  timers?: ClientTimers;
  patience?: Partial<Patience>;
  backoff?: Backoff;
  /** A message without a reply goes out again after this long. */
  resend_ms?: number;
}

/** `live`: a state came over this socket. `waiting`: until the next attempt. `closed`: for good. */
export type Status = 'connecting' | 'live' | 'waiting' | 'closed';

export interface ConnectionEvents {
  /** Everything that changed or could change something: party messages in their order, and replies. */
  message: ServerMessage;
  view: View;
  status: Status;
  /** There will be no other attempt. `code` is one of `closeCodes`, or 1000 after our own `close`. */
  closed: { code: number; reason: string };
}

export type CommandType = Exclude<ClientMessage['type'], 'answer' | 'sync'>;
type CommandData<T extends CommandType> = Extract<ClientMessage, { type: T }>['data'];
/** `data` is asked for exactly where the message has one. */
export type CommandArgs<T extends CommandType> = undefined extends CommandData<T> ? [] : [data: CommandData<T>];

export interface Connection {
  /** What a screen shows now; null before the first state. */
  readonly view: View | null;
  readonly status: Status;
  on<Name extends keyof ConnectionEvents>(name: Name, listener: (event: ConnectionEvents[Name]) => void): () => void;
  /** Sending the same choice again is the same answer. Resolves when it is settled, which may take a reconnect. */
  answer(round: number, choice: AnswerChoice): Promise<Outcome>;
  /** Given up after 10 s without a reply: a host's word must not take effect long after it was spoken. */
  command<T extends CommandType>(type: T, ...args: CommandArgs<T>): Promise<Outcome>;
  /** Asks for a fresh state. */
  sync(): void;
  /** The network is back, or the page is visible again: do not wait for the next attempt. */
  wake(): void;
  /** Comes back over a new socket: of a host's screens the newest socket has control. */
  renew(): void;
  close(): void;
}

const commandMs = 10_000;
/** So long after its round a reply to an answer is still waited for: an answer that was stored is acknowledged late, too. */
const lateAckMs = 10_000;

export function createConnection(options: ConnectionOptions): Connection {
  const { party_id, token, random = Math.random, timers = systemTimers, backoff = reconnectBackoff } = options;
  const urls = [options.url].flat().map((base) => partyUrl(base, party_id));
  const WebSocket = options.WebSocket ?? platformWebSocket();
  const patience = { ...defaultPatience, ...options.patience };
  const { on, emit } = createEmitter<ConnectionEvents>();
  const outbox = createOutbox({ timers, random, resend_ms: options.resend_ms ?? 1_500 });
  const answers = new Map<string, Promise<Outcome>>();
  /** Ids must differ between all clients of one player, also after a page was loaded again. */
  const idPrefix = Math.floor(random() * 2 ** 48).toString(36);
  let ids = 0;
  let view: View | null = null;
  let status: Status = 'waiting';
  let link: Link | null = null;
  let attempts = 0;
  let failures = 0;
  let isSyncAsked = false;
  let closedWith = 0;
  let cancelWait = (): void => {};

  function become(next: Status): void {
    if (status === next) return;
    status = next;
    emit('status', next);
  }

  function show(next: View | null): void {
    if (next === view || next === null) return;
    view = next;
    emit('view', next);
  }

  function connect(): void {
    cancelWait();
    become('connecting');
    const url = urls[attempts % urls.length] ?? '';
    attempts += 1;
    isSyncAsked = false;
    const dialled = openLink(
      { url, protocols: subprotocols(token), WebSocket, timers, patience },
      {
        open: () => outbox.opened((text) => transmit(dialled, text)),
        text: (text) => hear(dialled, text),
        ended: (code, reason) => lost(code, reason),
      },
    );
    link = dialled;
  }

  function transmit(over: Link, text: string): void {
    over.send(text);
    over.awaitReply(outbox.waitingSince() ?? timers.now());
  }

  function hear(over: Link, text: string): void {
    const message = readServerMessage(text);
    if (message === null) return;
    outbox.heard(message);
    over.awaitReply(outbox.waitingSince());
    if (message.type === 'reconnect') {
      emit('message', message);
      return leave(message.data.after_ms);
    }
    const place = placeOf(message, view);
    if (message.type === 'state') {
      isSyncAsked = false;
      failures = 0;
    }
    if (place === 'unproved') return askOnce();
    if (place !== 'older') show(fold(view, message, timers.now()));
    if (message.type === 'state') become('live');
    if (place !== 'older') emit('message', message);
  }

  /** It is known when to come back, so there is nothing to guess. */
  function leave(after_ms: number): void {
    link?.drop(1_000, '');
    wait(after_ms);
  }

  function lost(code: number, reason: string): void {
    if (!meansReconnect(code)) return end(code, reason);
    wait(backoffMs(failures, random, backoff));
    failures += 1;
  }

  function wait(ms: number): void {
    link = null;
    outbox.lost();
    become('waiting');
    cancelWait = timers.after(ms, connect);
  }

  function end(code: number, reason: string): void {
    if (status === 'closed') return;
    closedWith = code;
    link = null;
    cancelWait();
    become('closed');
    outbox.close(code);
    emit('closed', { code, reason });
  }

  function askOnce(): void {
    if (!isSyncAsked) sync();
    isSyncAsked = true;
  }

  function sync(): void {
    if (link !== null) transmit(link, JSON.stringify({ type: 'sync', id: newId() }));
  }

  function newId(): string {
    ids += 1;
    return `${idPrefix}-${ids}`;
  }

  function deliver(message: ClientMessage, isMoot: (sentFirstAt: number) => boolean): Promise<Outcome> {
    return new Promise((resolve) => {
      if (status === 'closed') return resolve({ status: 'closed', code: closedWith });
      outbox.add(message, isMoot, resolve);
    });
  }

  function answer(round: number, choice: AnswerChoice): Promise<Outcome> {
    const key = JSON.stringify([round, choice]);
    const known = answers.get(key);
    if (known !== undefined) return known;
    show(foldAnswer(view, { round, choice, status: 'sending' }));
    let overSince: number | null = null;
    const isMoot = (): boolean => {
      if (status !== 'live' || view === null || !isRoundOver(view, round)) return false;
      overSince ??= timers.now();
      return timers.now() - overSince >= lateAckMs;
    };
    const id = newId();
    const sent = deliver({ type: 'answer', id, data: { round, choice } }, isMoot).then((outcome) => {
      const settled = isOwnDuplicate(outcome, choice) ? acceptedBefore(id, round) : outcome;
      if (settled.status !== 'accepted') answers.delete(key);
      tell(round, choice, settled);
      return settled;
    });
    answers.set(key, sent);
    return sent;
  }

  function tell(round: number, choice: AnswerChoice, outcome: Outcome): void {
    if (outcome.status === 'accepted') {
      const { correct, points } = outcome.ack;
      const told = { ...(correct === undefined ? {} : { correct }), ...(points === undefined ? {} : { points }) };
      show(foldAnswer(view, { round, choice, status: 'accepted', ...told }));
    }
    if (outcome.status === 'refused') {
      const { code, detail, answer } = outcome;
      const error = { id: null, code, detail, ...(answer === null ? {} : { answer }) };
      show(foldAnswer(view, refusedAnswer({ round, choice }, error)));
    }
  }

  connect();
  return {
    get view() {
      return view;
    },
    get status() {
      return status;
    },
    on,
    answer,
    command(type, ...[data]) {
      const message = { type, id: newId(), ...(data === undefined ? {} : { data }) } as ClientMessage;
      return deliver(message, (sentFirstAt) => timers.now() - sentFirstAt >= commandMs);
    },
    sync,
    wake() {
      if (status === 'waiting') connect();
      else if (status === 'live') sync();
    },
    renew() {
      if (status !== 'closed') leave(0);
    },
    close() {
      link?.drop(1_000, 'closed by the client');
      end(1_000, 'closed by the client');
    },
  };
}

function isRoundOver(view: View, round: number): boolean {
  return view.round > round || view.phase === 'reveal' || view.phase === 'finished' || view.skipped_round === round;
}

/** The same choice was accepted under another id, on an earlier page of this player: it counts all the same. */
function isOwnDuplicate(outcome: Outcome, choice: AnswerChoice): boolean {
  if (outcome.status !== 'refused' || outcome.code !== 'duplicate') return false;
  return JSON.stringify(outcome.answer?.choice) === JSON.stringify(choice);
}

function acceptedBefore(id: string, round: number): Outcome {
  return { status: 'accepted', ack: { id, round, status: 'accepted' } };
}
