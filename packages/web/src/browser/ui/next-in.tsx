/** How long a reveal stays, where the clock moves on. Not for screen readers: it would talk over the verdict each second. */
import type { View } from '../party-client.ts';
import { wholeSeconds } from '../words/format.ts';
import { useNow } from './use-now.ts';

export function NextIn({ view }: { view: Pick<View, 'next_at' | 'round' | 'rounds'> }) {
  const { next_at, round, rounds } = view;
  const now = useNow(250, next_at !== null);
  if (next_at === null) return null;
  const seconds = wholeSeconds(next_at - now);
  return (
    <p class="next-in muted" aria-hidden="true">
      {round < rounds ? 'Next question' : 'The final result'} {seconds === 0 ? 'now' : `in ${seconds} s`}
    </p>
  );
}
