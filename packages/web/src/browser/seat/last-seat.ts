/**
 * The seat that was taken last on this device, in whichever tab: a tab closed by mistake, or a code scanned once more, need
 * not cost a player their name and points. It is offered at the door and never taken by itself: on a shared computer, or
 * in a second tab, the next player is somebody else.
 */
import { jsonStore, type Store } from './json-store.ts';
import type { Seat } from './kept.ts';

export interface NamedSeat {
  seat: Seat;
  nickname: string;
}

export interface LastSeat {
  /** null where the last one was in another room. */
  in(room_code: string): NamedSeat | null;
  keep(taken: NamedSeat): void;
  /** Once the server does not know it any more. */
  drop(seat: Seat): void;
}

const key = 'partyline.last_seat';

export function createLastSeat(store: () => Store): LastSeat {
  const { read, write } = jsonStore(store);
  return {
    in(room_code) {
      const last = read<NamedSeat>(key);
      return last?.seat.room_code === room_code ? last : null;
    },
    keep: (taken) => write(key, taken),
    drop({ token }) {
      if (read<NamedSeat>(key)?.seat.token === token) write(key, null);
    },
  };
}

export const lastSeat = createLastSeat(() => localStorage);
