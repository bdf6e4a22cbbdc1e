/** A refused HTTP call as RFC 9457 has it, ready to be sent. */
import Type from 'typebox';
import type { Fault } from '../validation.ts';
import { list, open, shown, whole, word } from '../vocabulary/primitive.ts';
import { type ProblemCode, problems } from './problem-code.ts';

export const ProblemDocument = open(
  {
    type: shown(100),
    title: shown(200),
    status: whole(400, 599),
    code: word(Object.keys(problems) as ProblemCode[], { description: 'Stable: match on this.' }),
    detail: shown(1_000, { description: 'For people.' }),
    errors: Type.Optional(list(open({ path: shown(200), message: shown(500) }), 20)),
    available: Type.Optional(whole(0, undefined, { description: '`not_enough_questions`: how many there are.' })),
    reason: Type.Optional(shown(64, { description: '`nickname_refused`: what the policy objects to.' })),
    question: Type.Optional(whole(1, undefined, { description: '`quiz_invalid`: which question, from 1.' })),
    retry_after_seconds: Type.Optional(whole(0)),
  },
  { title: 'Problem' },
);
export type ProblemDocument = Type.Static<typeof ProblemDocument>;

/** Members a problem may have besides the standard ones. */
export interface ProblemExtra {
  errors?: Fault[];
  available?: number;
  reason?: string;
  question?: number;
  /** Also sent as `Retry-After`. */
  retry_after_seconds?: number;
  /** Methods the address does know; sent as `Allow`. */
  allow?: readonly string[];
}

export interface Problem {
  status: number;
  headers: Record<string, string>;
  /** `document` as JSON. */
  body: string;
  document: ProblemDocument;
}

export function problem(code: ProblemCode, detail: string = problems[code].title, extra: ProblemExtra = {}): Problem {
  const { status, title } = problems[code];
  const { allow, ...members } = extra;
  const document = { type: `urn:partyline:problem:${code}`, title, status, code, detail, ...members };
  return { status, headers: headersOf(status, extra), body: JSON.stringify(document), document };
}

function headersOf(status: number, { allow, retry_after_seconds }: ProblemExtra): Record<string, string> {
  return {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(allow === undefined ? {} : { allow: allow.join(', ') }),
    ...(retry_after_seconds === undefined ? {} : { 'retry-after': String(retry_after_seconds) }),
  };
}
