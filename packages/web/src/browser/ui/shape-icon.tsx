/** The shape of a choice, drawn. Its text or label stands beside it, so it is hidden from screen readers. */
import type { Shape } from './shape.ts';

export function ShapeIcon({ shape }: { shape: Shape }) {
  return (
    <svg class="shape" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shape.path} fill="currentColor" />
    </svg>
  );
}
