/**
 * Which choices are right, as people write it into a cell: `2`, `"1,3"`, `"1; 3"`, and what spreadsheets make of such
 * lists (1.3 where the comma is decimal, 13 where it parts thousands).
 */
import { BadQuestion, type Note, warning } from './file-note.ts';
import { type Cell, cellText } from './table.ts';

interface Choice {
  /** As the file numbers them, from 1; gaps where a cell is empty. */
  place: number;
  text: string;
}

/** The places that are right, each once. Throws `BadQuestion` where the cell means no choice. */
export function correctPlaces(cell: Cell, choices: readonly Choice[], column: string, notes: Note[]): number[] {
  const text = cellText(cell).trim().slice(0, 200);
  if (text === '') throw new BadQuestion('correct_missing', 'nothing says which answer is right', column);
  const places = placesIn(text);
  const has = (place: number): boolean => choices.some((choice) => choice.place === place);
  if (places?.every(has)) return places;
  const squeezed = squeezedPlaces(text);
  if (squeezed?.every(has)) {
    notes.push(warning('correct_read_as_list', `${text} was read as ${squeezed.join(',')}`, column));
    return squeezed;
  }
  const named = choices.find((choice) => choice.text.trim().toLowerCase() === text.toLowerCase());
  if (named !== undefined) return [named.place];
  throw new BadQuestion('correct_invalid', `"${text.slice(0, 40)}" is not the number of a choice`, column);
}

/** `1,3` `1; 3` `1 and 3` `A, C` */
function placesIn(text: string): number[] | null {
  const parts = text.split(/[\s,;|/&+]+|\band\b/i).filter((part) => part !== '');
  const places = parts.map((part) => {
    if (/^\d{1,3}(?:\.0{1,3})?$/.test(part)) return Number(part);
    return /^[a-h]$/i.test(part) ? part.toLowerCase().charCodeAt(0) - 96 : Number.NaN;
  });
  return places.length === 0 || places.some(Number.isNaN) ? null : [...new Set(places)];
}

/** `1.3` and `13`: one digit for each choice, in rising order. */
function squeezedPlaces(text: string): number[] | null {
  const digits = /^(?:\d\.){0,7}\d$/.test(text) ? text.replaceAll('.', '') : text;
  if (!/^[1-8]{2,8}$/.test(digits)) return null;
  const places = [...digits].map(Number);
  return places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0)) ? places : null;
}
