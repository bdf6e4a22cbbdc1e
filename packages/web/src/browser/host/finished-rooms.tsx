/** The rooms of this host that are over, in whichever browser they were led: their results stay to be found. */
import type { Api } from '../party-client.ts';
import { Fault } from '../ui/field.tsx';
import type { Task } from '../ui/use-task.ts';
import { useTask } from '../ui/use-task.ts';
import { counted, shortDate } from '../words/format.ts';
import { RoomRows } from './room-rows.tsx';
import type { HostRoute } from './route.ts';
import type { ListedRoom } from './running-rooms.tsx';

/** As many as the server lists at a time: of a full list there may be more. */
const atOnce = 50;

interface FinishedRoomsProps {
  api: Api;
  rooms: readonly ListedRoom[];
  onMore: (rooms: readonly ListedRoom[]) => void;
  go: (route: HostRoute) => void;
}

export function FinishedRooms({ api, rooms, onMore, go }: FinishedRoomsProps) {
  const task = useTask();
  if (rooms.length === 0) return null;
  const last = rooms.length % atOnce === 0 ? rooms.at(-1)?.ended_at : undefined;
  return (
    <section class="stack" aria-labelledby="finished">
      <h2 id="finished">Finished</h2>
      <RoomRows
        rooms={rooms}
        others="Older ones"
        about={({ players, ended_at }) =>
          ` · ${counted(players, 'player')}${ended_at === undefined ? '' : ` · ${shortDate(ended_at)}`}`
        }
        buttons={({ party_id }) => (
          <button type="button" class="button" onClick={() => go({ name: 'results', party_id })}>
            Results
          </button>
        )}
        more={last === undefined ? null : <More {...{ api, last, task, onMore }} />}
      />
      <Fault text={task.fault} />
    </section>
  );
}

interface MoreProps {
  api: Api;
  last: string;
  task: Task;
  onMore: (rooms: readonly ListedRoom[]) => void;
}

function More({ api, last, task, onMore }: MoreProps) {
  return (
    <button
      type="button"
      class="button"
      aria-disabled={task.isBusy}
      onClick={() => task.run(async () => onMore((await api.finishedRooms(last)).rooms))}
    >
      Show older ones
    </button>
  );
}
