/** The first three places. Those who share a place stand on it together. */
import type { LeaderboardLine } from '@partyline/protocol';
import { grouped, listed, ordinal } from '../words/format.ts';

interface Step {
  place: number;
  names: string[];
  score: number;
}

export function Podium({ lines }: { lines: readonly LeaderboardLine[] }) {
  return (
    <ol class="podium">
      {podiumSteps(lines).map(({ place, names, score }) => (
        <li key={place} class={`podium-step podium-${place}`}>
          <span class="podium-name" dir="auto">
            {listed(shownNames(names))}
          </span>
          <span class="podium-block">
            <span class="podium-place">{ordinal(place)}</span>
            <span class="podium-score">{grouped(score)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

const mostNames = 5;

/** Where a whole hall shares a place, its names would push everything else off the screen. How many they are is not told. */
function shownNames(names: readonly string[]): readonly string[] {
  return names.length <= mostNames ? names : [...names.slice(0, mostNames - 1), 'others'];
}

/** One step for each of the places 1 to 3 that somebody holds. */
export function podiumSteps(lines: readonly LeaderboardLine[]): Step[] {
  const steps = new Map<number, Step>();
  for (const { rank, nickname, score } of lines) {
    if (rank > 3) continue;
    const step = steps.get(rank) ?? { place: rank, names: [], score };
    step.names.push(nickname);
    steps.set(rank, step);
  }
  return [...steps.values()].sort((a, b) => a.place - b.place);
}
