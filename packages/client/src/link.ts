/**
 * One attempt at one socket, from dialling to its end, which is told exactly once. Decides when a peer that says nothing
 * is taken for gone: the network tells nobody of a half-open connection (F11).
 */
import type { ClientTimers } from './timers.ts';
import type { WebSocketConstructor, WebSocketLike } from './web-socket.ts';

export interface Patience {
  /** From dialling to an open socket. */
  connect_ms: number;
  /** From an open socket to the first frame. Where all come back at once, who gave up and dialled anew would add to the crowd. */
  first_ms: number;
  /** Between two frames. The server breaks 20 s of silence with a ping. */
  silence_ms: number;
  /**
   * The same while the reply to a message is waited for. A gateway acks within 500 ms and says `retry` where its store is
   * silent for 1.5 s; a leader's reply may have to wait for a takeover, 4 s. A line on which nothing at all comes for
   * longer is dead, and a player who has answered should not have to wait to be told so.
   */
  reply_ms: number;
}

export const defaultPatience: Patience = { connect_ms: 5_000, first_ms: 10_000, silence_ms: 35_000, reply_ms: 5_000 };

export interface LinkEvents {
  open(): void;
  text(text: string): void;
  /** `code` 1006 where there was no close frame, and where patience ended. */
  ended(code: number, reason: string): void;
}

export interface Link {
  send(text: string): void;
  /** Since when a reply is waited for, monotonic ms; null where none is. */
  awaitReply(since: number | null): void;
  /** Ends it from our side; `ended` is not called. */
  drop(code: number, reason: string): void;
}

/** How often silence is measured: it may go unnoticed for this much longer. */
const watchMs = 1_000;

export function openLink(
  at: { url: string; protocols: string[]; WebSocket: WebSocketConstructor; timers: ClientTimers; patience: Patience },
  on: LinkEvents,
): Link {
  const { timers, patience } = at;
  const socket: WebSocketLike = new at.WebSocket(at.url, at.protocols);
  /** `open`: nothing was heard yet. */
  let state: 'dialling' | 'open' | 'heard' | 'over' = 'dialling';
  let heardAt = timers.now();
  let awaitedSince: number | null = null;
  let cancelWatch = timers.after(patience.connect_ms, () => giveUp('no connection'));

  function finish(): boolean {
    if (state === 'over') return false;
    state = 'over';
    cancelWatch();
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.onerror = () => {}; // some implementations throw where nobody listens
    return true;
  }

  function ended(code: number, reason: string): void {
    if (finish()) on.ended(code, reason);
  }

  function giveUp(reason: string): void {
    ended(1_006, reason);
    shut(1_000, '');
  }

  function shut(code: number, reason: string): void {
    try {
      socket.close(code, reason);
    } catch {
      // closing while dialling throws in some implementations; the handlers are off, so nobody will hear of it
    }
  }

  function watch(): void {
    cancelWatch = timers.after(Math.min(watchMs, patience.reply_ms, patience.silence_ms), () => {
      const now = timers.now();
      if (now - heardAt >= patience.silence_ms) return giveUp('silence');
      const owed_ms = state === 'open' ? patience.first_ms : patience.reply_ms;
      if (awaitedSince !== null && now - Math.max(heardAt, awaitedSince) >= owed_ms) return giveUp('no reply');
      watch();
    });
  }

  socket.onopen = () => {
    cancelWatch();
    state = 'open';
    heardAt = timers.now();
    awaitedSince = heardAt;
    watch();
    on.open();
  };
  socket.onmessage = ({ data }) => {
    state = 'heard';
    heardAt = timers.now();
    awaitedSince = null;
    if (typeof data === 'string') on.text(data);
  };
  // Of an open socket it says nothing that `onclose` does not; of one that never opened, Node's says nothing else.
  socket.onerror = () => {
    if (state === 'dialling') ended(1_006, 'no connection');
  };
  socket.onclose = ({ code, reason }) => ended(code, reason);

  return {
    send(text) {
      if (state === 'open' || state === 'heard') socket.send(text);
    },
    awaitReply(since) {
      awaitedSince = since;
    },
    drop(code, reason) {
      if (finish()) shut(code, reason);
    },
  };
}
