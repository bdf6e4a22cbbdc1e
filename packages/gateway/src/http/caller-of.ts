/** Who calls about a party: what the token says, and whether there is a seat behind it. */
import type { PartyDesk, Player } from '@partyline/core';
import type { Caller } from '../caller.ts';
import { bearerToken } from '../connect.ts';
import type { Tokens } from '../tokens.ts';

export function isPartyId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

export function callerOf(
  headers: ReadonlyMap<string, string>,
  party_id: string,
  { tokens }: { tokens: Tokens },
): Caller | null {
  const token = bearerToken(headers);
  return token === null ? null : tokens.verify(token, party_id);
}

/** The player that the caller is in the party now, or waits to be; null where a token has outlived its seat. */
export async function seatedPlayer(caller: Caller | null, desk: PartyDesk): Promise<Player | null> {
  if (caller === null || caller.user_id === null) return null;
  const [seat] = await desk.seats(caller.party_id, [caller.user_id], { standings_round: 0, answers_round: 0 });
  return seat?.player ?? null;
}

/** Whether the caller is in: a token outlives a kick, and the waiting room is outside. */
export async function isSeated(caller: Caller | null, desk: PartyDesk): Promise<boolean> {
  if (caller?.user_id === null) return caller.may_command;
  return (await seatedPlayer(caller, desk))?.status === 'playing';
}
