/** Results as files: JSON, one table as CSV, or all tables as a workbook; and any file as a reply. */
import { type Archive, askedQuestion, type ShownResults } from '@partyline/core';
import {
  attachment,
  fileName,
  type ReadableResults,
  type ResultTable,
  resultsCsv,
  resultsXlsx,
} from '@partyline/formats';
import type { ResultFormat } from '@partyline/protocol';
import type { HttpResponse } from '../transport/transport.ts';
import { reply } from './call.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** JSON is for programs and has ids; files are for people and say what the ids stand for. */
export async function resultsReply(
  results: ShownResults,
  { format = 'json', table = 'answers' }: { format?: ResultFormat; table?: ResultTable },
  archive: Archive,
): Promise<HttpResponse> {
  const { title, party_id } = results.party;
  const asked = await archive.questions(party_id);
  const readable: ReadableResults = {
    ...results,
    questions: new Map(asked.map(({ round, question }) => [round, question])),
  };
  switch (format) {
    case 'json':
      return reply(200, { ...results, questions: asked.map(askedQuestion) });
    case 'csv':
      return fileReply(resultsCsv(readable, table), {
        media_type: 'text/csv; charset=utf-8',
        name: fileName(`${title} ${table}`, 'csv'),
      });
    case 'xlsx':
      return fileReply(await resultsXlsx(readable), {
        media_type: xlsx,
        name: fileName(`${title} results`, 'xlsx'),
      });
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
