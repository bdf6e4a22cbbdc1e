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
  const { you, players_total, podium, leaderboard, teams, title } = view;
  // Nobody is ranked where the leaderboard is hidden, and nobody won where there were no points to win.
  const isRanked = podium.length > 0;
  const heading = useFocusOn<HTMLHeadingElement>('finished');
  return (
    <section class="finished" aria-labelledby="finished-title">
      <p class="muted" dir="auto">
        {title}
      </p>
      <h1 id="finished-title" tabIndex={-1} ref={heading}>
        {finalTitle(view)}
      </h1>
      {you.rank === null || !isRanked ? null : (
        <p class="lead">
          {grouped(you.score)} points, {ordinal(you.rank)} of {counted(players_total, 'player')}
        </p>
      )}
      {isRanked ? <Podium lines={podium} /> : <LastTally view={view} />}
      {teams === undefined || !isRanked ? null : <TeamBoard teams={teams} />}
      {isRanked ? <Leaderboard lines={leaderboard} ownId={you.user_id} /> : null}
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

export function finalTitle({ you, podium, leaderboard }: Pick<View, 'you' | 'podium' | 'leaderboard'>): string {
  if (podium.length === 0) return 'That was it. Thank you!';
  if (you.rank === null) return 'That was it!';
  if (you.rank === 1) return hasShared(leaderboard, 1) ? 'Shared first place!' : 'You won!';
  return you.rank <= 3 ? `You are ${ordinal(you.rank)}!` : 'Well played!';
}

function hasShared(lines: readonly LeaderboardLine[], place: number): boolean {
  return lines.filter(({ rank }) => rank === place).length > 1;
}
