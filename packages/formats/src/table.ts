/** A table as spreadsheets and CSV files give it, and the row in it that names the columns. */
import { BadQuestion, type FileRow, UnreadableFile } from './file-note.ts';

export type Cell = string | number | boolean | null;

export interface TableRow {
  /** As a spreadsheet numbers them, from 1. */
  row: number;
  /** Sparse or short: what is not there is empty. */
  cells: readonly Cell[];
}

export interface Table {
  rows: TableRow[];
  remarks: FileRow[];
}

/** Templates put titles and instructions above the names of the columns. */
const headerWithin = 20;

export interface Columns<Name extends string> {
  /** Below the header. */
  rows: TableRow[];
  cell(row: TableRow, name: Name): Cell;
  text(row: TableRow, name: Name): string;
  /** As the file has it; for a column the file does not have, our own name. */
  label(name: Name): string;
}

/**
 * Finds the columns by what their names look like once dashes, case and spaces are made the same. The first row that
 * has all of `required` is the header.
 */
export function columnsOf<Name extends string>(
  { rows }: Table,
  names: Readonly<Record<Name, RegExp>>,
  required: readonly NoInfer<Name>[],
): Columns<Name> {
  for (const [index, { row, cells }] of rows.entries()) {
    if (row > headerWithin) break;
    const places = placesIn(cells, names);
    if (!required.every((name) => places.has(name))) continue;
    const at = (line: TableRow, name: Name): Cell => line.cells[places.get(name) ?? -1] ?? null;
    return {
      rows: rows.slice(index + 1),
      cell: at,
      text: (line, name) => cellText(at(line, name)),
      label: (name) =>
        cellText(cells[places.get(name) ?? -1] ?? null)
          .replace(/\s+/g, ' ')
          .trim()
          .slice(0, 100) || name,
    };
  }
  const wanted = required.map((name) => `"${name}"`).join(' and ');
  throw new UnreadableFile('header_missing', `no row names the columns ${wanted}`);
}

function placesIn<Name extends string>(
  cells: readonly Cell[],
  names: Readonly<Record<Name, RegExp>>,
): Map<Name, number> {
  const places = new Map<Name, number>();
  const labels = Array.from(cells, (cell) => plainLabel(cellText(cell ?? null)));
  for (const name of Object.keys(names) as Name[]) {
    const place = labels.findIndex((label) => names[name].test(label));
    if (place !== -1) places.set(name, place);
  }
  return places;
}

/** "Time limit (sec) – max" and "time_limit (SEC) - max" are one name. */
function plainLabel(label: string): string {
  return label
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Pd}/gu, '-')
    .replace(/[\s_\uFEFF]+/g, ' ')
    .trim();
}

export function cellText(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'boolean' ? String(cell).toUpperCase() : String(cell);
}

export function isBlank(cell: Cell): boolean {
  return cell === null || (typeof cell === 'string' && cell.trim() === '');
}

/** A cell as a number: `20`, `"20"`, `"1,5"`, `"20 sec"`. undefined where it is blank, NaN where it is something else. */
export function cellNumber(cell: Cell): number | undefined {
  if (typeof cell === 'number') return cell;
  const text = cellText(cell).trim();
  if (text === '') return undefined;
  const number = /^([+-]?(?:\d{1,30}(?:[.,]\d{0,30})*|[.,]\d{1,30})(?:e[+-]?\d{1,3})?)\s*[a-z.]{0,10}$/i;
  const digits = number.exec(text.slice(0, 100))?.[1] ?? '';
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/.test(digits)) return Number(digits.replaceAll(',', ''));
  return digits === '' ? Number.NaN : Number(digits.replace(',', '.'));
}

/** As `cellNumber`; what is no number ends the question. */
export function neededNumber(cell: Cell, column: string): number | undefined {
  const value = cellNumber(cell);
  if (Number.isNaN(value)) throw new BadQuestion('number_invalid', 'this is not a number', column);
  return value;
}
