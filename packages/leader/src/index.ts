/** The leader role: who leads a party, and what leading means. */
export { createLeader, type Leader, type LeaderPorts } from './leader.ts';
export type { LeaderMetrics, Log } from './observe.ts';
