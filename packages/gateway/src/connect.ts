/** A handshake: from where may a socket be opened, and who opens it. Refusals that a browser should tell apart are given as close codes. */
import type { Caller } from './caller.ts';
import { spectator } from './caller.ts';
import type { Tokens } from './tokens.ts';
import type { UpgradeRequest } from './transport/transport.ts';

export const subprotocol = 'partyline.v1';
const tokenPrefix = 'token.';
const path = /^\/ws\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

export type Handshake =
  | { result: 'caller'; caller: Caller }
  /** A token was sent, and it is not good for this party. */
  | { result: 'unauthorized'; party_id: string }
  | { result: 'wrong_origin' }
  /** Somebody put a token, or anything else, into the URL. */
  | { result: 'has_query' }
  | { result: 'not_found' };

export function readHandshake(request: UpgradeRequest, at: { tokens: Tokens; allowed_origins: string[] }): Handshake {
  if (!isAllowedOrigin(request.headers.get('origin'), at.allowed_origins)) return { result: 'wrong_origin' };
  const party_id = path.exec(request.path)?.[1];
  if (party_id === undefined) return { result: 'not_found' };
  if (request.query.size > 0) return { result: 'has_query' };
  const token = tokenOf(request);
  if (token === null) return { result: 'caller', caller: spectator(party_id) };
  const caller = at.tokens.verify(token, party_id);
  return caller === null ? { result: 'unauthorized', party_id } : { result: 'caller', caller };
}

/**
 * Browsers always send an Origin, and never one they were not served from; other programs send none and carry no cookies
 * that could be abused. So a missing one passes, and any other must match a listed one exactly.
 */
export function isAllowedOrigin(origin: string | undefined, allowed: string[]): boolean {
  return origin === undefined || allowed.includes('*') || allowed.includes(origin);
}

function tokenOf({ headers, protocols }: UpgradeRequest): string | null {
  const bearer = bearerToken(headers);
  if (bearer !== null) return bearer;
  const offered = protocols.find((protocol) => protocol.startsWith(tokenPrefix));
  return offered === undefined ? null : offered.slice(tokenPrefix.length);
}

export function bearerToken(headers: ReadonlyMap<string, string>): string | null {
  const [scheme, token] = (headers.get('authorization') ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && token !== undefined && token !== '' ? token : null;
}
