/** What a call may not bring along, whatever it means: parameters, a body or a media type that its route does not know. */
import { noQuery, parseQuery, type Route } from '@partyline/protocol';
import type { HttpRequest, HttpResponse } from '../transport/transport.ts';
import { answer, refuse } from './call.ts';

/** Of an `Idempotency-Key`, characters. */
const longestKey = 128;

/** `application/json`, whatever parameters follow. */
const jsonType = /^application\/json\s*(?:;|$)/i;

/**
 * The refusal, or null where the route's own handler may look on. Refused and not ignored: a misspelt field would do
 * nothing in silence, and a credential that travels in a URL is in somebody's log already.
 */
export function formRefusal({ query, body: content, idempotent }: Route, request: HttpRequest): HttpResponse | null {
  if (idempotent !== undefined && (request.headers.get('idempotency-key') ?? '').trim().length > longestKey)
    return refuse('invalid_body', `\`Idempotency-Key\` may have ${longestKey} characters`);
  if (query === undefined) {
    const parsed = parseQuery(noQuery, request.query);
    if (!parsed.ok) return answer(parsed.problem);
  }
  if (request.body.length === 0) return null;
  if (content === undefined) return refuse('invalid_body', 'this call takes no body');
  // A program that names no type means JSON: there is nothing else it could mean. A browser always names one.
  const type = request.headers.get('content-type') ?? 'application/json';
  return content.form === 'json' && !jsonType.test(type)
    ? refuse('unsupported_media_type', 'send the body as `content-type: application/json`')
    : null;
}

/** Of a call that a caller may repeat; `user_id` where the caller names who it is for: another one's call is another call. */
export function idempotencyKey(headers: ReadonlyMap<string, string>, user_id?: string): string | null {
  const key = headers.get('idempotency-key')?.trim() ?? '';
  if (key === '') return null;
  return user_id === undefined ? key : `${user_id} ${key}`;
}
