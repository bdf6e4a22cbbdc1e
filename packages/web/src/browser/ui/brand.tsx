/** The name of the product with its four shapes. */

import { shapeOf } from './shape.ts';
import { ShapeIcon } from './shape-icon.tsx';

export function Brand({ size = 'small' }: { size?: 'small' | 'large' }) {
  return (
    <span class={`brand brand-${size}`}>
      <span class="brand-shapes" aria-hidden="true">
        {[0, 1, 2, 3].map((place) => {
          const shape = shapeOf({ id: '' }, place);
          return (
            <span key={shape.name} class={`ink-${shape.name}`}>
              <ShapeIcon shape={shape} />
            </span>
          );
        })}
      </span>
      Partyline
    </span>
  );
}
