/** A standing as the round's hash holds it: a bare array, a third of the named form; 30,000 of them cross per round. */
import type { Standing } from '@partyline/core';

type Packed = [
  score: number,
  correct: number,
  answered: number,
  streak: number,
  answered_ms: number,
  correct_ms: number,
  rank: number,
  last_answered: boolean,
  last_correct: boolean | null,
  last_points: number,
];

export function packedStanding(standing: Standing): string {
  const { score, correct, answered, streak, answered_ms, correct_ms, rank, last } = standing;
  const packed: Packed = [
    ...([score, correct, answered, streak, answered_ms, correct_ms, rank] as const),
    ...([last.answered, last.correct, last.points] as const),
  ];
  return JSON.stringify(packed);
}

export function unpackedStanding(text: string): Standing {
  const packed = JSON.parse(text) as Packed;
  const [score, correct, answered, streak, answered_ms, correct_ms, rank, ...last] = packed;
  return {
    ...{ score, correct, answered, streak, answered_ms, correct_ms, rank },
    last: { answered: last[0], correct: last[1], points: last[2] },
  };
}
