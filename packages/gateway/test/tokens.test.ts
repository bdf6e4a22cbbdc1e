/** T3: what is forged, stale or made for something else is nobody. */
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import test from 'node:test';
import type { Caller } from '../src/caller.ts';
import { createTokens } from '../src/tokens.ts';

const key = 'first-key-first-key-first-key-first-key';
const otherKey = 'other-key-other-key-other-key-other-key';
const party_id = '6b6f0f0e-3b5a-4d5e-9b7e-0d1f2a3b4c5d';
const otherParty = '11111111-3b5a-4d5e-9b7e-0d1f2a3b4c5d';
const ann: Caller = { party_id, role: 'player', user_id: 'ann', may_command: false };
const host: Caller = { party_id, role: 'host', user_id: null, may_command: true };

const tokens = createTokens({ keys: [key], lifetime_seconds: 60, now: Date.now });
const now = (): number => Math.floor(Date.now() / 1000);
const kidOf = (of: string): string => createHash('sha256').update('kid:').update(of).digest('base64url').slice(0, 12);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const header = { alg: 'HS256', typ: 'JWT', kid: kidOf(key) };
const claims = () => ({
  ...{ iss: 'partyline', typ: 'party', aud: party_id, sub: 'ann', role: 'player', host: false },
  ...{ iat: now(), exp: now() + 60 },
});

function signed(at: { header?: object; claims?: object; key?: string; hash?: string } = {}): string {
  const text = `${part(at.header ?? header)}.${part(at.claims ?? claims())}`;
  return `${text}.${createHmac(at.hash ?? 'sha256', at.key ?? key)
    .update(text)
    .digest('base64url')}`;
}

function without(name: keyof ReturnType<typeof claims>): object {
  const { [name]: _, ...others } = claims();
  return others;
}

function tampered(token: string, change: object): string {
  const [head, , mac] = token.split('.');
  return `${head}.${part({ ...claims(), ...change })}.${mac}`;
}

test('what was issued is who it was issued to, in its own party alone', () => {
  for (const caller of [ann, host]) {
    assert.deepEqual(tokens.verify(tokens.issue(caller), party_id), caller);
    assert.deepEqual(tokens.read(tokens.issue(caller)), caller);
    assert.equal(tokens.verify(tokens.issue(caller), otherParty), null);
  }
});

test('a token made here by hand passes, so the forgeries below fail for what they say', () => {
  assert.deepEqual(tokens.verify(signed(), party_id), ann);
});

const forgeries: Record<string, () => string> = {
  'alg none, unsigned': () => `${part({ ...header, alg: 'none' })}.${part(claims())}.`,
  'alg none, with a signature': () => signed({ header: { ...header, alg: 'none' } }),
  'signed with another key': () => signed({ key: otherKey }),
  'signed with another key under its own kid': () =>
    signed({ key: otherKey, header: { ...header, kid: kidOf(otherKey) } }),
  'without a kid': () => signed({ header: { alg: 'HS256', typ: 'JWT' } }),
  'a kid that is no text': () => signed({ header: { ...header, kid: [kidOf(key)] } }),
  'a kid of the prototype': () => signed({ header: { ...header, kid: '__proto__' } }),
  'another player in the payload': () => tampered(tokens.issue(ann), { sub: 'bob' }),
  'the host in the payload': () => tampered(tokens.issue(ann), { role: 'host', host: true }),
  expired: () => signed({ claims: { ...claims(), exp: now() - 1 } }),
  'an expiry that is no number': () => signed({ claims: { ...claims(), exp: 'never' } }),
  'for another party': () => signed({ claims: { ...claims(), aud: otherParty } }),
  'for two parties': () => signed({ claims: { ...claims(), aud: [party_id, otherParty] } }),
  'for another purpose': () => signed({ claims: { ...claims(), typ: 'download' } }),
  'of another issuer': () => signed({ claims: { ...claims(), iss: 'somebody' } }),
  'without an issuer': () => signed({ claims: without('iss') }),
  'without an expiry': () => signed({ claims: without('exp') }),
  'without a party': () => signed({ claims: without('aud') }),
  'without a subject': () => signed({ claims: without('sub') }),
  'without a role': () => signed({ claims: without('role') }),
  'without the word on commands': () => signed({ claims: without('host') }),
  'a role that does not exist': () => signed({ claims: { ...claims(), role: 'admin' } }),
  'HS512 with the right key': () => signed({ header: { ...header, alg: 'HS512' }, hash: 'sha512' }),
  'HS512 announced, HS256 made': () => signed({ header: { ...header, alg: 'HS512' } }),
  truncated: () => tokens.issue(ann).slice(0, -2),
  'without its signature': () => tokens.issue(ann).split('.').slice(0, 2).join('.'),
  'two parts of one and a third of another': () =>
    [...tokens.issue(ann).split('.').slice(0, 2), tokens.issue(host).split('.')[2]].join('.'),
  'the bare payload': () => part(claims()),
  'no token at all': () => 'token',
  empty: () => '',
};

for (const [name, forge] of Object.entries(forgeries)) {
  test(`T3: refused: ${name}`, () => {
    const token = forge();
    assert.equal(tokens.verify(token, party_id), null);
  });
}

test('a key can be changed while games run: the previous one still verifies, the new one signs', () => {
  const before = tokens.issue(ann);
  const rotated = createTokens({ keys: [otherKey, key], lifetime_seconds: 60, now: Date.now });
  assert.deepEqual(rotated.verify(before, party_id), ann);
  const after = rotated.issue(ann);
  assert.deepEqual(rotated.verify(after, party_id), ann);
  assert.equal(tokens.verify(after, party_id), null, 'a node that does not know the new key must not take it');
  const gone = createTokens({ keys: [otherKey], lifetime_seconds: 60, now: Date.now });
  assert.equal(gone.verify(before, party_id), null, 'a key that was taken out is worth nothing');
});

test('a token lives as long as was set', () => {
  const old = createTokens({ keys: [key], lifetime_seconds: 60, now: () => Date.now() - 61_000 });
  assert.equal(tokens.verify(old.issue(ann), party_id), null);
  const nearly = createTokens({ keys: [key], lifetime_seconds: 60, now: () => Date.now() - 50_000 });
  assert.deepEqual(tokens.verify(nearly.issue(ann), party_id), ann);
});

test('without a key there are no tokens', () => {
  assert.throws(() => createTokens({ keys: [], lifetime_seconds: 60, now: Date.now }), RangeError);
});
