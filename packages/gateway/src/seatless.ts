/** What those are told who hold a token of a party and have no seat in it. Asked seldom: nearly everybody has one. */
import type { PartyDesk, Snapshot } from '@partyline/core';
import type { CloseReason } from '@partyline/protocol';

/** Of a party that was opened and never put back. */
const firstEpoch = 1;

/**
 * By user id. Who is on the list of the banned is told so. In a party that was put back nobody else has been removed that we
 * know of: it knows nobody who came after its checkpoint, and its epoch tells it from one that lost nothing.
 */
export async function seatlessReasons(
  { party_id, epoch }: Pick<Snapshot, 'party_id' | 'epoch'>,
  user_ids: string[],
  desk: Pick<PartyDesk, 'bannedAmong'>,
): Promise<(user_id: string | null) => CloseReason> {
  const banned = new Set(user_ids.length === 0 ? [] : await desk.bannedAmong(party_id, user_ids));
  const otherwise = epoch > firstEpoch ? 'seat_lost' : 'removed';
  return (user_id) => (user_id !== null && banned.has(user_id) ? 'banned' : otherwise);
}
