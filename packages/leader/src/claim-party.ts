/** A party as it is taken over: the right to write, and all that a leader keeps in memory, read from the store. */
import { type PartyStore, type Player, scoredRound } from '@partyline/core';
import { standingsOf } from './closed-round.ts';
import { type LedParty, nobody, noLive } from './led-party.ts';

/** null where there is no such party any more. */
export async function claimParty(party_id: string, store: PartyStore): Promise<LedParty | null> {
  const claimed = await store.claim(party_id);
  if (claimed === null) return null;
  const { party } = claimed;
  const players = new Map<string, Player>();
  for await (const some of store.players(party_id)) for (const player of some) players.set(player.user_id, player);
  const standings = await standingsOf(store, party_id, scoredRound(party));
  const live = noLive(party.current_round);
  return {
    ...{ ...claimed, players, standings, live },
    ...{ closed: null, attendance: nobody, archivedCrowd: null, bans: 'untold' as const },
  };
}
