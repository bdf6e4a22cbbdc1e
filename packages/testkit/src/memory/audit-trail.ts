/** The audit in memory, for tests. */
import type { AuditEntry, AuditTrail } from '@partyline/core';
import { createOutage, type Outage } from './outage.ts';

export interface MemoryAuditTrail extends AuditTrail {
  readonly outage: Outage;
  /** All of them, those outside any party too. */
  readonly entries: readonly AuditEntry[];
}

export function createMemoryAuditTrail(): MemoryAuditTrail {
  const outage = createOutage();
  const entries: AuditEntry[] = [];
  return {
    outage,
    entries,
    record: (entry) => outage.through(() => void entries.push({ ...entry })),
    ofParty: (party_id) =>
      outage.through(() => structuredClone(entries.filter((entry) => entry.party_id === party_id))),
  };
}
