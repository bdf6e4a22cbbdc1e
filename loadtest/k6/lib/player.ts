/** One player on a socket of its own; a virtual user plays many. Answers each question once, after a while. */
import { WebSocket } from 'k6/websockets';
import {
  ack,
  acknowledged,
  acks,
  back,
  delivery,
  finished,
  recovery,
  refusals,
  reveals,
  states,
  welcome,
} from './metrics.ts';
import type { Seat } from './party.ts';
import { urlOf } from './settings.ts';

export interface PlayerOptions {
  party_id: string;
  seat: Seat;
  /** Which address of several. */
  index: number;
  /** How long a player thinks, ms. */
  thinks: [from: number, to: number];
  /** Gives up after so many ms, whatever has happened. */
  limit_ms: number;
  /** Drops its socket so many ms after its first state, and comes back at once. */
  drops_after_ms?: number;
  onState?: () => void;
}

interface Message {
  type: string;
  data: {
    round?: number;
    phase?: string;
    server_time_ms?: number;
    choices?: { id: string }[];
    code?: string;
    retry_after_ms?: number;
  };
}

export function play(options: PlayerOptions): void {
  const { party_id, seat, thinks, limit_ms } = options;
  let socket = open();
  let dialledAt = Date.now();
  let droppedAt: number | null = null;
  let hasDropped = false;
  let isOver = false;
  let asked: { round: number; choice: string; sentAt: number; isDue: boolean } | null = null;
  const end = (sawTheEnd: boolean): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(limit);
    finished.add(sawTheEnd);
    if (asked !== null) acknowledged.add(false);
    hangUp(socket);
  };
  const limit = setTimeout(() => end(false), limit_ms);

  function open(): WebSocket {
    const url = `${urlOf(options.index).replace(/^http/, 'ws')}/ws/${party_id}`;
    const opened = new WebSocket(url, null, { headers: { authorization: `Bearer ${seat.token}` } });
    opened.onmessage = (event) => heard(read(event));
    opened.onopen = () => {
      if (isOver) opened.close();
    };
    opened.onerror = () => undefined;
    opened.onclose = () => {
      if (isOver || opened !== socket) return;
      setTimeout(again, droppedAt === null ? 500 * Math.random() : 0);
      droppedAt ??= Date.now();
    };
    return opened;
  }

  function again(): void {
    if (isOver) return;
    dialledAt = Date.now();
    socket = open();
  }

  function heard({ type, data }: Message): void {
    switch (type) {
      case 'state':
        states.add(1);
        if (droppedAt === null) welcome.add(Date.now() - dialledAt);
        else {
          recovery.add(Date.now() - droppedAt);
          back.add(1);
        }
        droppedAt = null;
        // What was not acknowledged before the socket was lost, or came due without one: the same id, so it counts once.
        if (asked?.isDue && data.phase === 'question' && data.round === asked.round) send();
        options.onState?.();
        if (data.phase === 'finished') end(true);
        if (options.drops_after_ms !== undefined && !hasDropped) {
          hasDropped = true;
          setTimeout(() => {
            droppedAt = Date.now();
            hangUp(socket);
          }, options.drops_after_ms);
        }
        return;
      case 'question':
        return think(data);
      case 'ack':
        if (asked === null) return;
        ack.add(Date.now() - asked.sentAt);
        acknowledged.add(true);
        acks.add(1);
        asked = null;
        return;
      case 'error':
        if (data.code === 'retry') return void setTimeout(send, data.retry_after_ms ?? 250);
        refusals.add(1, { code: data.code ?? '' });
        return;
      case 'reveal':
        reveals.add(1);
        return;
      case 'finished':
        return end(true);
    }
  }

  function think({ round = 0, server_time_ms = 0, choices = [] }: Message['data']): void {
    delivery.add(Math.max(0, Date.now() - server_time_ms));
    if (asked !== null) acknowledged.add(false);
    const choice = choices[Math.floor(Math.random() * choices.length)]?.id ?? '';
    asked = { round, choice, sentAt: 0, isDue: false };
    setTimeout(send, thinks[0] + Math.random() * (thinks[1] - thinks[0]));
  }

  function send(): void {
    if (asked === null) return;
    asked.isDue = true;
    if (socket.readyState !== 1) return;
    const { round, choice } = asked;
    asked.sentAt = Date.now();
    socket.send(JSON.stringify({ type: 'answer', id: `r${round}`, data: { round, choice } }));
  }
}

/** A host's socket that says `start` after a while and, where the host sets the pace, `next` every so often. */
export function host(at: {
  party_id: string;
  seat: Seat;
  starts_after_ms: number;
  next_every_ms?: number;
  limit_ms: number;
}): void {
  const url = `${urlOf(0).replace(/^http/, 'ws')}/ws/${at.party_id}`;
  const socket = new WebSocket(url, null, { headers: { authorization: `Bearer ${at.seat.token}` } });
  let ids = 0;
  const say = (type: string): void => {
    ids += 1;
    if (socket.readyState === 1) socket.send(JSON.stringify({ type, id: `h${ids}` }));
  };
  const timers = [setTimeout(() => say('start'), at.starts_after_ms)];
  const limit = setTimeout(() => end(), at.limit_ms);
  let pace: ReturnType<typeof setInterval> | null = null;
  const end = (): void => {
    for (const timer of [...timers, limit]) clearTimeout(timer);
    if (pace !== null) clearInterval(pace);
    hangUp(socket);
  };
  socket.onmessage = (event) => {
    const { type } = read(event);
    if (type === 'finished') end();
    if (type === 'question' && at.next_every_ms !== undefined && pace === null) {
      pace = setInterval(() => say('next'), at.next_every_ms);
    }
  };
}

/** k6 never returns from closing a socket that is still being dialled, where it cannot be; such a one is closed when it opens. */
function hangUp(socket: WebSocket): void {
  if (socket.readyState === 1) socket.close();
}

function read(event: { data: unknown } | undefined): Message {
  return JSON.parse(String(event?.data)) as Message;
}
