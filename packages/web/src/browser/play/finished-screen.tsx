/** The end on a player's screen: one's own place, the podium, and what one answered. */
import type { LeaderboardLine } from '@partyline/protocol';
import type { ComponentChildren } from 'preact';
import type { View } from '../party-client.ts';
import { Leaderboard, TeamBoard } from '../ui/leaderboard.tsx';
import { useFocusOn } from '../ui/page.tsx';
import { Podium } from '../ui/podium.tsx';
import { LastTally } from '../ui/tally.tsx';
import { counted, grouped, ordinal } from '../words/format.ts';

export function FinishedScreen({ view, children }: { view: View; children?: ComponentChildren }) {
  const { you, players_total, leaderboard, teams, title } = view;
  const heading = useFocusOn<HTMLHeadingElement>('finished');
  return (
    <section class="finished" aria-labelledby="finished-title">
      <p class="muted" dir="auto">
        {title}
      </p>
      <h1 id="finished-title" tabIndex={-1} ref={heading}>
        {finalTitle(view)}
      </h1>
      {you.rank === null ? null : (
        <p class="lead">
          {grouped(you.score)} points, {ordinal(you.rank)} of {counted(players_total, 'player')}
        </p>
      )}
      {leaderboard.length === 0 ? <LastTally view={view} /> : <Podium lines={view.podium} />}
      {teams === undefined ? null : <TeamBoard teams={teams} />}
      {leaderboard.length === 0 ? null : <Leaderboard lines={leaderboard} ownId={you.user_id} />}
      {children}
      <p class="muted" role="status">
        {view.results === 'saved' ? 'The results are saved.' : 'Saving the results…'}
      </p>
      <a class="button" href="/">
        Join another party
      </a>
    </section>
  );
}

export function finalTitle({ you, leaderboard }: Pick<View, 'you' | 'leaderboard'>): string {
  if (you.rank === null) return leaderboard.length === 0 ? 'That was it. Thank you!' : 'That was it!';
  if (you.rank === 1) return hasShared(leaderboard, 1) ? 'Shared first place!' : 'You won!';
  return you.rank <= 3 ? `You are ${ordinal(you.rank)}!` : 'Well played!';
}

function hasShared(lines: readonly LeaderboardLine[], place: number): boolean {
  return lines.filter(({ rank }) => rank === place).length > 1;
}
