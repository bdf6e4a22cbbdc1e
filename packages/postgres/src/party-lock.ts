/** One writer at a time per party, on all nodes, and what has become of a party by the time the lock is had. */
import type { Session } from './database.ts';
import { statement } from './statement.ts';

const lock = statement('archive/lock-parties');
const readFate = statement('archive/read-fate');

export type Fate = 'unknown' | 'running' | 'ended' | 'erased';

/** Held until the transaction ends. */
export async function lockParties(session: Session, party_ids: readonly string[]): Promise<void> {
  await session.rows(lock, [[...party_ids].sort()]);
}

export async function fateOf(session: Session, party_id: string): Promise<Fate> {
  const [fate] = await session.rows<{ erased: boolean; ended: boolean; opened: boolean }>(readFate, [party_id]);
  if (fate?.erased) return 'erased';
  if (fate?.ended) return 'ended';
  return fate?.opened ? 'running' : 'unknown';
}
