/** What the leader of a party holds in memory: the committed state, and the crowd's part that is too large to be read each turn. */
import type { Attendance, Fence, Party, Player, Quiz, Standing } from '@partyline/core';
import type { ClosedRound } from './closed-round.ts';

export interface LedParty {
  party: Party;
  quiz: Quiz;
  fence: Fence;
  epoch: number;
  /** The seq of the last committed envelope. */
  seq: number;
  players: Map<string, Player>;
  /** Accounts after the last scored round. */
  standings: Map<string, Standing>;
  /** The last round this leader has scored itself: what the archive is given without reading it again. */
  closed: ClosedRound | null;
  attendance: Attendance;
  /** The crowd of the last checkpoint this leader has stored: the same map as `players` while nobody has come or gone. */
  archivedCrowd: Map<string, Player> | null;
  /** Whether the archive has been told of every ban. */
  bans: 'told' | 'untold';
  /** `feedback: instant`: scores including the running round, and how far the feed of its answers has been read. */
  live: { round: number; fed: number; scores: Map<string, number>; untold: Set<string> };
}

export const nobody: Attendance = { players: 0, hosts: 0, spectators: 0, all_answered_round: 0 };

export function scoreOf(led: LedParty, user_id: string): number {
  return led.live.scores.get(user_id) ?? led.standings.get(user_id)?.score ?? 0;
}

export function noLive(round: number): LedParty['live'] {
  return { round, fed: 0, scores: new Map(), untold: new Set() };
}
