/** Things that are done now and then, behind one button. One menu is open at a time, and choosing closes it. */
import type { ComponentChildren } from 'preact';

export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <details class="menu" name="menu">
      <summary class="button" aria-label={label}>
        More
      </summary>
      <div class="menu-list">{children}</div>
    </details>
  );
}

interface MenuItemProps {
  children: ComponentChildren;
  look?: 'plain' | 'danger';
  onPick: () => void;
}

export function MenuItem({ children, look = 'plain', onPick }: MenuItemProps) {
  return (
    <button
      type="button"
      class={`button button-quiet ${look === 'danger' ? 'button-danger' : ''}`}
      onClick={(event) => {
        event.currentTarget.closest('details')?.removeAttribute('open');
        onPick();
      }}
    >
      {children}
    </button>
  );
}
