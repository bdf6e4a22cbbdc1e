/** Answering by typing: a text, a number, words; and by a rating. */
import type { ShownQuestion } from '@partyline/protocol';
import { useState } from 'preact/hooks';
import { Field } from '../ui/field.tsx';
import { quantity } from '../words/format.ts';
import { typedNumber } from '../words/typed-number.ts';
import { SendButton } from './choices.tsx';

interface TypedProps<Answer> {
  question: ShownQuestion;
  isOpen: boolean;
  onAnswer: (answer: Answer) => void;
}

const longestText = 200;
const longestWord = 30;

export function TextAnswer({ isOpen, onAnswer }: TypedProps<string>) {
  const [text, setText] = useState('');
  const isReady = isOpen && text.trim() !== '';
  const send = (): void => onAnswer(text.trim());
  return (
    <AnswerForm isReady={isReady} onSend={send} label="Send answer">
      <Field
        label="Your answer"
        size="large"
        value={text}
        onValue={setText}
        input={{ maxLength: longestText, autocomplete: 'off', autocapitalize: 'off', enterKeyHint: 'send' }}
      />
    </AnswerForm>
  );
}

/** Phones' number pads have no minus, so there is a button for it. */
export function NumberAnswer({ question, isOpen, onAnswer }: TypedProps<number>) {
  const [text, setText] = useState('');
  const value = typedNumber(text);
  const fault = text.trim() === '' ? null : numberFault(value, question);
  const isReady = isOpen && value !== null && fault === null;
  const mayBeNegative = (question.min ?? -1) < 0;
  return (
    <AnswerForm
      isReady={isReady}
      onSend={() => {
        if (value !== null) onAnswer(value);
      }}
      label={value === null ? 'Type a number' : `Send ${quantity(value)}`}
    >
      <div class="number-row">
        <Field
          label="Your number"
          hint={boundsHint(question)}
          fault={fault}
          size="large"
          value={text}
          onValue={setText}
          input={{ inputMode: 'decimal', maxLength: 30, autocomplete: 'off', enterKeyHint: 'send' }}
        />
        {mayBeNegative ? (
          <button
            type="button"
            class="button button-sign"
            aria-label="Change between plus and minus"
            onClick={() => setText((before) => (before.startsWith('-') ? before.slice(1) : `-${before}`))}
          >
            ±
          </button>
        ) : null}
      </div>
    </AnswerForm>
  );
}

export function WordsAnswer({ question, isOpen, onAnswer }: TypedProps<string | string[]>) {
  const count = question.max_words ?? 1;
  const [words, setWords] = useState<readonly string[]>(() => Array.from({ length: count }, () => ''));
  const typed = words.map((word) => word.trim()).filter((word) => word !== '');
  const [first = ''] = typed;
  return (
    <AnswerForm
      isReady={isOpen && typed.length > 0}
      onSend={() => onAnswer(count === 1 ? first : typed)}
      label={typed.length > 1 ? `Send ${typed.length} words` : 'Send'}
    >
      {words.map((word, place) => (
        <Field
          key={place}
          label={count === 1 ? 'Your word' : `Word ${place + 1} of up to ${count}`}
          size="large"
          value={word}
          onValue={(value) => setWords((before) => before.with(place, value))}
          input={{ maxLength: longestWord, autocomplete: 'off', autocapitalize: 'off', enterKeyHint: 'send' }}
        />
      ))}
    </AnswerForm>
  );
}

interface RatingProps extends TypedProps<number> {
  given: number | null;
}

export function RatingAnswer({ question, given, isOpen, onAnswer }: RatingProps) {
  const top = question.max ?? 5;
  return (
    <fieldset class="rating">
      <legend>From 1 (lowest) to {top} (highest)</legend>
      <div class="rating-row">
        {Array.from({ length: top }, (_, index) => index + 1).map((value) => (
          <button
            key={value}
            type="button"
            class={`rating-value ${given === value ? 'rating-given' : given === null ? '' : 'rating-faded'}`}
            aria-pressed={given === value}
            aria-label={`${value} of ${top}`}
            aria-disabled={!isOpen}
            onClick={() => {
              if (isOpen) onAnswer(value);
            }}
          >
            {value}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

interface FormProps {
  isReady: boolean;
  onSend: () => void;
  label: string;
  children: preact.ComponentChildren;
}

function AnswerForm({ isReady, onSend, label, children }: FormProps) {
  return (
    <form
      class="answer-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSend();
      }}
    >
      {children}
      <SendButton label={label} isReady={isReady} onSend={onSend} />
    </form>
  );
}

export function numberFault(value: number | null, { min, max }: Pick<ShownQuestion, 'min' | 'max'>): string | null {
  if (value === null) return 'This is not a number. Use digits, like 12 or 3.5.';
  if (min !== undefined && value < min) return `This is too small. Send ${quantity(min)} or more.`;
  return max !== undefined && value > max ? `This is too large. Send ${quantity(max)} or less.` : null;
}

function boundsHint({ min, max }: Pick<ShownQuestion, 'min' | 'max'>): string | undefined {
  if (min !== undefined && max !== undefined) return `From ${quantity(min)} to ${quantity(max)}`;
  if (min !== undefined) return `${quantity(min)} or more`;
  return max === undefined ? undefined : `${quantity(max)} or less`;
}
