/**
 * The tokens of seats that were taken away on this device. Who joins such a room again shows the old one, so that a ban
 * holds on to the person and not to the seat; who was only removed comes in with it as without. Kept for the device, not
 * for the tab: a new tab would be a way round.
 */
import { jsonStore, type Store } from './json-store.ts';
import type { Seat } from './kept.ts';

export interface TakenSeats {
  /** Of the seat lost last in this room; null where none was. */
  tokenIn(room_code: string): string | null;
  keep(seat: Seat): void;
}

const key = 'partyline.taken_seats';
const seatsKept = 20;

type TakenSeat = Pick<Seat, 'room_code' | 'token'>;

export function createTakenSeats(store: () => Store): TakenSeats {
  const { read, write } = jsonStore(store);
  const all = (): TakenSeat[] => read<TakenSeat[]>(key) ?? [];
  return {
    tokenIn: (room_code) => all().find((taken) => taken.room_code === room_code)?.token ?? null,
    keep({ room_code, token }) {
      const others = all().filter((taken) => taken.room_code !== room_code);
      write(key, [{ room_code, token }, ...others].slice(0, seatsKept));
    },
  };
}

export const takenSeats = createTakenSeats(() => localStorage);
