/** Tables as CSV: RFC 4180, with the mark by which Excel knows UTF-8, and no text that begins like a formula. */
import { guarded } from './formula-guard.ts';
import { type Cell, cellText } from './table.ts';

const mark = '\uFEFF';

/** Numbers and booleans stand as they are; texts are guarded. */
export function writeDelimited(rows: readonly (readonly Cell[])[]): string {
  return `${mark}${rows.map((cells) => `${cells.map(field).join(',')}\r\n`).join('')}`;
}

function field(cell: Cell): string {
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell !== 'string') return cellText(cell);
  const text = guarded(cell);
  // `;` and tab are quoted for programs that take them for the delimiter.
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
