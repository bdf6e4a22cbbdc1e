/** How often a crowd may be told of small changes. Each telling costs a frame per socket, so large parties hear less often. */

/**
 * Milliseconds between two coalesced broadcasts of a party: 4 a second up to 100 players, then in proportion; and a node
 * that leads many parties looks at a thousand of them a second in all. At most 5 s.
 */
export function broadcastIntervalMs({ players, led }: { players: number; led: number }): number {
  return Math.min(Math.max(250, players * 2.5, led), 5_000);
}
