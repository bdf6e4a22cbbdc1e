/** Whether this node should be sent anybody, and why not. A truth table: it knows what the parts say and asks nobody. */

/** Of the Redises that keep the leases. */
export interface LockMastersSeen {
  answering: number;
  total: number;
}

export interface NodeState {
  life: 'starting' | 'serving' | 'draining';
  /** Null where this node has no gateway. */
  isListening: boolean | null;
  isStoreReachable: boolean;
  isArchiveReachable: boolean;
  lockMasters: LockMastersSeen;
}

export interface Readiness {
  ready: boolean;
  reasons: ('starting' | 'draining' | 'redis_unreachable' | 'gateway_not_listening')[];
  /**
   * What is wrong without being a reason: players notice nothing of Postgres until a party has ended, nor of a minority of
   * the Redises that keep the leases. Where a majority is away, parties stand still, and would at any other node.
   */
  warnings: ('postgres_unreachable' | 'lock_master_unreachable' | 'lock_majority_lost')[];
}

export function readiness(state: NodeState): Readiness {
  const { life, isListening, isStoreReachable, isArchiveReachable, lockMasters } = state;
  const reasons: Readiness['reasons'] = [];
  if (life !== 'serving') reasons.push(life);
  if (life === 'serving' && isListening === false) reasons.push('gateway_not_listening');
  if (!isStoreReachable) reasons.push('redis_unreachable');
  const warnings: Readiness['warnings'] = [];
  if (!isArchiveReachable) warnings.push('postgres_unreachable');
  if (!hasMajority(lockMasters)) warnings.push('lock_majority_lost');
  else if (lockMasters.answering < lockMasters.total) warnings.push('lock_master_unreachable');
  return { ready: reasons.length === 0, reasons, warnings };
}

/** Whether anybody can take a lease. */
export const hasMajority = ({ answering, total }: LockMastersSeen): boolean => 2 * answering > total;
