/** Results as files: JSON, one table as CSV, or all tables as a workbook; and any file as a reply. */
import type { StoredResults } from '@partyline/core';
import { attachment, fileName, type ResultTable, resultsCsv, resultsXlsx } from '@partyline/formats';
import type { ResultFormat } from '@partyline/protocol';
import type { HttpResponse } from '../transport/transport.ts';
import { reply } from './call.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export async function resultsReply(
  results: StoredResults,
  format: ResultFormat = 'json',
  table: ResultTable = 'answers',
): Promise<HttpResponse> {
  const { title } = results.party;
  switch (format) {
    case 'json':
      return reply(200, results);
    case 'csv':
      return fileReply(resultsCsv(results, table), {
        media_type: 'text/csv; charset=utf-8',
        name: fileName(`${title} ${table}`, 'csv'),
      });
    case 'xlsx':
      return fileReply(await resultsXlsx(results), { media_type: xlsx, name: fileName(`${title} results`, 'xlsx') });
  }
}

/** To be saved, never shown: what others typed stands in it. */
export function fileReply(
  content: string | Uint8Array,
  { media_type, name }: { media_type: string; name: string },
): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': media_type,
      'content-disposition': attachment(name),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: typeof content === 'string' ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength),
  };
}
