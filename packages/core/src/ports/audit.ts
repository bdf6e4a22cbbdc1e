/** What was done in whose name. Entries are added and never changed, except that erasing a player takes their id out. */

export interface AuditEntry {
  /** Epoch ms. */
  at: number;
  /** A host key's id, a user id, or `erased`. Never a name. */
  actor: string;
  /** A short verb, such as `kick` or `refused:start`. */
  action: string;
  party_id: string | null;
  /** The id of whom or what it was done to. */
  subject: string | null;
}

export interface AuditTrail {
  record(entry: AuditEntry): Promise<void>;
  /** What was done in a party, oldest first. */
  ofParty(party_id: string): Promise<AuditEntry[]>;
}
