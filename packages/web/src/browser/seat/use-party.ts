/** One seat in a party, kept current: the view, the state of the line, and the means to speak. */
import { type CloseReason, closeCodes } from '@partyline/protocol';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Connection, pageConnection, type Status, type View } from '../party-client.ts';
import type { Link, Playing } from '../play/playing.ts';
import type { Seat } from './kept.ts';

export interface Party extends Playing {
  /** null for a moment, before the page is drawn the first time. */
  connection: Connection | null;
}

/** A question that is still on the screen this long after its time was up: perhaps this player has extra time. */
const lookAgainMs = 900;
const lookAgainSpreadMs = 1_500;

export function useParty({ party_id, token }: Pick<Seat, 'party_id' | 'token'>): Party {
  const [view, setView] = useState<View | null>(null);
  const [link, setLink] = useState<Link>({ state: 'connecting' });
  const connection = useRef<Connection | null>(null);

  useEffect(() => {
    const opened = pageConnection({ party_id, token });
    let wasLive = false;
    connection.current = opened;
    opened.on('view', setView);
    opened.on('status', (status) => {
      wasLive ||= status === 'live';
      setLink((before) => linkAfter(before, status, wasLive));
    });
    opened.on('closed', ({ code }) => setLink({ state: 'ended', reason: closeReason(code) }));
    const wake = (): void => {
      if (document.visibilityState === 'visible') opened.wake();
    };
    document.addEventListener('visibilitychange', wake);
    addEventListener('online', wake);
    // A question put to a dead line finds out that it is dead; silence alone would be taken for calm much longer.
    addEventListener('offline', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      removeEventListener('online', wake);
      removeEventListener('offline', wake);
      opened.close();
    };
  }, [party_id, token]);

  useLookAgain(view, connection.current);
  return { view, link, connection: connection.current };
}

/**
 * Only a `state` tells one's own time, and most never need to ask: the reveal comes first. Once for each round and
 * extension: while others with extra time still answer, a crowd that asked again and again would be a load of its own.
 */
function useLookAgain(view: View | null, connection: Connection | null): void {
  const { round = 0 } = view ?? {};
  const closes_at = view?.phase === 'question' ? view.closes_at : null;
  const askedIn = useRef(0);
  useEffect(() => {
    if (closes_at === null || connection === null) return;
    const leftMs = Math.max(0, closes_at - performance.now());
    if (leftMs === 0 && askedIn.current === round) return;
    const look = (): void => {
      askedIn.current = round;
      connection.sync();
    };
    const timer = setTimeout(look, leftMs + lookAgainMs + Math.random() * lookAgainSpreadMs);
    return () => clearTimeout(timer);
  }, [closes_at, round, connection]);
}

function linkAfter(before: Link, status: Status, wasLive: boolean): Link {
  if (before.state === 'ended' || status === 'closed') return before;
  if (status === 'live') return { state: 'live' };
  return { state: wasLive ? 'reconnecting' : 'connecting' };
}

export function closeReason(code: number): CloseReason | null {
  const reasons = Object.keys(closeCodes) as CloseReason[];
  return reasons.find((reason) => closeCodes[reason].code === code) ?? null;
}
