/**
 * Messages until their reply. Each has one id for life and may go out many times: on every new socket, after silence, and
 * where the server asks for it. The server counts it once (I3), so sending again is always right and giving up rarely is.
 */
import type { AckData, ClientMessage, ErrorData, OwnAnswer, ServerMessage, WsErrorCode } from '@partyline/protocol';
import { wsErrors } from '@partyline/protocol';
import type { ClientTimers } from './timers.ts';

export type Outcome =
  | { status: 'accepted'; ack: AckData }
  /** `answer`: the one that counts instead, for a `duplicate`. */
  | { status: 'refused'; code: WsErrorCode; detail: string; answer: OwnAnswer | null }
  /** No reply while it could still matter. It may or may not have counted; the next `state` tells. */
  | { status: 'unconfirmed' }
  /** The connection was closed for good first. */
  | { status: 'closed'; code: number };

export interface Outbox {
  /** `isMoot`: whether a reply has stopped to matter; asked before each further try. */
  add(message: ClientMessage, isMoot: (sentFirstAt: number) => boolean, settled: (outcome: Outcome) => void): void;
  /** A socket is open: everything that waits goes out, in its order. */
  opened(transmit: (text: string) => void): void;
  lost(): void;
  heard(message: ServerMessage): void;
  /** Nothing more will be sent. */
  close(code: number): void;
  /** Since when the oldest message on this socket waits, monotonic ms; null where none does. */
  waitingSince(): number | null;
}

interface Waiting {
  text: string;
  firstAt: number;
  /** When it went out over the current socket. */
  sentAt: number | null;
  isMoot: (sentFirstAt: number) => boolean;
  settled: (outcome: Outcome) => void;
  cancel: () => void;
}

export function createOutbox(at: { timers: ClientTimers; random: () => number; resend_ms: number }): Outbox {
  const { timers, random } = at;
  const waiting = new Map<string, Waiting>();
  let transmit: ((text: string) => void) | null = null;

  /** A little apart from each other: thousands wait for the same node. */
  const soon = (ms: number) => ms * (0.9 + 0.2 * random());

  function send(id: string, entry: Waiting): void {
    entry.cancel();
    if (entry.isMoot(entry.firstAt)) return settle(id, { status: 'unconfirmed' });
    if (transmit !== null) {
      entry.sentAt ??= timers.now();
      transmit(entry.text);
    }
    entry.cancel = timers.after(soon(at.resend_ms), () => send(id, entry));
  }

  function settle(id: string, outcome: Outcome): void {
    const entry = waiting.get(id);
    if (entry === undefined) return;
    waiting.delete(id);
    entry.cancel();
    entry.settled(outcome);
  }

  function refuse(id: string, { code, detail, answer, retry_after_ms }: ErrorData): void {
    const entry = waiting.get(id);
    if (entry === undefined) return;
    if (wsErrors[code]?.retry !== true) return settle(id, { status: 'refused', code, detail, answer: answer ?? null });
    entry.cancel();
    entry.sentAt = null; // it has been answered; what comes next is another try
    entry.cancel = timers.after(soon(retry_after_ms ?? at.resend_ms), () => send(id, entry));
  }

  return {
    add(message, isMoot, settled) {
      const text = JSON.stringify(message);
      const entry = { text, firstAt: timers.now(), sentAt: null, isMoot, settled, cancel: () => {} };
      waiting.set(message.id, entry);
      send(message.id, entry);
    },
    opened(over) {
      transmit = over;
      for (const [id, entry] of waiting) send(id, entry);
    },
    lost() {
      transmit = null;
      for (const entry of waiting.values()) entry.sentAt = null;
    },
    heard({ type, data }) {
      if (type === 'ack') settle(data.id, { status: 'accepted', ack: data });
      if (type === 'error' && data.id !== null) refuse(data.id, data);
    },
    close(code) {
      transmit = null;
      for (const id of [...waiting.keys()]) settle(id, { status: 'closed', code });
    },
    waitingSince() {
      const sent = [...waiting.values()].flatMap(({ sentAt }) => sentAt ?? []);
      return sent.length === 0 ? null : Math.min(...sent);
    },
  };
}
