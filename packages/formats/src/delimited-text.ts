/** CSV as people's programs write it: comma, semicolon or tab, any line ends, marks and quotes where they like. */
import { CsvError, parse } from 'csv-parse/sync';
import { bounds } from './bounds.ts';
import { decodeText } from './decode-text.ts';
import { type FileRow, rowsCut, UnreadableFile } from './file-note.ts';
import type { Table, TableRow } from './table.ts';

const delimiters = [',', ';', '\t'];
/** The header is among the first rows, and so is whatever tells the delimiter. Line ends of Windows count double. */
const sampledRows = 24;
const longestRecord = 100_000;
const mostCells = 5_000;
/** Excel's own way of telling: a first line `sep=;`. */
const separatorLine = /^sep=([,;\t])\r?\n/i;

export function delimitedTable(bytes: Uint8Array): Table {
  const { text, remarks } = decodeText(bytes);
  const told = separatorLine.exec(text);
  const body = told === null ? text : text.slice(told[0].length);
  const delimiter = told?.[1] ?? likelyDelimiter(body);
  const skippedLines = told === null ? 0 : 1;
  if (hasEndlessRow(body, delimiter)) {
    throw new UnreadableFile('file_unsafe', `a row has more than ${mostCells} cells`);
  }
  const rows: TableRow[] = [];
  let broken: FileRow | null = null;
  try {
    parse(body, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: longestRecord,
      to: bounds.rows + 1,
      on_record: (cells: string[]) => {
        rows.push({ row: rows.length + 1 + skippedLines, cells: cells.slice(0, bounds.columns) });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // A quote that is never closed swallows the rest of the file.
    const row = rows.length + 1 + skippedLines;
    broken = { row, column: null, code: 'file_broken', message: inWords(error), severity: 'error' };
  }
  if (rows.length === 0 && broken !== null) throw new UnreadableFile('file_unreadable', broken.message);
  if (rows.length > bounds.rows) {
    rows.length = bounds.rows;
    remarks.push(rowsCut(bounds.rows));
  }
  return { rows, remarks: broken === null ? remarks : [...remarks, broken] };
}

/** The parser takes its time over cells that nobody looks at. Delimiters within quotes count as well: no text has so many. */
function hasEndlessRow(text: string, delimiter: string): boolean {
  const sign = delimiter.charCodeAt(0);
  let cells = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === sign) cells += 1;
    else if (code === 0x0a || code === 0x0d) cells = 0;
    if (cells > mostCells) return true;
  }
  return false;
}

/** The one that is in most rows: signs within texts are not in the header. Where two are, the one that parts more. */
function likelyDelimiter(text: string): string {
  const counts = sampledCounts(text.slice(0, 20_000));
  const scored = delimiters.map((delimiter, index) => {
    const cells = counts.map((row) => row[index] ?? 0);
    return { delimiter, score: cells.filter((count) => count > 0).length * 10_000 + Math.max(...cells) };
  });
  return scored.reduce((best, other) => (other.score > best.score ? other : best)).delimiter;
}

/** How often each delimiter stands outside quotes, for each of the first rows. */
function sampledCounts(text: string): number[][] {
  const rows: number[][] = [];
  let counts = delimiters.map(() => 0);
  let isQuoted = false;
  for (const sign of text) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (sign === '\n' || sign === '\r') {
      rows.push(counts);
      counts = delimiters.map(() => 0);
      if (rows.length >= sampledRows) return rows;
    } else {
      const index = delimiters.indexOf(sign);
      if (index !== -1) counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  return [...rows, counts];
}

function inWords(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'from here on the file cannot be read: a quote is opened and never closed';
    case 'CSV_MAX_RECORD_SIZE':
      return 'from here on the file cannot be read: a row is far too long, perhaps for want of a closing quote';
    default:
      return 'from here on the file cannot be read: its quotes do not match';
  }
}
