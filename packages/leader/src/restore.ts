/**
 * The live store came back without its data: every party with a checkpoint and no result is put back in it, in a new
 * epoch. Any node may do it, and several may at once: a party that is there is left alone.
 */
import { type Archive, type Clock, type PartyDesk, projection, restoredParty, restoredPlayers } from '@partyline/core';
import type { Log } from './observe.ts';

export interface RestorePorts {
  archive: Pick<Archive, 'unfinished'>;
  desk: Pick<PartyDesk, 'open' | 'snapshot'>;
  clock: Clock;
  log: Log;
}

/** Resolves to how many parties were put back. */
export async function restoreParties({ archive, desk, clock, log }: RestorePorts): Promise<number> {
  let restored = 0;
  for (const checkpoint of await archive.unfinished()) {
    const { quiz, bans } = checkpoint;
    const { party_id } = checkpoint.party;
    if ((await desk.snapshot(party_id)) !== null) continue;
    const players = restoredPlayers(checkpoint.players, bans);
    const standings = checkpoint.standings.filter(([user_id]) => players.has(user_id));
    const holds = checkpoint.holds.filter(([user_id]) => players.has(user_id));
    const party = restoredParty(checkpoint.party, { now: clock.now(), quiz, players });
    const scores = new Map(standings.map(([user_id, { score }]) => [user_id, score]));
    const shown = projection({ party, quiz, players, scoreOf: (user_id) => scores.get(user_id) ?? 0, connected: 0 });
    // By the clock: a store lost twice between two checkpoints must not number two histories alike.
    const epoch = Math.max(checkpoint.epoch + 1, Math.floor(clock.now()));
    const opened = await desk.open({
      ...{ party, quiz, epoch, standings, holds, bans },
      ...{ projection: shown, players: [...players.values()] },
    });
    log.warn({ party_id, epoch, opened }, 'a party was put back from its checkpoint');
    if (opened === 'opened') restored += 1;
  }
  return restored;
}
