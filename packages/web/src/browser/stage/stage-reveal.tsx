/** After a round on the big screen: what was right, how many knew it, who leads. */
import type { RoundReveal, ShownQuestion } from '@partyline/protocol';
import type { View } from '../party-client.ts';
import { isScoredKind } from '../play/playing.ts';
import { joining } from '../play/right-answer.tsx';
import { Leaderboard, TeamBoard } from '../ui/leaderboard.tsx';
import { NextIn } from '../ui/next-in.tsx';
import { Tally } from '../ui/tally.tsx';
import { useFit } from '../ui/use-fit.ts';
import { answerLines } from '../words/answer-text.ts';
import { counted, listed } from '../words/format.ts';
import { promptLooks } from './stage-question.tsx';

const shownLines = 7;
const choiceKinds: ReadonlySet<string> = new Set(['single', 'multiple', 'true_false']);

interface StageRevealProps {
  view: View;
  reveal: RoundReveal;
  question: ShownQuestion;
}

export function StageReveal({ view, reveal, question }: StageRevealProps) {
  const { choices } = view;
  const right = answerLines(question.kind, choices, reveal.correct);
  const section = useFit();
  const hasBoard = reveal.leaderboard.length > 0 || reveal.teams !== undefined;
  return (
    <section
      ref={section}
      class={`stage-reveal ${hasBoard ? 'stage-reveal-board' : ''}`}
      aria-labelledby="stage-prompt"
    >
      <div class="stage-told">
        <h1 id="stage-prompt" class={promptLooks(question)} dir="auto">
          {question.prompt}
        </h1>
        {right.length === 0 || choiceKinds.has(question.kind) ? null : <Right right={right} kind={question.kind} />}
        <Tally {...{ question, choices }} {...reveal} />
        <p class="muted" role="status">
          {counted(reveal.answered, isScoredKind(question.kind) ? 'answer' : 'vote')}
        </p>
        <NextIn view={view} />
        {reveal.explanation === null ? null : (
          <p class="explanation" dir="auto">
            {reveal.explanation}
          </p>
        )}
      </div>
      {hasBoard ? (
        <div class="stage-board">
          {reveal.teams === undefined ? null : (
            <>
              <h2>Teams</h2>
              <TeamBoard teams={reveal.teams} />
            </>
          )}
          {reveal.leaderboard.length === 0 ? null : (
            <>
              <h2>Leaderboard</h2>
              <Leaderboard lines={reveal.leaderboard} limit={reveal.teams === undefined ? shownLines : 4} of="round" />
            </>
          )}
        </div>
      ) : null}
    </section>
  );
}

function Right({ right, kind }: { right: readonly string[]; kind: ShownQuestion['kind'] }) {
  return kind === 'order' ? (
    <ol class="right-order stage-right">
      {right.map((text) => (
        <li key={text} dir="auto">
          {text}
        </li>
      ))}
    </ol>
  ) : (
    <p class="stage-right" dir="auto">
      {listed(right, joining(kind))}
    </p>
  );
}
