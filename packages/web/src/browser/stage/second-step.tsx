/** The code that only those in the room can see, and how long it is still shown. */
import type { View } from '../party-client.ts';
import { useNow } from '../ui/use-now.ts';
import { wholeSeconds } from '../words/format.ts';

export function SecondStep({ step }: { step: NonNullable<View['second_step']> }) {
  const now = useNow(250);
  const seconds = wholeSeconds(step.changes_at - now);
  return (
    <p class="second-step">
      <span>then type</span>
      <strong class="second-step-code">{step.code}</strong>
      <span class="muted">{seconds === 0 ? 'changing…' : `changes in ${seconds} s`}</span>
    </p>
  );
}
