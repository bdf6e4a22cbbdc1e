/** What a node's gauges show at each scrape, and where that is known. */
import type { Gateway } from '@partyline/gateway';
import type { Telemetry } from '@partyline/telemetry';
import type { Environment } from './config-schema.ts';
import type { NodeStores } from './node-stores.ts';
import type { Readiness } from './readiness.ts';
import { version } from './version.ts';

export interface Observed extends NodeStores {
  gateway: Gateway | null;
  readiness: () => Readiness;
  /** The one chosen for this machine. */
  transport: 'uws' | 'ws';
}

export function watchNode(
  { gauge, watch }: Telemetry,
  { ROLES }: Environment,
  { gateway, readiness, reachability, postgres, pending, transport }: Observed,
): void {
  gauge('partyline_node_info')(1, { version, roles: ROLES.toSorted().join(), transport });
  watch('partyline_node_ready', () => Number(readiness().ready));
  watch('partyline_store_reachable', () => Number(reachability.isStoreReachable()));
  watch('partyline_lock_masters', () => {
    const { answering, total } = reachability.lockMasters();
    return { answering, away: total - answering };
  });
  watch('partyline_archive_reachable', () => Number(reachability.isArchiveReachable()));
  watch('partyline_open_sockets', () => gateway?.sockets() ?? 0);
  watch('partyline_pending_results', () => pending().results);
  watch('partyline_pending_results_age_seconds', () => pending().oldest_ms / 1_000);
  watch('partyline_archive_connections', () => {
    const { connections, idle, waiting } = postgres.poolUse();
    return { busy: connections - idle, idle, waiting };
  });
}
