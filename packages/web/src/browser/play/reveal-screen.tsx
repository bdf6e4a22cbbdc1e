/** After a round on a player's screen: how it went for oneself, what was right, and who leads. */
import type { RoundReveal } from '@partyline/protocol';
import type { View } from '../party-client.ts';
import { Leaderboard, TeamBoard } from '../ui/leaderboard.tsx';
import { NextIn } from '../ui/next-in.tsx';
import { useFocusOn } from '../ui/page.tsx';
import { Tally } from '../ui/tally.tsx';
import { grouped, ordinal } from '../words/format.ts';
import { isScoredKind, type Verdict, verdict } from './playing.ts';
import { RightAnswer } from './right-answer.tsx';

const shownLines = 5;

export function RevealScreen({ view }: { view: View & { reveal: RoundReveal } }) {
  const { reveal, question, choices, you } = view;
  const own = verdict(view);
  const heading = useFocusOn<HTMLHeadingElement>(`reveal ${view.game_id} ${reveal.round}`);
  const points = you.last?.round === reveal.round ? you.last.points : 0;
  const isScored = question === null || isScoredKind(question.kind);
  return (
    <section class="reveal" aria-labelledby="verdict">
      <div class={`verdict verdict-${own}`}>
        <span class="verdict-sign" aria-hidden="true">
          {signs[own]}
        </span>
        <h1 id="verdict" tabIndex={-1} ref={heading}>
          {titles[own]}
        </h1>
        <p class="verdict-points" role="status">
          {points > 0 ? `+${grouped(points)} points` : isScored ? noPoints[own] : 'See what everybody said.'}
        </p>
      </div>
      <NextIn view={view} />
      {isScored ? <Standing {...{ view }} /> : null}
      {question === null ? null : <RightAnswer {...{ view, question }} verdict={own} />}
      {isScored || question === null ? null : <Tally {...{ question, choices }} {...reveal} />}
      {reveal.explanation === null ? null : (
        <p class="explanation" dir="auto">
          {reveal.explanation}
        </p>
      )}
      {reveal.leaderboard.length === 0 ? null : (
        <>
          <h2>Leaderboard</h2>
          <Leaderboard lines={reveal.leaderboard} ownId={you.user_id} limit={shownLines} of="round" />
        </>
      )}
      {reveal.teams === undefined ? null : <TeamBoard teams={reveal.teams} />}
    </section>
  );
}

const signs: Readonly<Record<Verdict, string>> = {
  right: '✓',
  partly: '½',
  wrong: '✗',
  missed: '–',
  counted: '✓',
  not_counted: '–',
};

const titles: Readonly<Record<Verdict, string>> = {
  right: 'Correct!',
  partly: 'Partly right',
  wrong: 'Not this time',
  missed: 'No answer',
  counted: 'Thanks for voting',
  not_counted: 'You did not vote',
};

const noPoints: Readonly<Record<Verdict, string>> = {
  right: 'No points for this one.',
  partly: '',
  wrong: 'No points for this one.',
  missed: 'Nothing came in before time was up.',
  counted: '',
  not_counted: '',
};

function Standing({ view }: { view: View }) {
  const { you, players_total } = view;
  const { leaderboard, scoring } = view.settings;
  return (
    <ul class="standing">
      {you.rank === null || scoring === 'none' ? null : (
        <li>
          <strong>{ordinal(you.rank)}</strong> of {grouped(players_total)}
        </li>
      )}
      {leaderboard === 'hidden' || scoring === 'none' ? null : (
        <li>
          <strong>{grouped(you.score)}</strong> {you.score === 1 ? 'point' : 'points'}
        </li>
      )}
      {you.streak < 2 ? null : (
        <li>
          <strong>{you.streak}</strong> in a row
        </li>
      )}
    </ul>
  );
}
