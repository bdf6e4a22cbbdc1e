/** What a call may not bring along, whatever it means: parameters, a body or a media type that its route does not know. */
import { noQuery, parseQuery, type Route } from '@partyline/protocol';
import type { HttpRequest, HttpResponse } from '../transport/transport.ts';
import { answer, refuse } from './call.ts';

/** `application/json`, whatever parameters follow. */
const jsonType = /^application\/json\s*(?:;|$)/i;

/**
 * The refusal, or null where the route's own handler may look on. Refused and not ignored: a misspelt field would do
 * nothing in silence, and a credential that travels in a URL is in somebody's log already.
 */
export function formRefusal({ query, body: content }: Route, request: HttpRequest): HttpResponse | null {
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
