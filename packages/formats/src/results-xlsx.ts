/** All tables of a party's results as one workbook. */
import { guarded } from './formula-guard.ts';
import type { ReadableResults } from './readable-results.ts';
import { type ResultTable, resultRows } from './result-tables.ts';
import type { Cell } from './table.ts';
import { type Sheet, writeWorkbook } from './workbook-write.ts';

const sheets: { name: string; table: ResultTable; widths: number[] }[] = [
  { name: 'Leaderboard', table: 'leaderboard', widths: [8, 26, 10, 10, 10, 10, 20] },
  { name: 'Answers', table: 'answers', widths: [8, 48, 12, 26, 36, 10, 10, 12] },
  { name: 'Categories', table: 'categories', widths: [26, 30, 10, 10, 10] },
];
/** A sheet has 1,048,576 rows. */
const rowsInSheet = 1_000_000;

export function resultsXlsx(results: ReadableResults): Promise<Uint8Array> {
  return writeWorkbook(
    sheets.flatMap(({ name, table, widths }) => {
      const [header = [], ...lines] = resultRows(results, table);
      return parted(lines).map((some, index): Sheet => {
        const rows = [header, ...some].map((cells) => cells.map(safe));
        return { name: index === 0 ? name : `${name} ${index + 1}`, widths, rows, header: 1 };
      });
    }),
  );
}

/** A workbook keeps texts apart from formulas; whoever saves it as CSV does not. */
function safe(cell: Cell): Cell {
  return typeof cell === 'string' ? guarded(cell) : cell;
}

function parted(lines: Cell[][]): Cell[][][] {
  const parts = Array.from({ length: Math.ceil(lines.length / rowsInSheet) }, (_, index) =>
    lines.slice(index * rowsInSheet, (index + 1) * rowsInSheet),
  );
  return parts.length === 0 ? [[]] : parts;
}
