/** The rooms of this host that are running, from whichever screen they were opened: a lost tab loses no room. */
import type { RoomList } from '@partyline/protocol';
import type { Api } from '../party-client.ts';
import { Fault } from '../ui/field.tsx';
import { useTask } from '../ui/use-task.ts';
import { counted } from '../words/format.ts';
import { takeRoom } from './opened.ts';
import { RoomRows } from './room-rows.tsx';
import type { HostRoute } from './route.ts';

export type ListedRoom = RoomList['rooms'][number];

interface RunningRoomsProps {
  api: Api;
  rooms: readonly ListedRoom[];
  go: (route: HostRoute) => void;
}

export function RunningRooms({ api, rooms, go }: RunningRoomsProps) {
  const task = useTask();
  if (rooms.length === 0) return null;

  async function take(room_code: string): Promise<void> {
    await takeRoom(api, room_code);
    go({ name: 'room', room_code });
  }

  return (
    <section class="stack" aria-labelledby="running">
      <h2 id="running">Your running rooms</h2>
      <Fault text={task.fault} />
      <RoomRows
        rooms={rooms}
        others="Other running rooms"
        about={({ players, phase }) => ` · ${counted(players, 'player')}${phase === 'lobby' ? ' · not started' : ''}`}
        buttons={({ room_code }) => (
          <button type="button" class="button button-primary" onClick={() => task.run(() => take(room_code))}>
            Take the screen
          </button>
        )}
      />
    </section>
  );
}
