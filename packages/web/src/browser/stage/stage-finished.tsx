/** The end on the big screen: podium, leaderboards, and the results to take home. */
import type { ComponentChildren } from 'preact';
import type { View } from '../party-client.ts';
import { Leaderboard, TeamBoard } from '../ui/leaderboard.tsx';
import { Podium } from '../ui/podium.tsx';
import { LastTally } from '../ui/tally.tsx';

export function StageFinished({ view, children }: { view: View; children: ComponentChildren }) {
  const { podium, leaderboard, teams, title } = view;
  const isLonger = leaderboard.length > podium.length;
  const hasBoards = podium.length > 0 && (isLonger || teams !== undefined);
  return (
    <section class={`stage-finished ${hasBoards ? 'stage-finished-boards' : ''}`} aria-labelledby="stage-title">
      <h1 id="stage-title" dir="auto">
        {podium.length === 0 ? 'That was it. Thank you!' : title}
      </h1>
      {podium.length === 0 ? <LastTally view={view} /> : <Podium lines={podium} />}
      {hasBoards ? (
        <div class="stage-boards">
          {teams === undefined ? null : <TeamBoard teams={teams} />}
          {isLonger ? <Leaderboard lines={leaderboard} /> : null}
        </div>
      ) : null}
      {children}
    </section>
  );
}
