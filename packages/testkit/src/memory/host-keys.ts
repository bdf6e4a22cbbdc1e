/** Host keys in memory, for tests. They are kept as they are: nothing here outlives the test. */
import { randomUUID } from 'node:crypto';
import type { HostKey, HostKeys } from '@partyline/core';
import { createOutage, type Outage } from './outage.ts';

export interface MemoryHostKeys extends HostKeys {
  readonly outage: Outage;
}

/** `now`: epoch ms. */
export function createMemoryHostKeys(now: () => number): MemoryHostKeys {
  const outage = createOutage();
  const keys = new Map<string, HostKey>();
  const adopt = (name: string, key: string): HostKey => {
    const known = keys.get(key) ?? { id: `host_${randomUUID()}`, name, created_at: now(), revoked_at: null };
    keys.set(key, known);
    return { ...known };
  };
  return {
    outage,
    create: (name) =>
      outage.through(() => {
        const key = `plhk_${randomUUID()}`;
        return { ...adopt(name, key), key };
      }),
    adopt: (name, key) => outage.through(() => adopt(name, key)),
    verify: (key) =>
      outage.through(() => {
        const known = keys.get(key);
        return known === undefined || known.revoked_at !== null ? null : { ...known };
      }),
    list: () => outage.through(() => structuredClone([...keys.values()])),
    revoke: (id) =>
      outage.through(() => {
        const known = [...keys.values()].find((key) => key.id === id && key.revoked_at === null);
        if (known !== undefined) known.revoked_at = now();
        return known !== undefined;
      }),
  };
}
