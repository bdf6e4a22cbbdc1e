/**
 * Sets something smaller until the page need not be scrolled. Sizes that follow the screen cannot know how long a text is, nor
 * how wide its script; so it is measured. The element's styles multiply their sizes by `--fit`.
 */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A host's own phone scrolls: type that is small enough for all of it could not be read. */
const largeEnough = '(min-width: 40.01rem)';

export function useFit(): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const fit = (): void => {
      const { current } = element;
      if (current === null) return;
      const scale = matchMedia(largeEnough).matches ? fittingScale((tried) => isFitting(current, tried)) : 1;
      current.style.setProperty('--fit', String(scale));
    };
    fit();
    addEventListener('resize', fit);
    return () => removeEventListener('resize', fit);
  });
  return element;
}

function isFitting(element: HTMLElement, scale: number): boolean {
  element.style.setProperty('--fit', String(scale));
  const { scrollHeight, clientHeight } = document.documentElement;
  return scrollHeight <= clientHeight;
}

/** Below this the last row reads nothing; what is still too long is scrolled. */
const least = 0.5;
const steps = 6;

/** The largest scale, up to 1, at which all fits; the least where none does. */
export function fittingScale(fits: (scale: number) => boolean): number {
  if (fits(1)) return 1;
  let fitting = least;
  let tooLarge = 1;
  for (let step = 0; step < steps; step += 1) {
    const tried = (fitting + tooLarge) / 2;
    if (fits(tried)) fitting = tried;
    else tooLarge = tried;
  }
  return fitting;
}
