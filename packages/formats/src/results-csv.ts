/** One table of a party's results as CSV. */
import type { StoredResults } from '@partyline/core';
import { writeDelimited } from './delimited-write.ts';
import { type ResultTable, resultRows } from './result-tables.ts';

export function resultsCsv(results: StoredResults, table: ResultTable): string {
  return writeDelimited(resultRows(results, table));
}
