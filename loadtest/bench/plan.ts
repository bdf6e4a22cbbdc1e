/** How much of each row is run: the whole, a cut in under two minutes, or the least that fills the table (for a test). */

export interface BenchPlan {
  name: 'whole' | 'quick' | 'smallest';
  fanOut: { sockets: number; messages: number; every_ms: number };
  /** Players on both systems, rounds measured. */
  sizes: { players: number; rounds: number }[];
  /** Players on Partyline alone. */
  largest: { players: number; rounds: number } | null;
  /** Players of the runs that differ in nodes only. */
  nodesAt: { players: number; rounds: number; nodes: number[] };
  kills: number;
  handovers: number;
  parties: { count: number; rounds: number };
  finalScores: number;
}

const whole: BenchPlan = {
  name: 'whole',
  fanOut: { sockets: 10_000, messages: 20, every_ms: 300 },
  sizes: [
    { players: 100, rounds: 20 },
    { players: 1_000, rounds: 10 },
    { players: 5_000, rounds: 4 },
    { players: 10_000, rounds: 3 },
  ],
  largest: { players: 30_000, rounds: 2 },
  nodesAt: { players: 1_000, rounds: 4, nodes: [1, 3] },
  kills: 50,
  handovers: 20,
  parties: { count: 2_000, rounds: 2 },
  finalScores: 100_000,
};

const quick: BenchPlan = {
  name: 'quick',
  fanOut: { sockets: 500, messages: 15, every_ms: 25 },
  sizes: [
    { players: 100, rounds: 4 },
    { players: 1_000, rounds: 2 },
  ],
  largest: { players: 2_000, rounds: 1 },
  nodesAt: { players: 100, rounds: 3, nodes: [3] },
  kills: 3,
  handovers: 2,
  parties: { count: 50, rounds: 1 },
  finalScores: 20_000,
};

const smallest: BenchPlan = {
  name: 'smallest',
  fanOut: { sockets: 50, messages: 5, every_ms: 10 },
  sizes: [{ players: 40, rounds: 1 }],
  largest: null,
  nodesAt: { players: 40, rounds: 1, nodes: [] },
  kills: 0,
  handovers: 0,
  parties: { count: 0, rounds: 0 },
  finalScores: 1_000,
};

export function planOf(quickness: string | undefined): BenchPlan {
  if (quickness === 'smallest') return smallest;
  return quickness === undefined || quickness === '' || quickness === '0' ? whole : quick;
}
