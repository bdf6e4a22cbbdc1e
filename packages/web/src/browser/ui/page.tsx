/** What a whole page does: its title, a screen that stays awake, focus that follows what is new. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Partyline`;
  }, [title]);
}

/** A phone that dims in the middle of a question is a lost answer. Refused or unknown: then it dims as it always does. */
export function useWakeLock(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const acquire = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      const acquired = await navigator.wakeLock.request('screen').catch(() => null);
      if (isOver) await acquired?.release();
      else lock = acquired;
    };
    const again = (): void => void acquire();
    again();
    document.addEventListener('visibilitychange', again);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', again);
      lock?.release().catch(() => undefined);
    };
  }, [isWanted]);
}

/**
 * Put on the heading of a screen: it takes the focus each time `key` changes, so that screen readers read what is new, and
 * the page goes to its top, so that a question is not opened half-way down because the screen before it was scrolled.
 */
export function useFocusOn<Heading extends HTMLElement>(key: string): RefObject<Heading | null> {
  const element = useRef<Heading | null>(null);
  useEffect(() => {
    element.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [key]);
  return element;
}
