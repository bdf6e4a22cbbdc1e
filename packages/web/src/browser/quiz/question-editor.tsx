/** One question being written: what is asked, and the parts its kind needs. */
import { useId } from 'preact/hooks';
import { isScoredKind } from '../play/playing.ts';
import { Field } from '../ui/field.tsx';
import { SelectField, Switch } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { kindOptions } from './question-kinds.ts';
import type { DraftChoice, QuestionDraft } from './quiz-draft.ts';

interface QuestionEditorProps {
  place: number;
  count: number;
  question: QuestionDraft;
  faults: readonly string[];
  onChange: (change: Partial<QuestionDraft>) => void;
  /** Left out where there is only ever one question. */
  onMove?: (by: -1 | 1) => void;
  onDuplicate?: () => void;
  onRemove?: () => void;
}

const mostChoices = 8;

export function QuestionEditor(props: QuestionEditorProps) {
  const { place, count, question, faults, onChange, onMove, onDuplicate, onRemove } = props;
  const id = useId();
  const set = (name: keyof QuestionDraft) => (value: string) => onChange({ [name]: value });
  return (
    <section class={`question-card ${faults.length > 0 ? 'question-faulty' : ''}`} aria-labelledby={id}>
      <header class="question-card-head">
        <h2 id={id}>{count === 1 && onMove === undefined ? 'Your question' : `Question ${place + 1}`}</h2>
        {onMove === undefined ? null : (
          <div class="row">
            <SmallButton label={`Move question ${place + 1} up`} sign="↑" isOn={place > 0} onClick={() => onMove(-1)} />
            <SmallButton
              label={`Move question ${place + 1} down`}
              sign="↓"
              isOn={place + 1 < count}
              onClick={() => onMove(1)}
            />
            <button type="button" class="button button-small" onClick={() => onDuplicate?.()}>
              Copy
            </button>
            <button type="button" class="button button-small button-danger" onClick={() => onRemove?.()}>
              Remove
            </button>
          </div>
        )}
      </header>
      {faults.length === 0 ? null : (
        <div class="fault" role="alert">
          {faults.map((fault) => (
            <p key={fault}>⚠ {fault}</p>
          ))}
        </div>
      )}
      <SelectField label="Kind" value={question.kind} options={kindOptions} onValue={(kind) => onChange({ kind })} />
      <TextArea label="Question" value={question.prompt} onValue={set('prompt')} maxLength={1_000} />
      <KindFields {...{ question, onChange }} />
      <div class="columns">
        <Field label="Seconds" value={question.seconds} onValue={set('seconds')} input={{ inputMode: 'numeric' }} />
        {isScoredKind(question.kind) ? (
          <Field label="Points" value={question.points} onValue={set('points')} input={{ inputMode: 'numeric' }} />
        ) : null}
      </div>
      <details class="more">
        <summary>Category, picture, explanation</summary>
        <div class="stack">
          <Field label="Category" value={question.category} onValue={set('category')} input={{ maxLength: 100 }} />
          <Field
            label="Picture"
            hint="The https address of an image."
            value={question.media_url}
            onValue={set('media_url')}
            input={{ inputMode: 'url', maxLength: 2_048, autocomplete: 'off' }}
          />
          <TextArea
            label="Explanation"
            hint="Shown with the right answer."
            value={question.explanation}
            onValue={set('explanation')}
            maxLength={2_000}
          />
        </div>
      </details>
    </section>
  );
}

function SmallButton({
  label,
  sign,
  isOn,
  onClick,
}: {
  label: string;
  sign: string;
  isOn: boolean;
  onClick: () => void;
}) {
  return (
    <button type="button" class="button button-small" aria-label={label} disabled={!isOn} onClick={onClick}>
      {sign}
    </button>
  );
}

type KindProps = Pick<QuestionEditorProps, 'question' | 'onChange'>;

function KindFields({ question, onChange }: KindProps) {
  const set = (name: keyof QuestionDraft) => (value: string) => onChange({ [name]: value });
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'poll':
    case 'order':
      return <ChoicesEditor {...{ question, onChange }} />;
    case 'true_false':
      return (
        <SelectField
          label="Right answer"
          value={question.truth ? 'true' : 'false'}
          options={[
            { value: 'true', label: 'True' },
            { value: 'false', label: 'False' },
          ]}
          onValue={(value) => onChange({ truth: value === 'true' })}
        />
      );
    case 'text':
      return (
        <>
          <TextArea
            label="Accepted answers"
            hint="One on each line. Any of them counts."
            value={question.accepted}
            onValue={set('accepted')}
          />
          <Switch
            label="Capital letters must be right too"
            checked={question.case_sensitive}
            onChecked={(case_sensitive) => onChange({ case_sensitive })}
          />
        </>
      );
    case 'number':
      return <NumberFields {...{ question, onChange }} />;
    case 'rating':
      return (
        <Field
          label="Highest rating"
          hint="From 2 to 10."
          value={question.scale}
          onValue={set('scale')}
          input={{ inputMode: 'numeric' }}
        />
      );
    case 'word_cloud':
      return (
        <Field
          label="Words for each player"
          hint="From 1 to 5."
          value={question.max_words}
          onValue={set('max_words')}
          input={{ inputMode: 'numeric' }}
        />
      );
  }
}

function NumberFields({ question, onChange }: KindProps) {
  const set = (name: keyof QuestionDraft) => (value: string) => onChange({ [name]: value });
  const decimal = { inputMode: 'decimal', autocomplete: 'off' } as const;
  return (
    <div class="columns">
      <Field label="Right answer" value={question.answer} onValue={set('answer')} input={decimal} />
      <Field
        label="Tolerance"
        hint="Empty: the closest wins."
        value={question.tolerance}
        onValue={set('tolerance')}
        input={decimal}
      />
      <Field label="Smallest" hint="May be empty." value={question.min} onValue={set('min')} input={decimal} />
      <Field label="Largest" hint="May be empty." value={question.max} onValue={set('max')} input={decimal} />
    </div>
  );
}

function ChoicesEditor({ question, onChange }: KindProps) {
  const { kind, choices } = question;
  const id = useId();
  const hasRight = kind === 'single' || kind === 'multiple';
  const change = (at: number, changed: Partial<DraftChoice>): void =>
    onChange({ choices: choices.map((choice, place) => (place === at ? { ...choice, ...changed } : choice)) });
  const mark = (at: number, correct: boolean): void => {
    if (kind === 'multiple') change(at, { correct });
    else onChange({ choices: choices.map((choice, place) => ({ ...choice, correct: place === at })) });
  };
  return (
    <fieldset class="stack">
      <legend class="field-label">{kind === 'order' ? 'Choices, in their right order' : 'Choices'}</legend>
      <ul class="choice-rows">
        {choices.map((choice, at) => (
          <li key={at} class="choice-row">
            {hasRight ? (
              <input
                type={kind === 'multiple' ? 'checkbox' : 'radio'}
                name={`${id}-right`}
                aria-label={`Choice ${at + 1} is right`}
                checked={choice.correct}
                onChange={(event) => mark(at, event.currentTarget.checked)}
              />
            ) : null}
            <input
              aria-label={`Choice ${at + 1}`}
              dir="auto"
              value={choice.text}
              maxLength={300}
              placeholder={`Choice ${at + 1}`}
              onInput={(event) => change(at, { text: event.currentTarget.value })}
            />
            <button
              type="button"
              class="button button-small"
              aria-label={`Remove choice ${at + 1}`}
              disabled={choices.length <= 2}
              onClick={() => onChange({ choices: choices.toSpliced(at, 1) })}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      <div class="row">
        <button
          type="button"
          class="button button-small"
          disabled={choices.length >= mostChoices}
          onClick={() => onChange({ choices: [...choices, { text: '', correct: false }] })}
        >
          Add a choice
        </button>
        {hasRight ? <p class="hint">Mark what is right. Empty choices are left out.</p> : null}
      </div>
    </fieldset>
  );
}
