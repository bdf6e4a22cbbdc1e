/** Answering by touching a choice: one of them, several of them, or all of them in order. */
import type { ShownChoice } from '@partyline/protocol';
import { useState } from 'preact/hooks';
import { shapeOf } from '../ui/shape.ts';
import { ShapeIcon } from '../ui/shape-icon.tsx';
import { choiceLabel } from '../words/answer-text.ts';
import { ordinal } from '../words/format.ts';

interface ChoicesProps {
  choices: readonly ShownChoice[];
  /** Ids of the answer already given; null where none is. */
  given: readonly string[] | null;
  isOpen: boolean;
}

interface ButtonProps {
  choice: ShownChoice;
  place: number;
  state: 'plain' | 'picked' | 'faded';
  isOpen: boolean;
  /** Pressed or not, where a touch toggles. */
  pressed?: boolean;
  /** A place in an order. */
  badge?: string | undefined;
  onPick: () => void;
}

function ChoiceButton({ choice, place, state, isOpen, pressed, badge, onPick }: ButtonProps) {
  const shape = shapeOf(choice, place);
  const isTextless = choice.text === '';
  return (
    <button
      type="button"
      class={`choice fill-${shape.name} choice-${state} ${isTextless ? 'choice-textless' : ''}`}
      aria-pressed={pressed}
      aria-disabled={!isOpen}
      onClick={() => {
        if (isOpen) onPick();
      }}
    >
      <ShapeIcon shape={shape} />
      <span class={isTextless ? 'visually-hidden' : 'choice-text'} dir="auto">
        {choiceLabel(choice, place)}
      </span>
      {badge === undefined ? null : <span class="choice-badge">{badge}</span>}
    </button>
  );
}

interface OneChoiceProps extends ChoicesProps {
  /** At the answer given; a tick on one that is known to be wrong would say the opposite. */
  sign: '✓' | '✗';
  onAnswer: (id: string) => void;
}

/** One touch answers. */
export function OneChoice({ choices, given, isOpen, sign, onAnswer }: OneChoiceProps) {
  return (
    <div class={gridOf(choices)}>
      {choices.map((choice, place) => {
        const isGiven = given?.includes(choice.id) ?? false;
        return (
          <ChoiceButton
            key={choice.id}
            {...{ choice, place, isOpen }}
            state={given === null ? 'plain' : isGiven ? 'picked' : 'faded'}
            badge={isGiven ? sign : undefined}
            onPick={() => onAnswer(choice.id)}
          />
        );
      })}
    </div>
  );
}

type ListProps = ChoicesProps & { onAnswer: (ids: string[]) => void };

/** Touch every right one, then send. */
export function SeveralChoices({ choices, given, isOpen, onAnswer }: ListProps) {
  const [picked, setPicked] = useState<readonly string[]>([]);
  const shown = given ?? picked;
  const toggle = (id: string): void =>
    setPicked((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before, id]));
  return (
    <>
      <div class={gridOf(choices)}>
        {choices.map((choice, place) => {
          const isPicked = shown.includes(choice.id);
          return (
            <ChoiceButton
              key={choice.id}
              {...{ choice, place, isOpen }}
              state={isPicked ? 'picked' : given === null ? 'plain' : 'faded'}
              pressed={isPicked}
              badge={isPicked ? '✓' : undefined}
              onPick={() => toggle(choice.id)}
            />
          );
        })}
      </div>
      <SendButton
        label={severalLabel(picked.length, given)}
        isReady={isOpen && picked.length > 0}
        onSend={() => onAnswer([...picked])}
      />
    </>
  );
}

/** Touch them first to last: each gets its number where it stands, so nothing moves under the finger. */
export function OrderedChoices({ choices, given, isOpen, onAnswer }: ListProps) {
  const [order, setOrder] = useState<readonly string[]>([]);
  const shown = given ?? order;
  const toggle = (id: string): void =>
    setOrder((before) => (before.includes(id) ? before.slice(0, before.indexOf(id)) : [...before, id]));
  const isComplete = order.length === choices.length;
  return (
    <>
      <div class="choices choices-list">
        {choices.map((choice, place) => {
          const at = shown.indexOf(choice.id);
          return (
            <ChoiceButton
              key={choice.id}
              {...{ choice, place, isOpen }}
              state={at >= 0 ? 'picked' : 'plain'}
              pressed={at >= 0}
              badge={at >= 0 ? ordinal(at + 1) : undefined}
              onPick={() => toggle(choice.id)}
            />
          );
        })}
      </div>
      <SendButton
        label={orderLabel(order.length, choices.length, given)}
        isReady={isOpen && isComplete}
        onSend={() => onAnswer([...order])}
      />
    </>
  );
}

export function SendButton({ label, isReady, onSend }: { label: string; isReady: boolean; onSend: () => void }) {
  return (
    <button
      type="button"
      class="button button-primary button-wide"
      aria-disabled={!isReady}
      onClick={() => {
        if (isReady) onSend();
      }}
    >
      {label}
    </button>
  );
}

function severalLabel(picked: number, given: readonly string[] | null): string {
  if (given !== null) return 'Sent';
  return picked === 0 ? 'Choose all that are right' : `Send ${picked} chosen`;
}

function orderLabel(placed: number, all: number, given: readonly string[] | null): string {
  if (given !== null) return 'Sent';
  return placed === all ? 'Send this order' : `Touch what comes ${ordinal(placed + 1)}`;
}

function gridOf(choices: readonly ShownChoice[]): string {
  const isTextless = choices.every(({ text }) => text === '');
  const isShort = choices.every(({ text }) => text.length <= 24) && choices.length !== 3;
  return `choices ${isTextless ? 'choices-textless' : isShort ? 'choices-short' : 'choices-long'}`;
}
