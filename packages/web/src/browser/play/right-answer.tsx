/** What was right, and beside it what one had answered oneself, where that was something else. */
import type { RoundReveal, ShownQuestion } from '@partyline/protocol';
import type { View } from '../party-client.ts';
import { answerLines } from '../words/answer-text.ts';
import { counted, listed } from '../words/format.ts';
import { ownAnswer, type Verdict } from './playing.ts';

interface RightAnswerProps {
  view: View & { reveal: RoundReveal };
  question: ShownQuestion;
  verdict: Verdict;
}

export function RightAnswer({ view, question, verdict }: RightAnswerProps) {
  const { kind } = question;
  const right = answerLines(kind, view.choices, view.reveal.correct);
  if (right.length === 0) return null;
  const own = verdict === 'wrong' || verdict === 'partly' ? (ownAnswer(view)?.choice ?? null) : null;
  return (
    <div class="right-answer">
      <p class="given-label">{kind === 'multiple' ? `Right (${counted(right.length, 'answer')})` : 'Right'}</p>
      {kind === 'order' ? (
        <ol class="right-order">
          {right.map((text) => (
            <li key={text} dir="auto">
              {text}
            </li>
          ))}
        </ol>
      ) : (
        <p class="right-text" dir="auto">
          {listed(right, joining(kind))}
        </p>
      )}
      {own === null ? null : (
        <p class="right-own">
          You: <strong dir="auto">{listed(answerLines(kind, view.choices, own))}</strong>
        </p>
      )}
    </div>
  );
}

/** Any one of the accepted texts was enough; of several choices all of them were meant. */
export function joining(kind: ShownQuestion['kind']): 'and' | 'or' {
  return kind === 'text' ? 'or' : 'and';
}
