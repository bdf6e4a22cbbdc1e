/** A labelled input of several lines. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Fault } from './field.tsx';

interface TextAreaProps {
  label: string;
  hint?: ComponentChildren;
  fault?: string | null;
  value: string;
  onValue: (value: string) => void;
  rows?: number;
  maxLength?: number;
}

export function TextArea({ label, hint, fault = null, value, onValue, rows = 2, maxLength }: TextAreaProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={id}
        dir="auto"
        rows={rows}
        value={value}
        aria-invalid={fault !== null}
        onInput={(event) => onValue(event.currentTarget.value)}
        {...(maxLength === undefined ? {} : { maxLength })}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
      />
      <Fault text={fault} />
    </div>
  );
}
