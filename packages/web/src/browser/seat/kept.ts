/**
 * What this tab remembers over a reload: seats by room code, and the keys under which joining was tried. Kept for the tab
 * alone (`sessionStorage`), so that two tabs can be two players and a shared computer forgets the host's key and rooms.
 * Without storage nothing is kept.
 */
import { jsonStore, type Store } from './json-store.ts';

export interface Seat {
  room_code: string;
  party_id: string;
  token: string;
  user_id: string | null;
  /** Whether this seat may command the party. */
  is_host: boolean;
}

export interface Kept {
  seat(room_code: string): Seat | null;
  keepSeat(seat: Seat): void;
  dropSeat(room_code: string): void;
  /** The same key for a room until its seat is kept or dropped: joining again after a lost reply is no second join. */
  joinKey(room_code: string): string;
  dropJoinKey(room_code: string): void;
  /** An id that nobody else has: of a player who starts a party. */
  newId(): string;
  hostKey(): string | null;
  keepHostKey(key: string | null): void;
  /** Rooms this tab has opened, newest first. */
  openedRooms(): OpenedRoom[];
  keepOpenedRoom(room: OpenedRoom): void;
}

export interface OpenedRoom {
  room_code: string;
  party_id: string;
  title: string;
}

const roomsKept = 20;

export function createKept(store: () => Store, newKey: () => string): Kept {
  const seatKey = (room_code: string): string => `partyline.seat.${room_code}`;
  const joinKeyOf = (room_code: string): string => `partyline.joining.${room_code}`;
  const { read, write } = jsonStore(store);
  return {
    seat: (room_code) => read<Seat>(seatKey(room_code)),
    keepSeat: (seat) => write(seatKey(seat.room_code), seat),
    dropSeat: (room_code) => write(seatKey(room_code), null),
    joinKey(room_code) {
      const key = read<string>(joinKeyOf(room_code)) ?? newKey();
      write(joinKeyOf(room_code), key);
      return key;
    },
    dropJoinKey: (room_code) => write(joinKeyOf(room_code), null),
    newId: newKey,
    hostKey: () => read<string>('partyline.host_key'),
    keepHostKey: (key) => write('partyline.host_key', key),
    openedRooms: () => read<OpenedRoom[]>('partyline.rooms') ?? [],
    keepOpenedRoom(room) {
      const others = (read<OpenedRoom[]>('partyline.rooms') ?? []).filter(({ party_id }) => party_id !== room.party_id);
      write('partyline.rooms', [room, ...others].slice(0, roomsKept));
    },
  };
}

/** `crypto.randomUUID` exists on secure pages only, and a hall's server is often reached over plain HTTP. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const kept = createKept(() => sessionStorage, randomKey);
