/** A labelled input with its hint and its fault, tied together for screen readers. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface Input {
  inputMode?: 'text' | 'numeric' | 'decimal' | 'url';
  autocomplete?: 'off' | 'nickname' | 'one-time-code' | 'current-password';
  autocapitalize?: 'off' | 'words';
  enterKeyHint?: 'go' | 'send' | 'done';
  maxLength?: number;
  placeholder?: string;
}

export interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with it and what to do; null where nothing is. */
  fault?: string | null;
  value: string;
  onValue: (value: string) => void;
  size?: 'normal' | 'large';
  input?: Input;
  /** Shown as dots. */
  isSecret?: boolean;
  /** Whether the cursor is put here when the field appears. */
  takesFocus?: boolean;
}

export function Field({
  label,
  hint,
  fault = null,
  value,
  onValue,
  size = 'normal',
  input = {},
  isSecret = false,
  takesFocus = false,
}: FieldProps) {
  const id = useId();
  const element = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) element.current?.focus();
  }, []);
  // Of several faults at once, the first one on the page.
  useEffect(() => {
    if (fault !== null && document.querySelector('[aria-invalid="true"]') === element.current) element.current?.focus();
  }, [fault]);
  const described = [hint === undefined ? '' : `${id}-hint`, fault === null ? '' : `${id}-fault`].join(' ').trim();
  return (
    <div class={`field field-${size}`}>
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        dir="auto"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        aria-invalid={fault !== null}
        {...(described === '' ? {} : { 'aria-describedby': described })}
        ref={element}
        {...(isSecret ? { type: 'password' } : {})}
        {...input}
      />
      <Fault id={`${id}-fault`} text={fault} />
    </div>
  );
}

export function Fault({ id, text }: { id?: string; text: string | null }) {
  return text === null ? null : (
    <p class="fault" id={id} role="alert">
      <span aria-hidden="true">⚠ </span>
      {text}
    </p>
  );
}
