/** What a player holds, as scripts read it: `["name key","roster key","idempotency key",["identity",…]]`, '' for none. */
import type { Hold } from '@partyline/core';

export function packedHold({ nickname_key, roster_key, idempotency_key, identity_keys }: Hold): string {
  return JSON.stringify([nickname_key ?? '', roster_key ?? '', idempotency_key ?? '', identity_keys]);
}

export function unpackedHold(packed: string): Hold {
  const [name, line, idempotency, identity_keys] = JSON.parse(packed) as [string, string, string, string[]];
  return {
    nickname_key: name || null,
    roster_key: line || null,
    idempotency_key: idempotency || null,
    identity_keys,
  };
}
