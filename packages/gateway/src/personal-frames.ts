/** One frame for everybody made each receiver's own: the accounts of all that are here are read at once, and put in. */
import type { Envelope, PartyDesk, Settings } from '@partyline/core';
import { splicePersonal } from '@partyline/protocol';
import type { Session } from './session.ts';
import { youAfter } from './you.ts';

/** Resolves to the frame of each session; it also becomes the place last shown to it. */
export async function personalFrames(
  { frame, round, type }: Envelope,
  at: { desk: PartyDesk; party_id: string; user_ids: string[]; leaderboard: Settings['leaderboard'] },
): Promise<(session: Session) => string> {
  const { desk, party_id, user_ids, leaderboard } = at;
  const found = await desk.standingsOf(party_id, user_ids, round);
  const standings = new Map(user_ids.map((user_id, index) => [user_id, found[index] ?? null]));
  const after = { round, settings: { leaderboard }, is_finished: type === 'finished' };
  return (session) => {
    const { caller, you } = session;
    if (caller.user_id === null || you === null) return frame;
    const place = youAfter(you, standings.get(caller.user_id) ?? null, after);
    if (place === null) return frame;
    session.you = place;
    return splicePersonal(frame, place);
  };
}
