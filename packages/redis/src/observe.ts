/** What the live store reports of itself. Metrics are made of it elsewhere; every hook may be left out. */

export interface StoreObserver {
  /** A script was run. */
  command?(name: string, ms: number, outcome: 'done' | 'store_unavailable' | 'store_fault'): void;
  /** Something that is none of our messages came in on a channel. */
  junk?(channel: string): void;
  /** A connection came or went. */
  connection?(role: ConnectionRole, state: 'ready' | 'closed'): void;
}

export type ConnectionRole = 'commands' | 'channels' | 'locks';
