/** The rooms this tab has opened. The newest two are in sight; a day full of rooms does not push the quizzes off the screen. */
import { kept, type OpenedRoom } from '../seat/kept.ts';
import { spacedCode } from '../words/format.ts';
import type { HostRoute } from './route.ts';

type Go = (route: HostRoute) => void;

const inSight = 2;

export function OpenedRooms({ go }: { go: Go }) {
  const rooms = kept.openedRooms();
  const older = rooms.slice(inSight);
  if (rooms.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="rooms">
      <h2 id="rooms">Rooms you opened here</h2>
      <Rooms rooms={rooms.slice(0, inSight)} go={go} />
      {older.length === 0 ? null : (
        <details class="more">
          <summary>Older rooms ({older.length})</summary>
          <Rooms rooms={older} go={go} />
        </details>
      )}
    </section>
  );
}

function Rooms({ rooms, go }: { rooms: readonly OpenedRoom[]; go: Go }) {
  return (
    <ul class="quizzes">
      {rooms.map(({ room_code, party_id, title }) => (
        <li key={party_id} class="quiz-row">
          <div class="quiz-name">
            <h3 dir="auto">{title}</h3>
            <p class="muted">Room {spacedCode(room_code)}</p>
          </div>
          <div class="row">
            <button type="button" class="button" onClick={() => go({ name: 'room', room_code })}>
              Go back in
            </button>
            <button type="button" class="button" onClick={() => go({ name: 'results', party_id })}>
              Results
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}
