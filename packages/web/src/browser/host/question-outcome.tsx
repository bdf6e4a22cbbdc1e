/** What became of one question: what was asked, what was right, and a bar for each answer given. */
import type { AnswerRow, RoundStats } from '@partyline/protocol';
import { isScoredKind } from '../play/playing.ts';
import { joining } from '../play/right-answer.tsx';
import { kindLabel } from '../quiz/question-kinds.ts';
import { Bars } from '../ui/tally.tsx';
import { answerLines } from '../words/answer-text.ts';
import { answerTime, counted, grouped, listed, percent } from '../words/format.ts';
import { outcomeRows } from '../words/outcome.ts';
import { meanRating } from '../words/tally.ts';

/** Of what a crowd typed; the files hold the rest. */
const shownRows = 20;
const typedKinds: ReadonlySet<string> = new Set(['text', 'number', 'order']);

export function QuestionOutcome({ stats, answers }: { stats: RoundStats; answers: readonly AnswerRow[] }) {
  const { round, kind, prompt, choices = [], right = null, counts = {}, max = 5 } = stats;
  const rows = outcomeRows(stats, answers);
  const mean = kind === 'rating' ? meanRating(counts) : null;
  const told = typedKinds.has(kind) ? answerLines(kind, choices, right) : [];
  return (
    <li class="outcome">
      <h3>
        <span class="outcome-round">{round}</span>
        <span dir="auto">{prompt}</span>
      </h3>
      <p class="muted">{facts(stats)}</p>
      {told.length === 0 ? null : (
        <p>
          Right: <strong dir="auto">{kind === 'order' ? told.join(' → ') : listed(told, joining(kind))}</strong>
        </p>
      )}
      {mean === null ? null : (
        <p>
          <strong>{mean.toFixed(1)}</strong> of {max} on average
        </p>
      )}
      {rows.length === 0 ? null : <Bars rows={rows.slice(0, shownRows)} kind={kind} />}
      {rows.length > shownRows ? (
        <p class="muted">And {grouped(rows.length - shownRows)} more. The files hold them all.</p>
      ) : null}
    </li>
  );
}

function facts({ kind, answered, correct, accuracy, mean_ms }: RoundStats): string {
  const isScored = isScoredKind(kind);
  const parts = [kindLabel(kind), counted(answered, isScored ? 'answer' : 'vote')];
  if (answered > 0 && isScored) parts.push(`${grouped(correct)} right (${percent(accuracy)})`);
  if (answered > 0) parts.push(`${answerTime(mean_ms)} on average`);
  return parts.join(' · ');
}
