/**
 * The first sheet of an .xlsx file, as a table. Written here since the libraries for it trust the file: a row that calls
 * itself the thirty-millionth costs them all memory there is, one `#REF!` the whole file.
 */
import { posix } from 'node:path';
import { bounds } from './bounds.ts';
import { rowsCut, UnreadableFile } from './file-note.ts';
import type { Cell, Table, TableRow } from './table.ts';
import { walkXml } from './xml-walk.ts';
import { type Archive, openZip } from './zip.ts';

/** As in the program itself. */
const longestCell = 32_767;

type ShownAs = 'number' | 'date' | 'percent';

export async function workbookTable(bytes: Uint8Array): Promise<Table> {
  const archive = openZip(bytes, bounds.unpacked);
  if (!archive.has('xl/workbook.xml'))
    throw new UnreadableFile('file_unreadable', 'this is not an Excel file (.xlsx), though it is packed like one');
  const path = await firstSheetPath(archive);
  const strings = await sharedStrings(archive);
  const styles = await cellStyles(archive);
  return sheetTable(await part(archive, path), { strings, styles });
}

async function firstSheetPath(archive: Archive): Promise<string> {
  let id: string | null = null;
  await walk(archive, 'xl/workbook.xml', (name, attributes) => {
    if (name !== 'sheet' || id !== null || (attributes.state ?? 'visible') !== 'visible') return;
    id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? null;
  });
  let path = 'xl/worksheets/sheet1.xml';
  await walk(archive, 'xl/_rels/workbook.xml.rels', (name, { Id, Target }) => {
    if (name === 'Relationship' && Id === id && Target !== undefined) path = posix.resolve('/xl', Target).slice(1);
  });
  return path;
}

async function sharedStrings(archive: Archive): Promise<string[]> {
  const strings: string[] = [];
  const text = createTextReader();
  await walkPart(archive, 'xl/sharedStrings.xml', {
    open(name) {
      if (name === 'si') text.start();
      text.open(name);
    },
    close(name) {
      text.close(name);
      if (name === 'si') strings.push(text.end());
    },
    text: (piece) => text.add(piece),
  });
  return strings;
}

/** How each cell format shows its numbers, in the order of `cellXfs`. */
async function cellStyles(archive: Archive): Promise<ShownAs[]> {
  const own = new Map<string, string>();
  const styles: ShownAs[] = [];
  let isInCells = false;
  await walkPart(archive, 'xl/styles.xml', {
    open(name, { numFmtId = '0', formatCode = '' }) {
      if (name === 'numFmt') own.set(numFmtId, formatCode);
      if (name === 'cellXfs') isInCells = true;
      if (name === 'xf' && isInCells) styles.push(shownAs(Number(numFmtId), own.get(numFmtId)));
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false;
    },
    text() {},
  });
  return styles;
}

function shownAs(id: number, code: string | undefined): ShownAs {
  if (code === undefined) {
    if ((id >= 14 && id <= 17) || id === 22) return 'date';
    return id === 9 || id === 10 ? 'percent' : 'number';
  }
  const plain = code.slice(0, 200).replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  if (/[yd]/i.test(plain)) return 'date';
  return plain.includes('%') ? 'percent' : 'number';
}

async function sheetTable(xml: string, known: { strings: string[]; styles: ShownAs[] }): Promise<Table> {
  const rows = new Map<number, Cell[]>();
  const text = createTextReader();
  let row = 0;
  let column = -1;
  let cell: Readonly<Record<string, string>> | null = null;
  let isCut = false;
  const broken = await walkXml(xml, {
    open(name, attributes) {
      if (name === 'row') {
        row = numberOr(attributes.r, row + 1);
        column = -1;
        if (row > bounds.rows) isCut = true;
      } else if (name === 'c') {
        cell = attributes;
        column = columnOf(attributes.r) ?? column + 1;
        text.start();
      }
      text.open(name);
    },
    close(name) {
      text.close(name);
      if (name !== 'c' || cell === null) return;
      const value = cellValue(cell, text.end(), known);
      cell = null;
      if (value === null || row > bounds.rows || column >= bounds.columns) return;
      const cells = rows.get(row) ?? [];
      cells[column] = value;
      rows.set(row, cells);
    },
    text: (piece) => text.add(piece),
    isDone: () => isCut,
  });
  const sorted: TableRow[] = [...rows].sort(([a], [b]) => a - b).map(([at, cells]) => ({ row: at, cells }));
  const remarks: Table['remarks'] = [];
  if (isCut) remarks.push(rowsCut(bounds.rows));
  if (broken !== null) {
    if (sorted.length === 0) throw new UnreadableFile('file_unreadable', 'the sheet cannot be read');
    const message = 'from here on the sheet cannot be read';
    remarks.push({ row: row + 1, column: null, code: 'file_broken', message, severity: 'error' });
  }
  return { rows: sorted, remarks };
}

function cellValue(
  { t: type = 'n', s: style }: Readonly<Record<string, string>>,
  text: string,
  { strings, styles }: { strings: string[]; styles: ShownAs[] },
): Cell {
  switch (type) {
    case 's':
      return strings[Number(text)]?.slice(0, longestCell) ?? null;
    case 'b':
      return text.trim() === '1';
    case 'e':
      return null;
    case 'n': {
      const value = Number(text);
      if (text.trim() === '' || !Number.isFinite(value)) return null;
      return shown(value, styles[Number(style ?? 0)] ?? 'number');
    }
    default:
      return text === '' ? null : text.slice(0, longestCell);
  }
}

/** What a person sees in the cell. */
function shown(value: number, as: ShownAs): Cell {
  if (as === 'percent') return `${Number((value * 100).toPrecision(12))}%`;
  const dayMs = 86_400_000;
  // Serial 25569 is 1 January 1970; beyond the year 9999 it is no date.
  if (as === 'date' && value >= 1 && value < 2_958_466) {
    return new Date(Math.floor(value - 25_569) * dayMs).toISOString().slice(0, 10);
  }
  return value;
}

/** Text of a cell or shared string: all its runs, without the reading aids of Japanese. */
function createTextReader(): {
  start(): void;
  open(name: string): void;
  close(name: string): void;
  add(piece: string): void;
  end(): string;
} {
  const pieces: string[] = [];
  let isText = false;
  let isAid = false;
  return {
    start() {
      pieces.length = 0;
      isText = false;
      isAid = false;
    },
    open(name) {
      if (name === 'rPh') isAid = true;
      if (name === 't' || name === 'v') isText = !isAid;
    },
    close(name) {
      if (name === 'rPh') isAid = false;
      if (name === 't' || name === 'v') isText = false;
    },
    add(piece) {
      if (isText) pieces.push(piece);
    },
    // `_x000D_` is how a workbook writes what XML cannot hold.
    end: () =>
      pieces.join('').replace(/_x([0-9a-fA-F]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
  };
}

function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function numberOr(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : otherwise;
}

async function part(archive: Archive, path: string): Promise<string> {
  const content = archive.read(path);
  if (content === null) throw new UnreadableFile('file_unreadable', 'the workbook has no sheet');
  return new TextDecoder().decode(content);
}

async function walkPart(archive: Archive, path: string, handlers: Parameters<typeof walkXml>[1]): Promise<void> {
  const content = archive.read(path);
  if (content === null) return;
  const broken = await walkXml(new TextDecoder().decode(content), handlers);
  if (broken !== null) throw new UnreadableFile('file_unreadable', 'the workbook is broken');
}

function walk(
  archive: Archive,
  path: string,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
): Promise<void> {
  return walkPart(archive, path, { open, close() {}, text() {} });
}
