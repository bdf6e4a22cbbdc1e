/**
 * Tokens: a signed right to be somebody in one party. The first key signs, every key verifies, so that a key can be
 * changed while games run. Nothing is looked up: a token that was revoked (kick, ban) is refused by the seat it no longer
 * finds, not by a list.
 */
import { createHash } from 'node:crypto';
import { createSigner, createVerifier } from 'fast-jwt';
import type { Caller } from './caller.ts';

const issuer = 'partyline';
/** Says what the token is for, so that no other token signed with the same key passes as one. */
const type = 'party';

interface Claims {
  iss: string;
  typ: string;
  aud: string;
  sub: string;
  role: Caller['role'];
  host: boolean;
  iat: number;
  exp: number;
}

export interface Tokens {
  issue(caller: Caller): string;
  /** The caller of one party; null for anything forged, expired, or made for another party or purpose. */
  verify(token: string, party_id: string): Caller | null;
  /** As `verify`, where the party is not known beforehand. */
  read(token: string): Caller | null;
}

export function createTokens(at: { keys: string[]; lifetime_seconds: number; now: () => number }): Tokens {
  const [first] = at.keys;
  if (first === undefined) throw new RangeError('at least one token key is needed');
  const sign = createSigner({
    key: first,
    algorithm: 'HS256',
    kid: keyId(first),
    clockTimestamp: at.now(),
    noTimestamp: true,
  });
  const verifiers = new Map(
    at.keys.map((key) => [
      keyId(key),
      createVerifier({
        key,
        algorithms: ['HS256'],
        allowedIss: issuer,
        requiredClaims: ['iss', 'exp', 'aud', 'sub'],
        cache: false,
      }),
    ]),
  );

  function read(token: string): Caller | null {
    const verify = verifiers.get(kidOf(token) ?? '');
    if (verify === undefined) return null;
    try {
      return callerOf(verify(token) as Claims);
    } catch {
      return null;
    }
  }

  return {
    issue({ party_id, role, user_id, may_command }) {
      const issued = Math.floor(at.now() / 1000);
      const claims: Claims = {
        iss: issuer,
        typ: type,
        aud: party_id,
        sub: user_id ?? '',
        role,
        host: may_command,
        iat: issued,
        exp: issued + at.lifetime_seconds,
      };
      return sign({ ...claims });
    },
    read,
    verify(token, party_id) {
      const caller = read(token);
      return caller !== null && caller.party_id === party_id ? caller : null;
    },
  };
}

function callerOf(claims: Claims): Caller | null {
  const { typ, aud, sub, role, host } = claims;
  const isOurs = typ === type && typeof aud === 'string' && typeof sub === 'string' && typeof host === 'boolean';
  if (!isOurs || (role !== 'host' && role !== 'player' && role !== 'spectator')) return null;
  return { party_id: aud, role, user_id: sub === '' ? null : sub, may_command: host };
}

function keyId(key: string): string {
  return createHash('sha256').update('kid:').update(key).digest('base64url').slice(0, 12);
}

function kidOf(token: string): string | null {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('utf8'));
    if (typeof header !== 'object' || header === null || !('kid' in header)) return null;
    return typeof header.kid === 'string' ? header.kid : null;
  } catch {
    return null;
  }
}
