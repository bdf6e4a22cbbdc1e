/** For who has a seat in the room already, from a tab that was closed or a code that was scanned once more. */
import { kept, type Seat } from '../seat/kept.ts';
import { lastSeat } from '../seat/last-seat.ts';

interface GoOnProps {
  room_code: string;
  onSeat: (seat: Seat) => void;
}

export function GoOn({ room_code, onSeat }: GoOnProps) {
  const last = lastSeat.in(room_code);
  if (last === null) return null;
  return (
    <div class="go-on">
      <button
        type="button"
        class="button button-primary button-wide"
        onClick={() => {
          kept.keepSeat(last.seat);
          onSeat(last.seat);
        }}
      >
        <span dir="auto">Go on as {last.nickname}</span>
      </button>
      <p class="hint">You were in this room on this device.</p>
    </div>
  );
}
