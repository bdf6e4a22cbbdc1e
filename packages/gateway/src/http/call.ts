/** One HTTP call on its way through a handler, and the ways to answer it. */
import type { Problem, ProblemCode, ProblemExtra } from '@partyline/protocol';
import { problem } from '@partyline/protocol';
import type { HttpRequest, HttpResponse } from '../transport/transport.ts';

export interface Call {
  request: HttpRequest;
  /** The parts of the path that vary, decoded. */
  params: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Promise<HttpResponse>;

export function reply(status: number, value: unknown, headers: Record<string, string> = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  };
}

export function refuse(code: ProblemCode, detail?: string, extra?: ProblemExtra): HttpResponse {
  return answer(problem(code, detail, extra));
}

export function answer({ status, headers, body }: Problem): HttpResponse {
  return { status, headers, body };
}
