/** The rotating second step: a number that only those who see the host's screen can know. Time-based, so no node has to tell another. */

/** How long one code is shown, ms. */
export const secondStepMs = 30_000;

/** The window a moment lies in, and how long it still lasts. */
export function secondStepWindow(now: number): { window: number; changes_in_ms: number } {
  const window = Math.floor(now / secondStepMs);
  return { window, changes_in_ms: (window + 1) * secondStepMs - now };
}

/** Typed codes of the running window and of the one before are good: people type slowly. */
export function acceptedWindows(now: number): number[] {
  const { window } = secondStepWindow(now);
  return [window, window - 1];
}
