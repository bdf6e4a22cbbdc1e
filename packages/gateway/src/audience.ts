/** Which sockets an envelope is for, and what it means for those with extra time. */
import type { Envelope } from '@partyline/core';
import { isNewer, type Session } from './session.ts';

/** Moves a session on to an envelope that is for it: live, of its audience, newer than its screen. `false` for the others. */
export function advance(session: Session, envelope: Envelope): boolean {
  if (!isFor(session, envelope)) return false;
  session.epoch = envelope.epoch;
  session.seq = envelope.seq;
  return true;
}

function isFor(session: Session, envelope: Envelope): boolean {
  if (session.state !== 'live' || !isNewer(session, envelope)) return false;
  if (session.status === 'waiting' && envelope.type !== 'player_removed' && envelope.form !== 'last') return false;
  if (envelope.audience === 'host') return session.caller.may_command;
  return envelope.audience !== 'players' || !session.caller.may_command;
}

/** A shared frame tells the deadline of most. */
export function setsDeadline({ type }: Envelope): boolean {
  return type === 'question' || type === 'extended' || type === 'resumed';
}
