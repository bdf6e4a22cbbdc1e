/** Whether this node should be sent anybody, and why not. A truth table: it knows what the parts say and asks nobody. */

export interface NodeState {
  life: 'starting' | 'serving' | 'draining';
  /** Null where this node has no gateway. */
  isListening: boolean | null;
  isStoreReachable: boolean;
  isArchiveReachable: boolean;
}

export interface Readiness {
  ready: boolean;
  reasons: ('starting' | 'draining' | 'redis_unreachable' | 'gateway_not_listening')[];
  /** What is wrong without being a reason: players notice nothing of Postgres until a party has ended. */
  warnings: 'postgres_unreachable'[];
}

export function readiness({ life, isListening, isStoreReachable, isArchiveReachable }: NodeState): Readiness {
  const reasons: Readiness['reasons'] = [];
  if (life !== 'serving') reasons.push(life);
  if (life === 'serving' && isListening === false) reasons.push('gateway_not_listening');
  if (!isStoreReachable) reasons.push('redis_unreachable');
  return {
    ready: reasons.length === 0,
    reasons,
    warnings: isArchiveReachable ? [] : ['postgres_unreachable'],
  };
}
