/** One table of a party's results as CSV. */
import { writeDelimited } from './delimited-write.ts';
import type { ReadableResults } from './readable-results.ts';
import { type ResultTable, resultRows } from './result-tables.ts';

export function resultsCsv(results: ReadableResults, table: ResultTable): string {
  return writeDelimited(resultRows(results, table));
}
