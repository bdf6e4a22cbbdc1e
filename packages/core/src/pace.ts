/** How often a crowd may be told of small changes. Each telling costs a frame per socket, so large parties hear less often. */

/** Milliseconds between two coalesced broadcasts: 4 a second up to 100 players, then in proportion, at most one in 5 s. */
export function broadcastIntervalMs(players: number): number {
  return Math.min(Math.max(250, players * 2.5), 5_000);
}
