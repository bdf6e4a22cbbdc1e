/**
 * Each choice has a shape, a colour and a text, so that no single one of them is needed to tell choices apart. Colours are
 * class names; the stylesheet holds them.
 */
import type { ShownChoice } from '@partyline/protocol';

export interface Shape {
  name: string;
  /** What a screen reader says, and what stands for the choice where its text is only on the big screen. */
  label: string;
  /** Drawn in a box of 24 by 24. */
  path: string;
}

const triangle: Shape = { name: 'triangle', label: 'Red triangle', path: 'M12 3 22.5 21h-21Z' };

const shapes: readonly Shape[] = [
  triangle,
  { name: 'diamond', label: 'Blue diamond', path: 'M12 1.5 22.5 12 12 22.5 1.5 12Z' },
  { name: 'circle', label: 'Yellow circle', path: 'M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Z' },
  { name: 'square', label: 'Green square', path: 'M3 3h18v18H3Z' },
  {
    name: 'star',
    label: 'Purple star',
    path: 'm12 1.6 3.2 6.9 7.5.9-5.6 5.1 1.5 7.4L12 18.2l-6.6 3.7 1.5-7.4L1.3 9.4l7.5-.9Z',
  },
  { name: 'hexagon', label: 'Teal hexagon', path: 'M6.5 2.5h11L23 12l-5.5 9.5h-11L1 12Z' },
  { name: 'cross', label: 'Pink cross', path: 'M8.5 2h7v6.5H22v7h-6.5V22h-7v-6.5H2v-7h6.5Z' },
  {
    name: 'drop',
    label: 'Orange drop',
    path: 'M12 1.5c4 5 7.5 8.6 7.5 13a7.5 7.5 0 0 1-15 0c0-4.4 3.5-8 7.5-13Z',
  },
];

const yes: Shape = { name: 'yes', label: 'True', path: 'M9.5 19.5 2 12l3-3 4.5 4.5L19 4l3 3Z' };
const no: Shape = { name: 'no', label: 'False', path: 'm5 2 7 7 7-7 3 3-7 7 7 7-3 3-7-7-7 7-3-3 7-7-7-7Z' };

/** True and false keep their own signs wherever they stand. */
export function shapeOf({ id }: Pick<ShownChoice, 'id'>, place: number): Shape {
  if (id === 'true') return yes;
  if (id === 'false') return no;
  return shapes[place % shapes.length] ?? triangle;
}
