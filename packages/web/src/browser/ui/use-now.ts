/** The local monotonic clock as a screen sees it. Nothing here knows the time of day. */
import { useEffect, useState } from 'preact/hooks';

/** Ms of `performance.now()`, anew every `everyMs` while `isRunning`. */
export function useNow(everyMs: number, isRunning = true): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!isRunning) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, isRunning]);
  return now;
}
