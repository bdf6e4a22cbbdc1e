/** A player in a seat: the connection and the screen, put together. */
import type { CloseReason } from '@partyline/protocol';
import { useEffect } from 'preact/hooks';
import { kept, type Seat } from '../seat/kept.ts';
import { lastSeat } from '../seat/last-seat.ts';
import { takenSeats } from '../seat/taken-seats.ts';
import { useParty } from '../seat/use-party.ts';
import { useTitle, useWakeLock } from '../ui/page.tsx';
import { spacedCode } from '../words/format.ts';
import { OwnAnswers } from './own-answers.tsx';
import { PlayerScreen } from './player-screen.tsx';
import { takenBy } from './playing.ts';

interface SeatedPlayerProps {
  seat: Seat;
  onLeave: () => void;
  /** Through the door once more, under the same code. */
  onAgain: () => void;
}

export function SeatedPlayer({ seat, onLeave, onAgain }: SeatedPlayerProps) {
  const { view, link, connection } = useParty(seat);
  const isOver = link.state === 'ended';
  const isBanned = link.state === 'ended' && link.reason === 'banned';
  useTitle(view === null ? `Room ${spacedCode(seat.room_code)}` : view.title);
  useWakeLock(!isOver && view?.phase !== 'finished');
  useDroppedSeat(seat, link.state === 'ended' ? link.reason : null);
  return (
    <PlayerScreen
      playing={{ view, link }}
      onAnswer={(choice) => {
        if (view !== null) void connection?.answer(view.round, choice);
      }}
      afterwards={<OwnAnswers seat={seat} isSaved={view?.results === 'saved'} />}
      ended={
        <p class="row">
          {isBanned ? null : (
            <button type="button" class="button button-primary" onClick={onAgain}>
              Join again
            </button>
          )}
          <button type="button" class="button" onClick={onLeave}>
            Another code
          </button>
        </p>
      }
    />
  );
}

const losing: ReadonlySet<CloseReason | null> = new Set([
  ...takenBy,
  ...(['unauthorized', 'party_over', 'party_not_found'] as const),
]);

/** A seat that the server no longer knows must not be taken again at the next reload. */
export function useDroppedSeat(seat: Seat, reason: CloseReason | null): void {
  useEffect(() => {
    if (!losing.has(reason)) return;
    if (takenBy.has(reason)) takenSeats.keep(seat);
    kept.dropSeat(seat.room_code);
    lastSeat.drop(seat);
  }, [seat, reason]);
}
