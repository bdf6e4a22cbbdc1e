/** T1, T2: from where a socket may be opened, and by whom. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { faultsIn, PartyId } from '@partyline/protocol';
import { bearerToken, isAllowedOrigin, readHandshake } from '../src/connect.ts';
import { isPartyId } from '../src/http/caller-of.ts';
import { createTokens } from '../src/tokens.ts';
import type { UpgradeRequest } from '../src/transport/transport.ts';

const allowed = ['https://quiz.example.org', 'http://localhost:8080'];
const party_id = '6b6f0f0e-3b5a-4d5e-9b7e-0d1f2a3b4c5d';
const tokens = createTokens({ keys: ['k'.repeat(32)], lifetime_seconds: 60, now: Date.now });
const token = tokens.issue({ party_id, role: 'player', user_id: 'ann', may_command: false });

const origins: [origin: string | undefined, passes: boolean, because: string][] = [
  [undefined, true, 'only browsers send one, and they always do'],
  ['https://quiz.example.org', true, 'it is listed'],
  ['http://localhost:8080', true, 'so is this one, with its port'],
  ['null', false, 'sandboxed frames and files'],
  ['', false, 'empty is not missing'],
  ['http://quiz.example.org', false, 'another scheme'],
  ['https://quiz.example.org:8443', false, 'another port'],
  ['https://quiz.example.org.evil.test', false, 'a longer name that begins alike'],
  ['https://evilquiz.example.org', false, 'a longer name that ends alike'],
  ['https://a.quiz.example.org', false, 'a subdomain'],
  ['https://QUIZ.example.org', false, 'browsers send lower case'],
  ['https://quiz.example.org/', false, 'an origin has no path'],
  ['https://quiz.example.org, https://evil.test', false, 'two headers joined'],
  ['https://evil.test', false, 'a stranger'],
];

for (const [origin, passes, because] of origins) {
  test(`T1: origin ${origin ?? '(none)'} ${passes ? 'passes' : 'is refused'}: ${because}`, () => {
    assert.equal(isAllowedOrigin(origin, allowed), passes);
    const headers = origin === undefined ? {} : { origin };
    assert.equal(handshake({ headers }).result, passes ? 'caller' : 'wrong_origin');
  });
}

test('T1: with * any origin passes; with an empty list none does', () => {
  assert.equal(isAllowedOrigin('https://evil.test', ['*']), true);
  assert.equal(isAllowedOrigin('https://quiz.example.org', []), false);
});

test('an id of a party has one spelling: the documents and the server refuse upper case alike', () => {
  const shouted = party_id.toUpperCase();
  assert.equal(handshake({ path: `/ws/${shouted}` }).result, 'not_found');
  assert.deepEqual([isPartyId(party_id), isPartyId(shouted)], [true, false]);
  const isDocumented = (id: string) => faultsIn(PartyId, id).length === 0;
  assert.deepEqual([isDocumented(party_id), isDocumented(shouted)], [true, false]);
});

function handshake(at: { path?: string; headers?: Record<string, string>; protocols?: string[]; query?: string }) {
  const request: UpgradeRequest = {
    path: at.path ?? `/ws/${party_id}`,
    query: new URLSearchParams(at.query),
    headers: new Map(Object.entries(at.headers ?? {})),
    protocols: at.protocols ?? [],
    address: '127.0.0.1',
  };
  return readHandshake(request, { tokens, allowed_origins: allowed });
}

test('a refused origin is refused before its token is looked at', () => {
  const asked = { headers: { origin: 'https://evil.test', authorization: `Bearer ${token}` } };
  assert.deepEqual(handshake(asked), { result: 'wrong_origin' });
});

test('a token comes in the header or as a subprotocol; the header comes first', () => {
  const caller = { party_id, role: 'player', user_id: 'ann', may_command: false };
  assert.deepEqual(handshake({ protocols: ['partyline.v1', `token.${token}`] }), { result: 'caller', caller });
  assert.deepEqual(handshake({ headers: { authorization: `Bearer ${token}` } }), { result: 'caller', caller });
  assert.deepEqual(handshake({ headers: { authorization: `bearer ${token}` } }), { result: 'caller', caller });
  assert.equal(
    handshake({ headers: { authorization: 'Bearer junk' }, protocols: [`token.${token}`] }).result,
    'unauthorized',
  );
});

test('T2: a token in the URL is not read but refused, and so is anything else there', () => {
  for (const query of [`token=${token}`, `access_token=${token}`, 'v=1']) {
    assert.deepEqual(handshake({ query }), { result: 'has_query' });
    assert.deepEqual(handshake({ query, protocols: [`token.${token}`] }), { result: 'has_query' });
  }
});

test('without a token one watches; with one that is not good one is told so', () => {
  const asked = handshake({});
  assert.deepEqual(asked.result === 'caller' ? asked.caller : null, {
    ...{ party_id, role: 'spectator', user_id: null, may_command: false },
  });
  assert.deepEqual(handshake({ protocols: ['partyline.v1', 'token.junk'] }), { result: 'unauthorized', party_id });
  const elsewhere = '11111111-3b5a-4d5e-9b7e-0d1f2a3b4c5d';
  assert.deepEqual(handshake({ path: `/ws/${elsewhere}`, protocols: [`token.${token}`] }), {
    ...{ result: 'unauthorized', party_id: elsewhere },
  });
});

for (const path of [
  '/ws/',
  '/ws',
  '/',
  `/ws/${party_id}/`,
  `/ws/${party_id.toUpperCase()}`,
  `/ws/${party_id.slice(1)}`,
  `/x/ws/${party_id}`,
  '/ws/__proto__',
]) {
  test(`${path} is nowhere`, () => assert.equal(handshake({ path }).result, 'not_found'));
}

test('an Authorization header of another form holds no token', () => {
  for (const value of ['', 'Bearer', 'Bearer ', 'Basic abc', token])
    assert.equal(bearerToken(new Map([['authorization', value]])), null, value);
  assert.equal(bearerToken(new Map()), null);
});
