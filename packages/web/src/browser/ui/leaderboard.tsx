/** Who stands where: players, and teams where there are some. */
import type { LeaderboardLine, TeamLine } from '@partyline/protocol';
import { counted, grouped } from '../words/format.ts';

interface LeaderboardProps {
  lines: readonly LeaderboardLine[];
  /** Whose line is marked. */
  ownId?: string | undefined;
  limit?: number;
  /** `round`: with what the round just played did to each line. */
  of?: 'round' | 'party';
}

export function Leaderboard({ lines, ownId, limit = 10, of = 'party' }: LeaderboardProps) {
  return (
    <ol class="leaderboard">
      {lines.slice(0, limit).map(({ user_id, rank, nickname, score, team, gained = 0, moved = 0 }) => (
        <li key={user_id} class={user_id === ownId ? 'own' : undefined} aria-current={user_id === ownId || undefined}>
          <span class={`rank rank-${Math.min(rank, 4)}`}>{rank}</span>
          <span class="name" dir="auto">
            {nickname}
            {user_id === ownId ? <span class="visually-hidden"> (you)</span> : null}
          </span>
          {team === undefined ? null : <span class="team">{team}</span>}
          <span class="score">
            {grouped(score)}
            {of === 'round' ? <Gain gained={gained} moved={moved} /> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Below the score, so that it takes no room from the names. */
function Gain({ gained, moved }: { gained: number; moved: number }) {
  if (gained === 0 && moved === 0) return null;
  const places = Math.abs(moved);
  const [sign, word] = moved > 0 ? ['▲', 'up'] : ['▼', 'down'];
  return (
    <span class="gain">
      {moved === 0 ? null : (
        <span>
          <span aria-hidden="true">
            {sign}
            {places}
          </span>
          <span class="visually-hidden">
            {word} {counted(places, 'place')}
          </span>
        </span>
      )}
      {gained === 0 ? null : <span>+{grouped(gained)}</span>}
    </span>
  );
}

export function TeamBoard({ teams }: { teams: readonly TeamLine[] }) {
  return (
    <ol class="leaderboard leaderboard-teams">
      {teams.map(({ team, rank, score, members }) => (
        <li key={team}>
          <span class={`rank rank-${Math.min(rank, 4)}`}>{rank}</span>
          <span class="name" dir="auto">
            {team}
          </span>
          <span class="team">{counted(members, 'player')}</span>
          <span class="score">{grouped(Math.round(score))}</span>
        </li>
      ))}
    </ol>
  );
}
