/** Who leads: leases by election, and the index of live parties by which orphans are found. */

export interface Lease {
  /** On this process's monotonic clock: past this instant the holder must not act, whatever Redis says. */
  readonly deadline: number;
  release(): Promise<void>;
}

export interface Election {
  readonly lease_ms: number;
  /** Takes the lease if nobody holds it; null otherwise, or where the store cannot be reached. */
  elect(party_id: string): Promise<Lease | null>;
  /** Renews many leases at once; returns the ids of those that were lost. */
  renew(leases: Map<string, Lease>): Promise<string[]>;
  /** Parties whose leader has not renewed in time, most overdue first. */
  orphans(limit: number): Promise<string[]>;
  /** Takes a party out of the index: it is over. */
  forget(party_id: string): Promise<void>;
  /** Tells every leader node that these parties want a leader now, and marks them so in the index. */
  announce(party_ids: string[]): Promise<void>;
  onAnnounced(take: (party_ids: string[]) => void): Promise<() => Promise<void>>;
}

/** The list of live gateways. A gateway that falls silent takes its counts with it. */
export interface GatewayRoll {
  beat(gateway_id: string): Promise<void>;
}
