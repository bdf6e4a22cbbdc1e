/** The rooms this tab has opened, without those known to be running. */
import { kept, type OpenedRoom } from '../seat/kept.ts';
import { RoomRows } from './room-rows.tsx';
import type { HostRoute } from './route.ts';
import type { RunningRoom } from './running-rooms.tsx';

type Go = (route: HostRoute) => void;

export function OpenedRooms({ running, go }: { running: readonly RunningRoom[]; go: Go }) {
  const isOver = (room: OpenedRoom): boolean => running.every(({ party_id }) => party_id !== room.party_id);
  const rooms = kept.openedRooms().filter(isOver);
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
