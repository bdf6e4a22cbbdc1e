/** The answers of a round, drawn: bars for choices and ratings, a cloud for words. */
import type { CorrectAnswer, QuestionKind, RoundReveal, ShownChoice, ShownQuestion } from '@partyline/protocol';
import type { View } from '../party-client.ts';
import { isScoredKind } from '../play/playing.ts';
import { grouped, percent } from '../words/format.ts';
import { meanRating, type TallyRow, tallyRows, wordSize } from '../words/tally.ts';
import { shapeOf } from './shape.ts';
import { ShapeIcon } from './shape-icon.tsx';

interface TallyProps {
  question: ShownQuestion;
  choices: readonly ShownChoice[];
  counts: RoundReveal['counts'];
  answered: number;
  /** Undefined before the reveal. */
  correct?: CorrectAnswer;
}

const mostWords = 40;
const choiceKinds: ReadonlySet<QuestionKind> = new Set(['single', 'multiple', 'true_false', 'poll']);

export function Tally({ question, choices, counts, answered, correct }: TallyProps) {
  const rows = tallyRows({ question, choices, counts, answered, correct });
  if (rows.length === 0) return null;
  if (question.kind === 'word_cloud' || question.kind === 'text') return <WordCloud rows={rows.slice(0, mostWords)} />;
  const mean = question.kind === 'rating' ? meanRating(counts) : null;
  return (
    <div class="tally">
      {mean === null ? null : (
        <p class="tally-mean">
          <strong>{mean.toFixed(1)}</strong> of {question.max ?? 5} on average
        </p>
      )}
      <Bars rows={rows} kind={question.kind} />
    </div>
  );
}

/** A choice has its shape beside it, a step of a scale stands on one line, what was typed is but a text. */
export function Bars({ rows, kind }: { rows: readonly TallyRow[]; kind: QuestionKind }) {
  const hasShapes = choiceKinds.has(kind);
  return (
    <ul class={rows.length > 4 ? 'bars bars-many' : 'bars'}>
      {rows.map((row, place) => (
        <Bar key={row.id} row={row} choice={hasShapes ? { id: row.id, place } : null} isScale={kind === 'rating'} />
      ))}
    </ul>
  );
}

/** Where nobody is ranked, what was voted last stays on the screens as long as they show the party. */
export function LastTally({ view }: { view: Pick<View, 'question' | 'choices' | 'reveal'> }) {
  const { question, choices, reveal } = view;
  if (question === null || reveal === null || isScoredKind(question.kind)) return null;
  return (
    <div class="last-tally">
      <h2 dir="auto">{question.prompt}</h2>
      <Tally {...{ question, choices }} {...reveal} />
    </div>
  );
}

interface BarProps {
  row: TallyRow;
  choice: { id: string; place: number } | null;
  isScale: boolean;
}

function Bar({ row, choice, isScale }: BarProps) {
  const shape = choice === null ? null : shapeOf(choice, choice.place);
  const verdict = row.correct === null ? '' : row.correct ? 'bar-right' : 'bar-wrong';
  return (
    <li class={`bar ${isScale ? 'bar-scale' : ''} ${verdict}`}>
      <span class="bar-label">
        {shape === null ? null : (
          <span class={`chip fill-${shape.name}`}>
            <ShapeIcon shape={shape} />
          </span>
        )}
        <span dir="auto">{row.label === '' ? shape?.label : row.label}</span>
        {row.correct === true ? <span class="tick">✓ right</span> : null}
        {row.won ? <span class="tick">★ most votes</span> : null}
      </span>
      <span class="bar-track" aria-hidden="true">
        <span
          class={`bar-fill fill-${shape?.name ?? 'plain'}`}
          style={{ transform: `scaleX(${row.length.toFixed(4)})` }}
        />
      </span>
      <span class="bar-count">
        {grouped(row.count)} <span class="bar-share">{percent(row.share)}</span>
      </span>
    </li>
  );
}

function WordCloud({ rows }: { rows: readonly TallyRow[] }) {
  const most = rows[0]?.count ?? 1;
  const inOrder = [...rows].sort((a, b) => (a.label < b.label ? -1 : 1));
  return (
    <ul class="cloud">
      {inOrder.map((row) => (
        <li key={row.id} class={`cloud-word cloud-${wordSize(row.count, most)}`} dir="auto">
          {row.label}
          <span class="cloud-count">
            <span aria-hidden="true">×</span>
            {grouped(row.count)}
          </span>
        </li>
      ))}
    </ul>
  );
}
