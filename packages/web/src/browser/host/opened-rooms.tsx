/** The rooms this tab has opened, without those the server knows: a room whose results are still on their way, or a lost one. */
import { kept, type OpenedRoom } from '../seat/kept.ts';
import { RoomRows } from './room-rows.tsx';
import type { HostRoute } from './route.ts';
import type { ListedRoom } from './running-rooms.tsx';

type Go = (route: HostRoute) => void;

export function OpenedRooms({ listed, go }: { listed: readonly ListedRoom[]; go: Go }) {
  const isUnlisted = (room: OpenedRoom): boolean => listed.every(({ party_id }) => party_id !== room.party_id);
  const rooms = kept.openedRooms().filter(isUnlisted);
  if (rooms.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="rooms">
      <h2 id="rooms">Rooms you opened here</h2>
      <RoomRows
        rooms={rooms}
        others="Older rooms"
        about={() => ''}
        buttons={({ room_code, party_id }) => (
          <>
            <button type="button" class="button" onClick={() => go({ name: 'room', room_code })}>
              Go back in
            </button>
            <button type="button" class="button" onClick={() => go({ name: 'results', party_id })}>
              Results
            </button>
          </>
        )}
      />
    </section>
  );
}
