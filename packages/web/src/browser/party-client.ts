/** The one place where the pages meet the typed client: everything a page asks of a server goes through these names. */
import { type Api, ApiError, type Connection, createApi, createConnection } from '@partyline/client';
import type { ProblemDocument } from '@partyline/protocol';

export type { Api, CommandType, Connection, OwnAnswerView, Status, View } from '@partyline/client';

export function pageApi(token?: string): Api {
  return createApi({ baseUrl: location.origin, ...(token === undefined ? {} : { token }) });
}

export function pageConnection({ party_id, token }: { party_id: string; token: string }): Connection {
  return createConnection({ url: location.origin, party_id, token });
}

/** What the server refused with; null where nothing of the server's own came back. */
export function problemOf(error: unknown): Refused | null {
  if (!(error instanceof ApiError) || error.code === 'unreadable') return null;
  const { code, detail, errors, problem } = error;
  return { ...problem, code, detail, errors };
}

export type Refused = Pick<ProblemDocument, 'code' | 'detail'> &
  Partial<ProblemDocument> & { errors: { path: string; message: string }[] };
