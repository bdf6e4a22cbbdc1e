/** What is left of the running question: a number, a bar, and words for screen readers at 10 and 5 seconds. */
import { useMemo } from 'preact/hooks';
import type { View } from '../party-client.ts';
import { clockText, counted, wholeSeconds } from '../words/format.ts';
import { useNow } from './use-now.ts';

export interface Clock {
  /** When the question closes, on `performance.now()`; null while no clock runs. */
  closesAt: number | null;
  /** What stands still, where the party is paused. */
  pausedMs: number | null;
  /** The whole time of the question, ms. */
  totalMs: number;
  /** Whether it runs for some only: in another colour, and without words, since it is over for most. */
  isExtra?: boolean;
}

const tickMs = 200;

export function clockOf({
  closes_at,
  paused_with_ms,
  question,
}: Pick<View, 'closes_at' | 'paused_with_ms' | 'question'>): Clock {
  return { closesAt: closes_at, pausedMs: paused_with_ms, totalMs: question?.time_limit_ms ?? 0 };
}

export function Countdown({ clock, look }: { clock: Clock; look: 'bar' | 'ring' }) {
  const now = useNow(tickMs, clock.closesAt !== null);
  const leftMs = clock.closesAt === null ? (clock.pausedMs ?? 0) : Math.max(0, clock.closesAt - now);
  const seconds = wholeSeconds(leftMs);
  const wholeMs = useWhole(clock);
  const share = wholeMs === 0 ? 0 : Math.min(1, leftMs / wholeMs);
  const urgency = clock.closesAt === null ? 'still' : clock.isExtra ? 'extra' : seconds <= 5 ? 'last' : 'running';
  return (
    <div class={`countdown countdown-${look} countdown-${urgency}`} role="timer" aria-label="Time left">
      {look === 'bar' ? <Bar share={share} /> : <Ring share={share} />}
      <span class={`countdown-seconds ${seconds < 60 ? '' : 'countdown-minutes'}`}>{clockText(seconds)}</span>
      <span class="visually-hidden" aria-live="polite">
        {clock.closesAt === null || clock.isExtra ? '' : spoken(seconds)}
      </span>
    </div>
  );
}

/** Who has extra time, or was given more, starts with a full bar as well. */
function useWhole({ closesAt, totalMs }: Clock): number {
  const leftAtFirst = useMemo(() => (closesAt === null ? 0 : closesAt - performance.now()), [closesAt]);
  return Math.max(totalMs, leftAtFirst);
}

function Bar({ share }: { share: number }) {
  return (
    <span class="countdown-track" aria-hidden="true">
      <span class="countdown-fill" style={{ transform: `scaleX(${share.toFixed(4)})` }} />
    </span>
  );
}

const radius = 44;
const circumference = 2 * Math.PI * radius;

function Ring({ share }: { share: number }) {
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <circle class="ring-track" cx="50" cy="50" r={radius} />
      <circle
        class="ring-fill"
        cx="50"
        cy="50"
        r={radius}
        stroke-dasharray={circumference.toFixed(2)}
        stroke-dashoffset={(circumference * (1 - share)).toFixed(2)}
        transform="rotate(-90 50 50)"
      />
    </svg>
  );
}

/** Said when it changes: a live region that ticked each second would talk over the question. */
function spoken(seconds: number): string {
  if (seconds === 0) return 'Time is up';
  if (seconds <= 5) return '5 seconds left';
  return seconds <= 10 ? `${counted(10, 'second')} left` : '';
}
