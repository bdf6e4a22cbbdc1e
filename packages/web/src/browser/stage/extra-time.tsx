/** The clock of the big screen once time is up: where some have more of it, theirs runs on, and it is said. */
import type { View } from '../party-client.ts';
import { type Clock, Countdown, clockOf } from '../ui/countdown.tsx';
import { useNow } from '../ui/use-now.ts';

type Timed = Pick<View, 'closes_at' | 'paused_with_ms' | 'question' | 'extra_time_ms'>;

export function StageClock({ view }: { view: Timed }) {
  const now = useNow(200, view.extra_time_ms !== null);
  return <Countdown clock={extraClock(view, now) ?? clockOf(view)} look="ring" />;
}

export function ExtraTime({ view }: { view: Timed }) {
  const now = useNow(200, view.extra_time_ms !== null);
  return (
    <span class="stage-extra" role="status">
      {extraClock(view, now) === null ? '' : 'some have more time'}
    </span>
  );
}

/** `now`: `performance.now()`. Null before the deadline, and where nobody has more time. */
export function extraClock({ closes_at, extra_time_ms }: Timed, now: number): Clock | null {
  if (closes_at === null || extra_time_ms === null || extra_time_ms === 0 || now < closes_at) return null;
  return { closesAt: closes_at + extra_time_ms, pausedMs: null, totalMs: extra_time_ms, isExtra: true };
}
