/** The code that only those in the room can see, and how long it is still shown. */
import type { View } from '../party-client.ts';
import { useNow } from '../ui/use-now.ts';
import { wholeSeconds } from '../words/format.ts';

interface SecondStepProps {
  step: NonNullable<View['second_step']>;
  /** `brief`: in a line with the room code, where there is room for the code and its seconds alone. */
  look?: 'whole' | 'brief';
}

export function SecondStep({ step, look = 'whole' }: SecondStepProps) {
  const now = useNow(250);
  const seconds = wholeSeconds(step.changes_at - now);
  if (look === 'brief') {
    return (
      <span class="second-step-brief">
        then <strong>{step.code}</strong>
        <span class="second-step-left">
          <span class="visually-hidden">, which changes in </span>
          {seconds} s
        </span>
      </span>
    );
  }
  return (
    <p class="second-step">
      <span>then type</span>
      <strong class="second-step-code">{step.code}</strong>
      <span class="muted">{seconds === 0 ? 'changing…' : `changes in ${seconds} s`}</span>
    </p>
  );
}
