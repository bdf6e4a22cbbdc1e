/** What a decision is made on, and what comes of it. */
import type { PartyEvent } from './event.ts';
import type { SettledCommand } from './party.ts';
import type { Player } from './player.ts';
import type { Quiz } from './question.ts';

export interface Circumstances {
  /** Epoch ms on the server's clock. */
  now: number;
  quiz: Quiz;
  players: ReadonlyMap<string, Player>;
}

export interface Decision {
  events: PartyEvent[];
  /** The reply to a host's command; null for everything else. */
  reply: SettledCommand | null;
}
