/** What few look for, folded away. It unfolds by itself where something in it is at fault. */
import type { ComponentChildren } from 'preact';

interface MoreProps {
  summary: string;
  hasFault?: boolean;
  children: ComponentChildren;
}

export function More({ summary, hasFault = false, children }: MoreProps) {
  return (
    <details class="more" open={hasFault}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
